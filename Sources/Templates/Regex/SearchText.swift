/// Bytes that many patterns and words look into: their lower-case copy is made once.
package final class SearchText {
    package let bytes: [UInt8]
    private(set) lazy var lowercased: [UInt8] = bytes.map(Bytes.lowercase)
    /// What a scan of this text, or of one that holds it, found of many words; as they are written, and in lower case.
    var presence: LiteralIndex.Presence?
    var lowercasePresence: LiteralIndex.Presence?

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package convenience init(_ text: String) { self.init(Array(text.utf8)) }

    /// - Parameter needle: in lower case (ASCII) where case is ignored.
    func contains(_ needle: [UInt8], ignoringCase: Bool = false) -> Bool {
        if (ignoringCase ? lowercasePresence : presence)?.contains(needle) == false { return false }
        return Bytes.find(needle, in: ignoringCase ? lowercased : bytes) != nil
    }
}

/// Small helpers over bytes.
package enum Bytes {
    /// ASCII only: a body's encoding is not known.
    @inline(__always)
    static func lowercase(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    @inline(__always)
    static func uppercase(_ byte: UInt8) -> UInt8 { byte &- 0x61 < 26 ? byte & 0xDF : byte }

    static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    static func trim(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var slice = bytes
        while let first = slice.first, isSpace(first) { slice.removeFirst() }
        while let last = slice.last, isSpace(last) { slice.removeLast() }
        return slice
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    static func string(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }

    /// Pairs of hexadecimal digits; nil for anything else.
    package static func fromHexadecimal(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 2) else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(text.count / 2)
        var high: UInt8?
        for byte in text {
            guard let digit = hexadecimalDigit(byte) else { return nil }
            if let first = high {
                result.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return result
    }

    package static func hexadecimal(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }
}
