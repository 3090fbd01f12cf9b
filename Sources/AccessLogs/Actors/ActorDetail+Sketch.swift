import Glibc

/// How many different things there were, in 64 bytes: HyperLogLog of 128 registers (Flajolet et al. 2007), linear counting where they are few
/// (standard error about 9 %).
package struct DistinctSketch: Sendable {
    // 128 registers of four bits.
    private var words = InlineArray<8, UInt64>(repeating: 0)

    package init() {}

    @inline(__always)
    package mutating func insert(_ value: UInt64) {
        var hash = value &* 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ hash >> 32) &* 0xD6E8_FEB8_6659_FD93
        hash ^= hash >> 32
        let rank = UInt64(truncatingIfNeeded: min(15, (hash >> 7).leadingZeroBitCount - 6))
        let word = Int(truncatingIfNeeded: hash >> 4 & 7)
        let shift = (hash & 15) << 2
        let there = words[word] >> shift & 15
        if rank > there { words[word] = words[word] & ~(15 << shift) | rank << shift }
    }

    package mutating func merge(_ other: DistinctSketch) {
        for word in 0..<8 {
            let (mine, theirs) = (words[word], other.words[word])
            guard theirs != 0, mine != theirs else { continue }
            var merged: UInt64 = 0
            for shift in stride(from: UInt64(0), to: 64, by: 4) { merged |= max(mine >> shift & 15, theirs >> shift & 15) << shift }
            words[word] = merged
        }
    }

    package var estimate: Int {
        var sum = 0.0
        var empty = 0
        for word in 0..<8 {
            for shift in stride(from: UInt64(0), to: 64, by: 4) {
                let rank = words[word] >> shift & 15
                if rank == 0 { empty += 1 }
                sum += 1 / Double(UInt64(1) << rank)
            }
        }
        let raw = 0.715_2 * 128 * 128 / sum
        return Int(raw <= 320 && empty > 0 ? (128 * log(128 / Double(empty))).rounded() : raw.rounded())
    }
}

/// The same for a few things, in 16 bytes: linear counting over 128 bits. Good to about 300.
package struct SmallSketch: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    package init() {}

    @inline(__always)
    package mutating func insert(_ value: UInt64) {
        var hash = value &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
        let bit = UInt64(1) << (hash & 63)
        if hash & 64 == 0 { low |= bit } else { high |= bit }
    }

    package mutating func merge(_ other: SmallSketch) {
        low |= other.low
        high |= other.high
    }

    package var estimate: Int {
        let empty = 128 - low.nonzeroBitCount - high.nonzeroBitCount
        return empty == 0 ? 1_000 : Int((128 * log(128 / Double(empty))).rounded())
    }
}

/// Who is in the majority, if anybody is (Boyer and Moore 1981): the leader and its lead.
package struct Majority<Candidate: Equatable & Sendable>: Sendable {
    package private(set) var leader: Candidate
    private var lead: UInt32 = 0

    package init(none: Candidate) { leader = none }

    @inline(__always)
    package mutating func vote(_ candidate: Candidate, weight: UInt32 = 1) {
        if lead == 0 { leader = candidate }
        if candidate == leader { lead &+= weight } else { lead = lead > weight ? lead - weight : 0 }
    }

    package mutating func merge(_ other: Majority) { if other.lead > 0 { vote(other.leader, weight: other.lead) } }
}

/// A value that most don't have: eight bytes until it is there.
package struct Rare<Value: Sendable>: Sendable {
    private var storage: [Value] = []

    package init() {}

    package var value: Value? { storage.first }

    @inline(__always)
    package mutating func update(_ make: @autoclosure () -> Value, _ change: (inout Value) -> Void) {
        if storage.isEmpty { storage.append(make()) }
        change(&storage[0])
    }

    package mutating func merge(_ other: Rare, _ join: (inout Value, Value) -> Void) {
        guard let theirs = other.storage.first else { return }
        if storage.isEmpty { storage = other.storage } else { join(&storage[0], theirs) }
    }
}

/// An address or an account's hash (`high` 0), as digests hold them.
package struct Identity: Hashable, Sendable {
    package var high: UInt64
    package var low: UInt64

    package static let none = Identity(high: 0, low: 0)

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    package var isNone: Bool { high == 0 && low == 0 }
    /// One word for sketches.
    @inline(__always) var word: UInt64 { low ^ (high &* 0x0100_0000_01B3) }
}

/// Where a line stands: which file of the run, and at which byte its line begins.
package struct LinePlace: Hashable, Sendable {
    package var file: UInt32
    package var offset: UInt64

    package static let none = LinePlace(file: .max, offset: 0)

    package init(file: UInt32, offset: UInt64) {
        self.file = file
        self.offset = offset
    }

    @inline(__always) init(_ digest: EventDigest) { self.init(file: digest.file, offset: digest.offset) }
}
