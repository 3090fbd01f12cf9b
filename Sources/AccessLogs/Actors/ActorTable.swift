/// What is kept of every identity, however little it did.
package struct ActorRecord: Sendable {
    /// An address's bits (IPv4 as `::ffff:a.b.c.d`), or 0 and an account's hash.
    package var high: UInt64
    package var low: UInt64
    package var bytes: UInt64 = 0
    package var requests: UInt32 = 0
    /// Answered 4xx, or refused.
    package var misses: UInt32 = 0
    /// That brought data.
    package var reads: UInt32 = 0
    package var first: UInt32 = .max
    package var last: UInt32 = 0
    /// LinePlace of the ``ActorDetail``; -1 for none.
    package var detail: Int32 = -1

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}

/// Identities of one partition: open addressing over a dense array, so that the hot path is one probe or two.
struct ActorTable: Sendable {
    private(set) var records: [ActorRecord] = []
    /// Index + 1 into `records`; 0 is free. A power of two, at most half full.
    private var slots = [UInt32](repeating: 0, count: 256)
    /// Keys come from strangers: without a seed they could be chosen to collide.
    private let seed: UInt64

    init(seed: UInt64) { self.seed = seed }

    /// The place of the identity's record, made when there is none.
    @inline(__always)
    mutating func place(_ high: UInt64, _ low: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: Self.hash(high, low, seed)) & mask
        while slots[slot] != 0 {
            let index = Int(slots[slot] - 1)
            if records[index].low == low, records[index].high == high { return index }
            slot = (slot + 1) & mask
        }
        return insert(high, low, slot)
    }

    private mutating func insert(_ high: UInt64, _ low: UInt64, _ slot: Int) -> Int {
        records.append(ActorRecord(high: high, low: low))
        slots[slot] = UInt32(truncatingIfNeeded: records.count)
        if records.count * 2 > slots.count { rebuild(slots.count * 2) }
        return records.count - 1
    }

    @inline(__always)
    mutating func update(_ index: Int, _ change: (inout ActorRecord) -> Void) { change(&records[index]) }

    /// Takes out and gives back the records that `isMinor` names. Places change.
    mutating func prune(_ isMinor: (ActorRecord) -> Bool) -> [ActorRecord] {
        let minor = records.filter(isMinor)
        records.removeAll(where: isMinor)
        rebuild(slots.count)
        return minor
    }

    private mutating func rebuild(_ size: Int) {
        slots = [UInt32](repeating: 0, count: size)
        for (index, record) in records.enumerated() {
            var slot = Int(truncatingIfNeeded: Self.hash(record.high, record.low, seed)) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt32(truncatingIfNeeded: index + 1)
        }
    }

    @inline(__always)
    static func hash(_ high: UInt64, _ low: UInt64, _ seed: UInt64) -> UInt64 { ByteHash.mix(ByteHash.mix(low ^ seed) ^ high) }
}
