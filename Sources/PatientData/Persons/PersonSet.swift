/// Distinct persons as keyed hashes of 64 bits: with ten million persons, the chance that any two fall together is about one in 400,000.
struct PersonSet: Sendable {
    private(set) var all: Set<UInt64> = []
    private var under18: Set<UInt64> = []
    private var under14: Set<UInt64> = []
    /// Whether any age was known.
    private(set) var knowsAges = false

    mutating func insert(_ person: UInt64, age: Int?) {
        all.insert(person)
        guard let age else { return }
        knowsAges = true
        guard (0..<18).contains(age) else { return }
        under18.insert(person)
        if age < 14 { under14.insert(person) }
    }

    mutating func formUnion(_ other: PersonSet) {
        if all.isEmpty {
            self = other
        } else if !other.all.isEmpty {
            all.formUnion(other.all)
            under18.formUnion(other.under18)
            under14.formUnion(other.under14)
            knowsAges = knowsAges || other.knowsAges
        }
    }

    var count: PersonCount.Numbers {
        .init(persons: all.count, under14: knowsAges ? under14.count : nil, under18: knowsAges ? under18.count : nil)
    }
}

/// How many, and how that is known.
package struct PersonCount: Hashable, Sendable {
    package struct Numbers: Hashable, Sendable {
        package var persons: Int
        /// Nil where no dates of birth are known.
        package var under14: Int?
        package var under18: Int?
    }

    package var numbers: Numbers
    package var basis: PersonBasis
}
