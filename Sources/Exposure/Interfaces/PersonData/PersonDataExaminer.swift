/// Finds data of persons in what an interface gave away. Stands here without an implementation: the detectors belong to another capability,
/// and whoever runs both joins them.
package protocol PersonDataExaminer: Sendable {
    /// What is there, by kind; kinds, counts and names of fields only, never a value. Pure, and called from any thread.
    func kinds(in content: BodyContent) -> [PersonDataKind]
}

/// One kind of person data in one body.
package struct PersonDataKind: Hashable, Sendable {
    package enum Weight: Int, Comparable, Hashable, Sendable {
        /// Tells something of a person that others don't lack: sex, age, a record number.
        case attribute
        /// Health: a diagnosis, a prescription.
        case health
        /// A name alone.
        case name
        /// How to reach or pay a person.
        case contact
        /// The number of a document that is issued to one person.
        case identity

        package static func < (left: Weight, right: Weight) -> Bool { left.rawValue < right.rawValue }
    }

    /// The key of its name in the wording: `kind.idCard`.
    package var term: String
    package var weight: Weight
    /// Values of the kind that can be read.
    package var count: Int
    /// The fields that hold them, as the body calls them; made harmless before they are shown.
    package var fields: [String]

    package init(_ term: String, _ weight: Weight, count: Int, fields: [String]) {
        self.term = term
        self.weight = weight
        self.count = count
        self.fields = fields
    }
}
