/// Words of up to sixteen bytes, found by one multiplication and mostly one comparison. Small letters only.
struct WordTable: Sendable {
    private struct Entry: Sendable {
        var low: UInt64 = 0
        var high: UInt64 = 0
        var value: UInt8 = 0
    }

    private var entries: [Entry]
    private let mask: Int

    static let longest = 16

    /// - Parameter groups: values other than 0 with their words, apart by blanks. Of a word that is in two groups, the later one counts.
    init(_ groups: [(UInt8, String)]) {
        let words = groups.flatMap { group in group.1.split(whereSeparator: \.isWhitespace).map { (Array($0.utf8), group.0) } }
        var capacity = 16
        while capacity < words.count * 3 { capacity *= 2 }
        entries = Array(repeating: Entry(), count: capacity)
        mask = capacity - 1
        for (word, value) in words where !word.isEmpty && word.count <= Self.longest {
            let (low, high) = word.withUnsafeBytes { Self.pack($0, 0, word.count) }
            var slot = Self.slot(low, high) & mask
            while entries[slot].value != 0, entries[slot].low != low || entries[slot].high != high { slot = (slot + 1) & mask }
            entries[slot] = Entry(low: low, high: high, value: value)
        }
    }

    /// The word's value; 0 when it is none. The range lies within `bytes`.
    @inline(__always)
    func value(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> UInt8 {
        guard end > start, end - start <= Self.longest else { return 0 }
        let (low, high) = Self.pack(bytes, start, end)
        return entries.withUnsafeBufferPointer { entries in
            var slot = Self.slot(low, high) & mask
            // At least two slots in three are empty, so that a search ends.
            while entries[slot].value != 0 {
                if entries[slot].low == low, entries[slot].high == high { return entries[slot].value }
                slot = (slot + 1) & mask
            }
            return 0
        }
    }

    @inline(__always)
    private static func pack(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> (UInt64, UInt64) {
        var low: UInt64 = 0
        var high: UInt64 = 0
        for index in start..<end {
            if index - start < 8 { low = low << 8 | UInt64(bytes[index]) } else { high = high << 8 | UInt64(bytes[index]) }
        }
        return (low, high)
    }

    @inline(__always)
    private static func slot(_ low: UInt64, _ high: UInt64) -> Int {
        Int(truncatingIfNeeded: ((low ^ high &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93) >> 40)
    }
}
