/// Remembers what the key at each place of a line meant: a server writes its keys in the same order, line for line.
struct KeyMemo {
    private struct Known {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        var count = 0
        var role: WebJSONKeys.Role?
    }

    private static let limit = 64
    private var known: [Known] = Array(repeating: Known(), count: KeyMemo.limit)

    /// - Parameter place: the index of the key's member on its line.
    mutating func role(_ key: UnsafeRawBufferPointer, at place: Int) -> WebJSONKeys.Role? {
        guard place < Self.limit, (1...32).contains(key.count) else { return WebJSONKeys.shared.role(key) }
        let words = (Self.word(key, 0), Self.word(key, 8), Self.word(key, 16), Self.word(key, 24))
        if known[place].count == key.count, known[place].words == words { return known[place].role }
        let role = WebJSONKeys.shared.role(key)
        known[place] = Known(words: words, count: key.count, role: role)
        return role
    }

    /// Eight bytes from `start`, padded with zeros at the key's end.
    @inline(__always)
    private static func word(_ key: UnsafeRawBufferPointer, _ start: Int) -> UInt64 {
        let left = key.count - start
        if left >= 8 { return key.loadUnaligned(fromByteOffset: start, as: UInt64.self) }
        guard left > 0 else { return 0 }
        if key.count >= 8 { return key.loadUnaligned(fromByteOffset: key.count - 8, as: UInt64.self) >> UInt64(8 * (8 - left)) }
        var word: UInt64 = 0
        for index in 0..<left { word |= UInt64(key[start + index]) << UInt64(8 * index) }
        return word
    }
}
