import ReferenceData

extension CustomKind.Validator {
    /// Whether the check character of a value is right; separators and the case of letters don't count.
    func accepts(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { value in
            switch self {
            case .none: true
            case .luhn: IdentifierRun.with(value) { Luhn.isValid($0.characters) } ?? false
            case .mod11_2: IdentifierRun.with(value, Self.isMod11) ?? false
            case .mod31_3:
                IdentifierRun.with(value) { $0.count == 18 && UnifiedSocialCreditCode.checkCharacter(of: $0.characters[..<17]) == $0.characters[17] }
                    ?? false
            }
        }
    }

    /// ISO 7064 MOD 11-2 over numbers of any length.
    private static func isMod11(_ run: IdentifierRun) -> Bool {
        guard run.count >= 2, let last = run.characters.last else { return false }
        var weighted = 0
        for byte in run.characters.dropLast() {
            guard byte <= 0x39 else { return false }
            weighted = (weighted + Int(byte - 0x30)) * 2 % 11
        }
        return ResidentID.checkCharacter(weighted: weighted) == last
    }
}
