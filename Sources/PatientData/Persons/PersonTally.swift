/// The persons of one or more tables or stores. Merges, so that parts can be counted apart.
///
/// The number it gives is a lower bound: the largest of the counts by each basis. They aren't added up, because the same people stand in
/// one
/// table with their number, in another with their telephone, and in a third behind a hash.
struct PersonTally: Sendable {
    private var sets: [PersonBasis: PersonSet] = [:]
    private var largestProtected: PersonCount.Numbers?

    mutating func add(_ set: PersonSet, by basis: PersonBasis) {
        guard !set.all.isEmpty else { return }
        if basis == .protectedValue {
            noteProtected(set.count)
        } else {
            sets[basis, default: PersonSet()].formUnion(set)
        }
    }

    mutating func merge(_ other: PersonTally) {
        for (basis, set) in other.sets { sets[basis, default: PersonSet()].formUnion(set) }
        if let numbers = other.largestProtected { noteProtected(numbers) }
    }

    private mutating func noteProtected(_ numbers: PersonCount.Numbers) {
        if numbers.persons > largestProtected?.persons ?? 0 { largestProtected = numbers }
    }

    /// Nil when nobody was found.
    var count: PersonCount? {
        var best: PersonCount?
        for basis in PersonBasis.allCases {
            guard let numbers = basis == .protectedValue ? largestProtected : sets[basis]?.count else { continue }
            if numbers.persons > best?.numbers.persons ?? 0 { best = PersonCount(numbers: numbers, basis: basis) }
        }
        return best
    }
}
