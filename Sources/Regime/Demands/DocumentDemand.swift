/// What one required document must be and hold; read from `Resources/documents.yaml`.
struct DocumentDemand: Sendable {
    /// What a document is asked for beside its elements.
    enum Aspect: String, CaseIterable, Sendable {
        /// Somebody with a name, a body or an official number stands behind it.
        case approval
        /// A date of issue, effect or review, not older than ``DocumentDemand/maximumAge(mlpsLevel:persons:)``.
        case date
        case version
        /// A person is named as the one who answers.
        case officer
    }

    /// Something that a document must speak of.
    struct Element: Sendable {
        var id: String
        var patterns: [Pattern]
    }

    /// A shorter period for those whom a rule binds more strictly; both conditions must hold.
    struct StricterAge: Sendable {
        var fromLevel: Int
        var fromPersons: Int
        var days: Int
    }

    var check: String
    /// The usual Chinese title of the document: the asset of its findings.
    var title: String
    var titles: [Pattern]
    var notTitles: [Pattern]
    var aspects: Set<Aspect>
    /// Days since the last issue or review; nil when the document stays valid until it is replaced.
    var generalMaximumAge: Int?
    var stricterAges: [StricterAge]
    var elements: [Element]
    /// Statements that a row of the document must not make: a high risk that is still open.
    var forbidden: [Element]

    /// The check's name without the inspector: `incident-plan`.
    var id: String { String(check.drop { $0 != "." }.dropFirst()) }

    /// The longest time in days since the last review, for an organisation of that level and size.
    func maximumAge(mlpsLevel: Int, persons: Int) -> Int? {
        let stricter = stricterAges.filter { mlpsLevel >= $0.fromLevel && persons >= $0.fromPersons }.map(\.days).min()
        guard let general = generalMaximumAge else { return stricter }
        return min(general, stricter ?? general)
    }
}

/// Words by which every document is read, whatever it is.
struct GeneralPatterns: Sendable {
    var notTitles: [Pattern]
    /// Labels before the name of whoever approved.
    var approval: [Pattern]
    /// Approval by a body or by an official number.
    var resolution: [Pattern]
    /// Labels before a date that counts, and before one that doesn't.
    var dates: [Pattern]
    var notDates: [Pattern]
    /// Labels before the name of whoever answers.
    var officers: [Pattern]
    /// Words around a name that are none.
    var roles: [Pattern]
    var placeholders: [Pattern]
    var version: [Pattern]
}
