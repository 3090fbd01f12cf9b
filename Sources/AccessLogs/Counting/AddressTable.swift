import Network

/// Records by address: open addressing over a dense array, so that the hot path is one probe or two.
struct AddressTable: Sendable {
    private(set) var records: [AddressRecord] = []
    /// Index + 1 into `records`; 0 is free. A power of two, at most half full.
    private var slots: [UInt32]
    /// Keys come from strangers: without a seed they could be chosen to collide.
    private let seed: UInt64

    init(seed: UInt64 = .random(in: .min ... .max)) {
        slots = [UInt32](repeating: 0, count: 1_024)
        self.seed = seed
    }

    /// The place of the address's record, made when there is none.
    @inline(__always)
    mutating func index(of address: IPAddress) -> Int {
        let high = address.high
        let low = address.family == .v4 ? 0xFFFF << 32 | address.low : address.low
        return place(high, low) { AddressRecord(address) }
    }

    mutating func index(like record: AddressRecord) -> Int {
        place(record.high, record.low) { AddressRecord(record.address) }
    }

    @inline(__always)
    private mutating func place(_ high: UInt64, _ low: UInt64, _ make: () -> AddressRecord) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash(high, low)) & mask
        while slots[slot] != 0 {
            let index = Int(slots[slot] - 1)
            if records[index].low == low, records[index].high == high { return index }
            slot = (slot + 1) & mask
        }
        records.append(make())
        slots[slot] = UInt32(truncatingIfNeeded: records.count)
        let index = records.count - 1
        if records.count * 2 > slots.count { rebuild(slots.count * 2) }
        return index
    }

    @inline(__always)
    mutating func update(_ index: Int, _ change: (inout AddressRecord) -> Void) { change(&records[index]) }

    /// Takes out and gives back the records that `isMinor` names.
    mutating func prune(_ isMinor: (AddressRecord) -> Bool) -> [AddressRecord] {
        let minor = records.filter(isMinor)
        records.removeAll(where: isMinor)
        rebuild(slots.count)
        return minor
    }

    private mutating func rebuild(_ size: Int) {
        slots = [UInt32](repeating: 0, count: size)
        for (index, record) in records.enumerated() {
            var slot = Int(truncatingIfNeeded: hash(record.high, record.low)) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt32(truncatingIfNeeded: index + 1)
        }
    }

    @inline(__always)
    private func hash(_ high: UInt64, _ low: UInt64) -> UInt64 {
        var value = (low ^ seed) &* 0x9E37_79B9_7F4A_7C15
        value ^= value >> 32
        value = (value ^ high ^ seed << 1) &* 0xD6E8_FEB8_6659_FD93
        return value ^ value >> 32
    }
}
