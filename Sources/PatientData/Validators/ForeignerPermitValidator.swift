import ReferenceData

/// Permanent residence cards of foreigners: since 2023 eighteen digits that begin with 9 (province, nationality, date of birth, sequence,
/// check character by ISO 7064 MOD 11-2), before that three letters and twelve digits. The composition is as commonly described; it wasn't checked
/// against the standard.
enum ForeignerPermitValidator {
    enum Form: Hashable, Sendable {
        /// Right check character and date.
        case checked
        /// The former form: a shape.
        case shape
    }

    static func form(_ run: IdentifierRun) -> Form? {
        let text = run.characters
        if run.count == 15, run.digits == 12, text[0] > 0x39, text[1] > 0x39, text[2] > 0x39 { return .shape }
        guard run.count == 18, text[0] == 0x39, run.digits >= 17 else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            var number = 0
            for index in range {
                guard text[index] <= 0x39 else { return nil }
                number = number * 10 + Int(text[index] - 0x30)
            }
            return number
        }
        guard let province = number(1..<3), AdministrativeDivision.isCode(UInt32(truncatingIfNeeded: province) * 10_000),
            let year = number(6..<10), let month = number(10..<12), let day = number(12..<14), (1900..<2100).contains(year),
            CivilDate(year: year, month: month, day: day) != nil,
            ResidentID.checkCharacter(of: text[..<17]) == text[17]
        else { return nil }
        return .checked
    }
}
