/// Looks for the bytes that end a quoted string, eight at a time.
enum StringScan {
    /// The first `"` or `\` at or after `start`; nil when there is none.
    @inline(__always)
    static func quoteOrBackslash(_ line: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var position = start
        while line.count - position >= 8 {
            let word = UInt64(littleEndian: line.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let hits = zeroBytes(word ^ 0x2222_2222_2222_2222) | zeroBytes(word ^ 0x5C5C_5C5C_5C5C_5C5C)
            if hits != 0 { return position + hits.trailingZeroBitCount >> 3 }
            position += 8
        }
        while position < line.count {
            if line[position] == 0x22 || line[position] == 0x5C { return position }
            position += 1
        }
        return nil
    }

    /// The lowest bit that is set is the highest bit of the first byte that is zero; bits above it may be wrong.
    @inline(__always)
    private static func zeroBytes(_ word: UInt64) -> UInt64 { (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 }
}
