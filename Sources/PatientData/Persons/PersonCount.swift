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

    init(_ numbers: PersonNumbers, _ basis: PersonBasis) {
        self.numbers = Numbers(
            persons: numbers.persons, under14: numbers.knowsAges ? numbers.under14 : nil, under18: numbers.knowsAges ? numbers.under18 : nil)
        self.basis = basis
    }
}

/// Counts the persons of one or more tables, of one or more stores, by the marks that a scan has left.
///
/// The number is a lower bound: the largest of the counts by each basis. They aren't added up, because the same people stand in one table with
/// their number, in another with their telephone, and in a third behind a hash.
struct PersonReckoning {
    let journal: ScanJournal

    /// Nil when nobody was found.
    func count(_ tables: [ScanJournal.TableKey]) throws(ScanJournalError) -> PersonCount? {
        let states = tables.compactMap { key in journal.table(key).map { (key, $0) } }
        var best: PersonCount?
        for basis in PersonBasis.allCases {
            let numbers = basis == .protectedValue ? try protected(states) : try distinct(states, basis)
            if numbers.persons > best?.numbers.persons ?? 0 { best = PersonCount(numbers, basis) }
        }
        return best
    }

    private typealias States = [(key: ScanJournal.TableKey, state: ScanJournal.TableState)]

    private func distinct(_ states: States, _ basis: PersonBasis) throws(ScanJournalError) -> PersonNumbers {
        let streams = states.flatMap { key, state in
            (state.plan.persons?.entries ?? []).enumerated().filter { $0.element.role.basis == basis }.map { (key, $0.offset) }
        }
        return try journal.persons(of: streams)
    }

    /// What different columns hold can't be compared: the one counts that has most.
    private func protected(_ states: States) throws(ScanJournalError) -> PersonNumbers {
        var best = PersonNumbers()
        for (key, state) in states {
            var functions: [PersonNumbers] = []
            var others: [PersonNumbers] = []
            for (index, entry) in (state.plan.persons?.entries ?? []).enumerated() where entry.role == .opaque {
                let numbers = try journal.persons(of: [(key, index)])
                guard numbers.persons > 0 else { continue }
                // Ciphertexts that never repeat may hide one person many times: they count only where nothing better is there.
                if entry.isFunctionOfPerson || numbers.persons < numbers.marks { functions.append(numbers) } else { others.append(numbers) }
            }
            for numbers in functions.isEmpty ? others : functions where numbers.persons > best.persons { best = numbers }
        }
        return best
    }
}

extension PersonPlan.Role {
    fileprivate var basis: PersonBasis? {
        switch self {
        case .idCard: .idCard
        case .mobile: .mobile
        case .name: .name
        case .opaque: .protectedValue
        case .birthDate: nil
        }
    }
}
