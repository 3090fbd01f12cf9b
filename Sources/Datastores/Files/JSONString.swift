/// Strings of JSON (RFC 8259, 7).
enum JSONString {
    enum End: Hashable {
        /// The index of the quotation mark that closes the string.
        case at(Int, isPlain: Bool)
        /// A line break comes first, which no string holds.
        case broken
        /// The text ends before.
        case cut
    }

    /// Where the string ends whose text begins at `start`; it is plain when nothing is escaped. There are 16 bytes behind the text.
    @inline(__always)
    static func end(_ bytes: UnsafeRawBufferPointer, from start: Int) -> End {
        guard let base = bytes.baseAddress else { return .cut }
        var isPlain = true
        var index = start
        while index < bytes.count {
            let vector = base.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
            let mask = StructuralMask.mask(
                (vector .== SIMD16<UInt8>(repeating: 0x22)) .| (vector .== SIMD16<UInt8>(repeating: 0x5C))
                    .| (vector .== SIMD16<UInt8>(repeating: 0x0A)))
            guard mask != 0 else {
                index += 16
                continue
            }
            index += mask.trailingZeroBitCount
            guard index < bytes.count else { return .cut }
            switch bytes[unchecked: index] {
            case 0x22: return .at(index, isPlain: isPlain)
            case 0x5C:
                isPlain = false
                guard index + 1 < bytes.count else { return .cut }
                index += bytes[unchecked: index + 1] == 0x0A ? 1 : 2
            default: return .broken
            }
        }
        return .cut
    }

    /// Hands on the text piece by piece. What is no proper escape stands for itself; half a surrogate pair is U+FFFD.
    static func unescape(_ text: UnsafeRawBufferPointer, _ piece: (UnsafeRawBufferPointer) -> Void) {
        var index = 0
        while index < text.count {
            let start = index
            while index < text.count, text[index] != 0x5C { index += 1 }
            if index > start { piece(UnsafeRawBufferPointer(rebasing: text[start..<index])) }
            guard index + 1 < text.count else { return }
            let letter = text[index + 1]
            if letter == 0x75 {
                index += scalar(UnsafeRawBufferPointer(rebasing: text[index...]), piece)
                continue
            }
            var byte = plain(letter)
            withUnsafeBytes(of: &byte) { piece($0) }
            index += 2
        }
    }

    private static func plain(_ letter: UInt8) -> UInt8 {
        switch letter {
        case 0x62: 0x08
        case 0x66: 0x0C
        case 0x6E: 0x0A
        case 0x72: 0x0D
        case 0x74: 0x09
        default: letter
        }
    }

    /// `text` begins with `\u`. How many bytes were taken.
    private static func scalar(_ text: UnsafeRawBufferPointer, _ piece: (UnsafeRawBufferPointer) -> Void) -> Int {
        guard let first = unit(text, at: 0) else {
            piece(UnsafeRawBufferPointer(rebasing: text[1..<2]))
            return 2
        }
        var value = first
        var length = 6
        if first & 0xFC00 == 0xD800, let second = unit(text, at: 6), second & 0xFC00 == 0xDC00 {
            value = 0x10000 + (first & 0x3FF) << 10 + (second & 0x3FF)
            length = 12
        }
        let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
        var bytes: (UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &bytes) { buffer in
            var count = 0
            for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                buffer[count] = byte
                count += 1
            }
            piece(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
        return length
    }

    /// Four hexadecimal digits behind `\u`.
    private static func unit(_ text: UnsafeRawBufferPointer, at index: Int) -> UInt32? {
        guard index + 6 <= text.count, text[index] == 0x5C, text[index + 1] == 0x75 else { return nil }
        var value: UInt32 = 0
        for byte in text[(index + 2)..<(index + 6)] {
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
            case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
            default: return nil
            }
        }
        return value
    }

    static func text(_ escaped: UnsafeRawBufferPointer) -> String {
        var bytes: [UInt8] = []
        unescape(escaped) { bytes.append(contentsOf: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
