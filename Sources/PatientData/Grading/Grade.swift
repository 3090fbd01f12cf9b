/// How sensitive a column is: its category and level by GB/T 39725-2020, its class by GB/T 43697-2024, and why.
package struct Grade: Hashable, Sendable {
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        /// Level 5: AIDS, sexually transmitted diseases: for those who treat them only.
        case specialDisease
        /// Level 4: opens an account.
        case secret
        /// Level 4: identifies a person directly.
        case directIdentifier
        /// Level 4: says of an identified person how ill he is.
        case identifiedHealth
        /// Level 4: what an identified person paid, and how.
        case identifiedPayment
        /// Level 4: identifiers and health data stand together. Of tables and stores.
        case linkage
        /// Level 3: masked or hashed; may be re-identified.
        case partlyDeidentified
        /// Level 3: identifies together with other data.
        case quasiIdentifier
        /// Level 3: health data beside which nobody is identified.
        case unlinkedHealth
        /// Level 2: names of medicines or illnesses, as a catalogue has them.
        case catalogue
        /// As the user's own rule says.
        case userRule
        /// Level 1: stands in registers that everybody may read.
        case published

        /// The key of its words in the wording.
        package var term: String { "grade.\(rawValue)" }
    }

    /// 1…5 (GB/T 39725-2020, 6.2).
    package var level: Int
    package var reason: Reason
    package var category: DataCategory
    package var dataClass: DataClass
    /// Sensitive personal information (PIPL 28, under the chosen ``Grading/Reading``).
    package var sensitive: Bool

    init(level: Int, reason: Reason, category: DataCategory, sensitive: Bool) {
        self.level = level
        self.reason = reason
        self.category = category
        self.sensitive = sensitive
        dataClass = sensitive ? .sensitivePersonal : reason == .published || reason == .catalogue ? .general : .generalPersonal
    }

    /// Of a kind that a user described.
    init(_ kind: CustomKind) {
        self.init(
            level: min(5, max(1, kind.level)), reason: .userRule,
            category: kind.category.flatMap(DataCategory.init(rawValue:)) ?? .personalAttribute, sensitive: kind.level >= 4)
    }

    /// - Parameters:
    ///   - isSpecial: names special illnesses.
    ///   - besideIdentifier: the same table holds something that identifies persons.
    ///   - besideHealth: the same table says something about health.
    /// - Returns: nil for ``DataKind/none``.
    package init?(
        kind: DataKind, protection: Protection, isSpecial: Bool = false, besideIdentifier: Bool, besideHealth: Bool = false,
        reading: Grading.Reading = .gbt45574
    ) {
        let column = Grading.Column(kind: kind, protection: protection, isSpecial: isSpecial)
        let grade = Grading(reading: reading).grade(of: column, besideIdentifier: besideIdentifier, besideHealth: besideHealth)
        guard let grade else { return nil }
        self = grade
    }
}
