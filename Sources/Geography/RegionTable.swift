/// A number that addresses are looked up by.
protocol AddressNumber: Comparable, Sendable {
    static func parse(_ text: UnsafeRawBufferPointer) -> Self?
    /// The first 16 bits: the slot of the index.
    var slot: Int { get }
    /// Nil beyond the last address.
    var next: Self? { get }
    /// Nil before the first address.
    var previous: Self? { get }
}

/// An IPv6 address as a number.
struct WideAddress: AddressNumber {
    var high: UInt64
    var low: UInt64

    var slot: Int { Int(high >> 48) }

    var next: WideAddress? {
        low < .max ? WideAddress(high: high, low: low + 1) : high < .max ? WideAddress(high: high + 1, low: 0) : nil
    }

    var previous: WideAddress? {
        low > 0 ? WideAddress(high: high, low: low - 1) : high > 0 ? WideAddress(high: high - 1, low: .max) : nil
    }

    /// The last address of the block that begins here.
    func last(prefix length: Int) -> WideAddress {
        length >= 64
            ? WideAddress(high: high, low: low | (length >= 128 ? 0 : .max >> UInt64(length - 64)))
            : WideAddress(high: high | (length <= 0 ? .max : .max >> UInt64(length)), low: .max)
    }

    static func < (left: WideAddress, right: WideAddress) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }
}

extension UInt32: AddressNumber {
    var slot: Int { Int(self >> 16) }
    var next: UInt32? { self < .max ? self + 1 : nil }
    var previous: UInt32? { self > 0 ? self - 1 : nil }
}

/// Sorted blocks that don't overlap, found by bisection within one slot of the first 16 bits.
struct RegionTable<Number: AddressNumber>: Sendable {
    private var starts: [Number] = []
    private var ends: [Number] = []
    private var codes: [UInt16] = []
    /// Per slot the number of blocks that begin before it; one more entry closes the last slot.
    private var index: [Int32] = []

    init(capacity: Int) {
        starts.reserveCapacity(capacity)
        ends.reserveCapacity(capacity)
        codes.reserveCapacity(capacity)
        index.reserveCapacity(65_537)
    }

    var count: Int { starts.count }

    /// False when the block doesn't follow the ones before.
    mutating func append(_ start: Number, _ end: Number, _ code: UInt16) -> Bool {
        guard start <= end, ends.last.map({ $0 < start }) ?? true else { return false }
        while index.count <= start.slot { index.append(Int32(truncatingIfNeeded: starts.count)) }
        starts.append(start)
        ends.append(end)
        codes.append(code)
        return true
    }

    mutating func close() {
        while index.count < 65_537 { index.append(Int32(truncatingIfNeeded: starts.count)) }
    }

    func code(of number: Number) -> UInt16? {
        // The last block that begins at or before the number: in this slot, or the last one before it.
        var low = Int(index[number.slot])
        var high = Int(index[number.slot + 1])
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= number { low = middle + 1 } else { high = middle }
        }
        guard low > 0, number <= ends[low - 1] else { return nil }
        return codes[low - 1]
    }
}
