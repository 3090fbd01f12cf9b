/// By what natural persons were told apart, the most exact first.
package enum PersonBasis: String, CaseIterable, Hashable, Sendable {
    /// Identity numbers in the clear: exact, across tables and stores.
    case idCard
    case mobile
    /// Distinct protected values (masked, hashed, encrypted) or record numbers of the one table that has most: what different tables hold
    /// can't be compared.
    case protectedValue
    /// People of one name count once.
    case name

    /// The key of its words in the wording.
    package var term: String { "basis.\(rawValue)" }
}
