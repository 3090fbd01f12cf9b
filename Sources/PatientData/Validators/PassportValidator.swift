/// Numbers of passports: People's Republic of China (E, or E and a letter, then digits; before 2012 G; D, S, P, SE, DE, PE for diplomats and officials),
/// Macao (MA, MB), Hong Kong (K, H). A shape without check digit: only a column's name makes it a passport.
enum PassportValidator {
    static func matches(_ run: IdentifierRun) -> Bool {
        let text = run.characters
        guard run.count == 9 else { return false }
        let second = text[1]
        if second <= 0x39 {
            // E12345678, G12345678, D…, S…, P…, K…, H…, 141234567 (before 2000).
            return run.digits == 8 && [0x45, 0x47, 0x44, 0x53, 0x50, 0x4B, 0x48].contains(text[0])
        }
        guard run.digits == 7 else { return false }
        switch text[0] {
        // EA1234567 to EZ; no I or O, which look like digits.
        case 0x45: return second != 0x49 && second != 0x4F
        case 0x4D: return second == 0x41 || second == 0x42
        case 0x53, 0x44, 0x50: return second == 0x45
        default: return false
        }
    }
}
