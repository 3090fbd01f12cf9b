/// A fixed set of numbers: an open hash table, as the standard library's set spends most of a validator's time on hashing.
struct NumberSet: Sendable {
    /// 0 for a free slot.
    private var slots: [UInt32]
    private let shift: UInt32

    /// - Parameter numbers: none of them 0.
    init(_ numbers: [UInt32]) {
        var bits: UInt32 = 4
        while 1 << Int(bits) < numbers.count * 3 { bits += 1 }
        shift = 32 - bits
        slots = [UInt32](repeating: 0, count: 1 << Int(bits))
        for number in numbers where number != 0 && !contains(number) {
            var slot = Int((number &* 0x9E37_79B1) >> shift)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = number
        }
    }

    @inline(__always)
    func contains(_ number: UInt32) -> Bool {
        var slot = Int((number &* 0x9E37_79B1) >> shift)
        while slots[slot] != 0 {
            if slots[slot] == number { return true }
            slot = (slot + 1) & (slots.count - 1)
        }
        return false
    }
}
