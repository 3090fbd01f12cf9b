/// Classifies and grades what was found.
///
/// Sources: GB/T 39725-2020 6.1 (categories) and 6.2 (levels), GB/T 43697-2024 6 (classes), PIPL 28 and GB/T 45574-2025 annex A or
/// GB/T 35273-2020 annex B (what is sensitive). The standards' texts were read second-hand: see docs/grading.md.
package struct Grading: Hashable, Sendable {
    /// By which standard the number of an identity document is judged. It changes the flag ``Grade/sensitive``, never the level: such numbers
    /// are of level 4 in both.
    package enum Reading: String, Codable, CaseIterable, Hashable, Sendable {
        /// GB/T 45574-2025, in force since 2025-11-01: sensitive only where it tells who is ill.
        case gbt45574
        /// GB/T 35273-2020: sensitive by itself. The stricter one.
        case gbt35273

        /// The key of its name in the wording.
        package var term: String { "reading.\(rawValue)" }
    }

    /// What grading needs to know of a column.
    package struct Column: Hashable, Sendable {
        package var kind: DataKind
        package var protection: Protection
        /// Names illnesses of level 5.
        package var isSpecial: Bool
        /// What stands in the values here and there: in notes.
        package var embedded: Set<DataKind>

        package init(kind: DataKind, protection: Protection = .plaintext, isSpecial: Bool = false, embedded: Set<DataKind> = []) {
            self.kind = kind
            self.protection = protection
            self.isSpecial = isSpecial
            self.embedded = embedded
        }

        var kinds: Set<DataKind> { embedded.union([kind]) }

        /// Ties a row to a person, readable or not.
        var identifies: Bool { protection != .empty && kinds.contains { $0.isDirectIdentifier || $0 == .medicalRecordNumber } }
        var tellsHealth: Bool { protection != .empty && kinds.contains(where: \.isHealth) }
    }

    package var reading: Reading

    package init(reading: Reading = .gbt45574) { self.reading = reading }

    /// One grade per column of one table, in order; nil where nothing about a person was found.
    package func grades(of columns: [Column]) -> [Grade?] {
        let identifies = columns.contains(where: \.identifies)
        let tellsHealth = columns.contains(where: \.tellsHealth)
        return columns.map { grade(of: $0, besideIdentifier: identifies, besideHealth: tellsHealth) }
    }

    /// The highest of what the column holds.
    func grade(of column: Column, besideIdentifier: Bool, besideHealth: Bool) -> Grade? {
        let grades = column.kinds.compactMap { grade(of: $0, column, besideIdentifier: besideIdentifier, besideHealth: besideHealth) }
        // Several of one level: the column's own kind first, then by name, so that a column always gets the same.
        guard var grade = grades.min(by: { $0.isAbove($1, own: column.kind) })?.grade else { return nil }
        if grades.contains(where: \.grade.sensitive), !grade.sensitive {
            grade = Grade(level: grade.level, reason: grade.reason, category: grade.category, sensitive: true)
        }
        return grade
    }

    private struct KindGrade {
        var kind: DataKind
        var grade: Grade

        func isAbove(_ other: KindGrade, own: DataKind) -> Bool {
            if grade.level != other.grade.level { return grade.level > other.grade.level }
            return kind == own || (other.kind != own && kind.rawValue < other.kind.rawValue)
        }
    }

    private func grade(of kind: DataKind, _ column: Column, besideIdentifier: Bool, besideHealth: Bool) -> KindGrade? {
        guard let rule = KindRule.of(kind) else { return nil }
        var (level, reason) = Self.level(rule.base, besideIdentifier: besideIdentifier, isSpecial: column.isSpecial)
        // A catalogue isn't more dangerous for being masked; nor does masking lift anything.
        if Self.isDeidentified(column), level >= 3 { (level, reason) = (3, .partlyDeidentified) }
        let sensitive = isSensitive(rule.sensitivity, level: level, besideHealth: besideHealth)
        return KindGrade(kind: kind, grade: Grade(level: level, reason: reason, category: rule.category, sensitive: sensitive))
    }

    private static func level(_ base: KindRule.Base, besideIdentifier: Bool, isSpecial: Bool) -> (Int, Grade.Reason) {
        switch base {
        case .identifier: (4, .directIdentifier)
        case .secret: (4, .secret)
        case .quasiIdentifier: (3, .quasiIdentifier)
        case .health, .medicine, .medicineNumber:
            if besideIdentifier {
                isSpecial ? (5, .specialDisease) : (4, .identifiedHealth)
            } else {
                switch base {
                case .medicine: (2, .catalogue)
                case .medicineNumber: (1, .published)
                default: (3, .unlinkedHealth)
                }
            }
        case .payment: besideIdentifier ? (4, .identifiedPayment) : (3, .quasiIdentifier)
        case .published: (1, .published)
        }
    }

    /// Masked values and digests: what is left may be re-identified. A ciphertext keeps its level: whoever holds the key reads it.
    /// A digest of a password is what a password is always kept as, and can be guessed: it keeps its level too.
    private static func isDeidentified(_ column: Column) -> Bool {
        switch column.protection {
        case .masked: true
        case .hashed: column.kind != .passwordHash && column.kind != .password
        default: false
        }
    }

    private func isSensitive(_ sensitivity: KindRule.Sensitivity, level: Int, besideHealth: Bool) -> Bool {
        switch sensitivity {
        case .never: false
        case .always: true
        case .health: level >= 3
        case .document: reading == .gbt35273 || besideHealth
        case .besideHealth: besideHealth
        }
    }
}
