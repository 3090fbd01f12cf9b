/// One sight of a person in one word: 62 bits of a keyed hash, and what is known of the age. With a hundred million persons the chance that any
/// two fall together is about one in a thousand.
package struct PersonMark: Hashable, Sendable {
    package enum Age: UInt64, Sendable {
        case unknown, adult, under18, under14

        init(years: Int?) {
            switch years {
            case .some(0..<14): self = .under14
            case .some(14..<18): self = .under18
            case .some(18..<130): self = .adult
            default: self = .unknown
            }
        }
    }

    package let word: UInt64

    @inline(__always)
    package init(_ hash: UInt64, _ age: Age) {
        // Zero is kept for "no mark".
        word = max(hash & ~3, 4) | age.rawValue
    }

    init(word: UInt64) { self.word = word }
}

/// Numbers of distinct persons.
package struct PersonNumbers: Hashable, Sendable {
    package var persons = 0
    package var under14 = 0
    package var under18 = 0
    package var knowsAges = false
    /// Marks that were counted, one or more a person.
    package var marks = 0

    package init() {}
}

/// Counts distinct persons among marks, exactly, in bounded memory: in as many passes as it takes, each of which counts a part of the hashes.
package struct PersonSieve {
    /// Marks of one pass at most, which take 128 MiB in a table half full.
    package static let capacity = 8 << 20

    private let passes: Int
    private let pass: Int
    private var slots: [UInt64]
    private let mask: Int
    private(set) var numbers = PersonNumbers()

    /// - Parameters:
    ///   - marks: how many there are at most.
    ///   - body: hands all marks to the sieve, in any order; called once a pass.
    package static func count(marks: Int, capacity: Int = capacity, _ body: (inout PersonSieve) throws -> Void) rethrows -> PersonNumbers {
        guard marks > 0 else { return PersonNumbers() }
        // Hashes are even; a quarter more room than their mean leaves no chance to overflow a table half full.
        let passes = marks <= capacity ? 1 : (marks * 5 / 4 + capacity - 1) / capacity
        var total = PersonNumbers()
        for pass in 0..<passes {
            var sieve = PersonSieve(pass: pass, of: passes, marks: min(marks, capacity))
            try body(&sieve)
            total.persons += sieve.numbers.persons
            total.under14 += sieve.numbers.under14
            total.under18 += sieve.numbers.under18
            total.knowsAges = total.knowsAges || sieve.numbers.knowsAges
            total.marks += sieve.numbers.marks
        }
        return total
    }

    private init(pass: Int, of passes: Int, marks: Int) {
        self.pass = pass
        self.passes = passes
        var size = 16
        while size < marks * 2 { size *= 2 }
        slots = [UInt64](repeating: 0, count: size)
        mask = size - 1
    }

    package mutating func add(_ words: UnsafeBufferPointer<UInt64>) {
        slots.withUnsafeMutableBufferPointer { slots in
            for word in words { Self.add(word, to: slots, mask, pass, passes, &numbers) }
        }
    }

    @inline(__always)
    private static func add(
        _ word: UInt64, to slots: UnsafeMutableBufferPointer<UInt64>, _ mask: Int, _ pass: Int, _ passes: Int, _ numbers: inout PersonNumbers
    ) {
        guard passes == 1 || Int(word.multipliedFullWidth(by: UInt64(passes)).high) == pass else { return }
        numbers.marks += 1
        if word & 3 != 0 { numbers.knowsAges = true }
        // The middle of the hash: its top tells the passes apart.
        var slot = Int(truncatingIfNeeded: word >> 20) & mask
        while slots[slot] != 0, (slots[slot] ^ word) & ~3 != 0 { slot = (slot + 1) & mask }
        let known = slots[slot]
        if known == 0 { numbers.persons += 1 }
        guard known == 0 || known & 3 < word & 3 else { return }
        slots[slot] = word
        let (before, after) = (known == 0 ? 0 : known & 3, word & 3)
        if before < 2, after >= 2 { numbers.under18 += 1 }
        if before < 3, after == 3 { numbers.under14 += 1 }
    }
}
