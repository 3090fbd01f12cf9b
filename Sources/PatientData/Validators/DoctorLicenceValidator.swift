import ReferenceData

/// Licences of doctors: fifteen digits of the practising certificate (only a column's name makes it one), twenty-four or twenty-seven characters of the
/// qualification certificate, which end with the doctor's resident ID (of 18 characters in both forms; the former one could end with 15). The
/// composition is as commonly described; it wasn't checked against the rules.
enum DoctorLicenceValidator {
    enum Form: Hashable, Sendable {
        /// Ends with a valid resident ID behind a year.
        case checked
        case shape
    }

    static func form(_ run: IdentifierRun) -> Form? {
        let text = run.characters
        switch run.count {
        case 15: return run.digits == 15 ? .shape : nil
        case 24, 27:
            guard run.digits >= run.count - 1 else { return nil }
            let year = text[..<4].reduce(0) { $0 * 10 + Int($1 &- 0x30) }
            let number = UnsafeBufferPointer(rebasing: text[(run.count - 18)...])
            return (1985...2100).contains(year) && ResidentID(number) != nil ? .checked : .shape
        default: return nil
        }
    }
}
