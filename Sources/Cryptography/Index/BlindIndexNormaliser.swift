/// Makes spellings of one value the same bytes, so that a search finds them all. Values are UTF-8; bytes that aren't stay as they are.
/// The raw value stands in the label of the index's key.
package enum BlindIndexNormaliser: String, CaseIterable, Hashable, Sendable, Codable {
    /// As it is.
    case exact
    /// ASCII and full-width digits, as ASCII; nothing else. For telephone and card numbers.
    case digits
    /// ASCII and full-width letters and digits, as upper-case ASCII; nothing else. For numbers with letters, such as resident IDs.
    case alphanumeric
    /// Full-width characters as ASCII ones, lower case as upper case (ASCII only), without white space. For names; other scripts stay as they are.
    case name

    /// Appends the normal form; allocates nothing when `output` has the capacity.
    package func append(_ value: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        guard self != .exact else { return output.append(contentsOf: value) }
        var index = 0
        while index < value.count {
            var byte = value[index]
            var length = 1
            if byte == 0xEF, let folded = BlindIndexNormaliser.folded(value, at: index) {
                (byte, length) = (folded, 3)
            } else if byte >= 0xC2, BlindIndexNormaliser.isSpace(value, at: index) {
                (byte, length) = (0x20, byte == 0xC2 ? 2 : 3)
            }
            index += length
            if let kept = normal(byte) { output.append(kept) }
        }
    }

    @inline(__always)
    private func normal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte
        case 0x41...0x5A: self == .digits ? nil : byte
        case 0x61...0x7A: self == .digits ? nil : byte - 0x20
        case 0x09...0x0D, 0x20: nil
        default: self == .name ? byte : nil
        }
    }

    /// The ASCII character of a full-width one (U+FF01 to U+FF5E: EF BC 81 to EF BD 9E).
    private static func folded(_ value: UnsafeRawBufferPointer, at index: Int) -> UInt8? {
        guard index + 2 < value.count, value[index + 2] & 0xC0 == 0x80 else { return nil }
        let low = value[index + 2] & 0x3F
        switch value[index + 1] {
        case 0xBC where low >= 1: return 0x20 + low
        case 0xBD where low <= 0x1E: return 0x60 + low
        default: return nil
        }
    }

    /// The no-break space (C2 A0) and the ideographic one (E3 80 80).
    private static func isSpace(_ value: UnsafeRawBufferPointer, at index: Int) -> Bool {
        if value[index] == 0xC2 { return index + 1 < value.count && value[index + 1] == 0xA0 }
        return value[index] == 0xE3 && index + 2 < value.count && value[index + 1] == 0x80 && value[index + 2] == 0x80
    }
}
