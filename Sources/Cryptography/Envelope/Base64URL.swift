/// Base64 with the alphabet for URLs, without padding (RFC 4648, section 5): safe in text columns, CSV and JSON. Only the canonical text of some bytes
/// is read: each sealed value has exactly one text.
enum Base64URL {
    private static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    private static let invalid: UInt8 = 0xFF
    /// The value of each character.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: invalid, count: 256)
        for index in 0..<64 { values[Int(alphabet.utf8Start[index])] = UInt8(index) }
        return values
    }()

    /// Characters for `count` bytes.
    static func encodedLength(of count: Int) -> Int { (count * 4 + 2) / 3 }
    /// Bytes in `count` characters; nil when no number of bytes has as many.
    static func decodedLength(of count: Int) -> Int? { count % 4 == 1 ? nil : count * 3 / 4 }

    /// - Parameter output: room for ``encodedLength(of:)`` characters.
    static func encode(_ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) {
        let digits = alphabet.utf8Start
        var read = 0
        var write = 0
        while read + 3 <= bytes.count {
            let group = Int(bytes[read]) << 16 | Int(bytes[read + 1]) << 8 | Int(bytes[read + 2])
            output[write] = digits[group >> 18]
            output[write + 1] = digits[group >> 12 & 63]
            output[write + 2] = digits[group >> 6 & 63]
            output[write + 3] = digits[group & 63]
            read += 3
            write += 4
        }
        let left = bytes.count - read
        if left == 0 { return }
        let group = Int(bytes[read]) << 16 | (left == 2 ? Int(bytes[read + 1]) << 8 : 0)
        output[write] = digits[group >> 18]
        output[write + 1] = digits[group >> 12 & 63]
        if left == 2 { output[write + 2] = digits[group >> 6 & 63] }
    }

    /// False when the text isn't canonical.
    /// - Parameter output: room for ``decodedLength(of:)`` bytes, which is not nil.
    static func decode(_ text: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Bool {
        values.withUnsafeBufferPointer { values in
            var read = 0
            var write = 0
            // Valid values have their two top bits clear.
            var seen: UInt8 = 0
            while read + 4 <= text.count {
                let (a, b, c, d) = (values[Int(text[read])], values[Int(text[read + 1])], values[Int(text[read + 2])], values[Int(text[read + 3])])
                seen |= a | b | c | d
                let group = UInt32(a) << 18 | UInt32(b) << 12 | UInt32(c) << 6 | UInt32(d)
                output[write] = UInt8(truncatingIfNeeded: group >> 16)
                output[write + 1] = UInt8(truncatingIfNeeded: group >> 8)
                output[write + 2] = UInt8(truncatingIfNeeded: group)
                read += 4
                write += 3
            }
            let left = text.count - read
            guard left > 0 else { return seen < 64 }
            guard left > 1 else { return false }
            let (a, b) = (values[Int(text[read])], values[Int(text[read + 1])])
            let c = left == 3 ? values[Int(text[read + 2])] : 0
            let group = UInt32(a) << 18 | UInt32(b) << 12 | UInt32(c) << 6
            output[write] = UInt8(truncatingIfNeeded: group >> 16)
            if left == 3 { output[write + 1] = UInt8(truncatingIfNeeded: group >> 8) }
            // The bits that no byte uses are zero.
            let unused = left == 2 ? group & 0xFFFF : group & 0xFF
            return seen | a | b | c < 64 && unused == 0
        }
    }
}
