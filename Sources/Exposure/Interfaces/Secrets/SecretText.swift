import Glibc

/// A page or script, searched for marks. Bytes, not characters: minified scripts are megabytes of one line.
struct SecretText: Sendable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Where `mark` stands, in order, at most `most` times.
    func places(of mark: String, most: Int = 2_000) -> [Int] {
        let mark = Array(mark.utf8)
        return bytes.withUnsafeBytes { text -> [Int] in
            guard let base = text.baseAddress else { return [] }
            var places: [Int] = []
            var start = 0
            while places.count < most, start + mark.count <= text.count {
                guard let found = memchr(base + start, Int32(mark[0]), text.count - start - mark.count + 1) else { break }
                let place = UnsafeRawPointer(found) - base
                let isMark = memcmp(base + place, mark, mark.count) == 0
                if isMark { places.append(place) }
                start = place + (isMark ? mark.count : 1)
            }
            return places
        }
    }

    subscript(index: Int) -> UInt8? { bytes.indices.contains(index) ? bytes[index] : nil }

    /// From `start`, as long as `belongs`, at most so many.
    func run(from start: Int, most: Int, _ belongs: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        guard bytes.indices.contains(start) else { return [] }
        return bytes[start..<min(bytes.count, start + most)].prefix(while: belongs)
    }

    /// What stands between the quotation mark at `open` and its counterpart; nil when there is none within `most` bytes of the same line.
    func literal(at open: Int, most: Int) -> ArraySlice<UInt8>? {
        guard let quote = self[open], Self.isQuote(quote) else { return nil }
        let inside = run(from: open + 1, most: most) { $0 != quote && $0 != 0x0A && $0 != 0x0D }
        return self[inside.endIndex] == quote && !inside.contains(UInt8(ascii: "\\")) ? inside : nil
    }

    /// Literals that begin within so many bytes around `place`.
    func literals(around place: Int, within distance: Int, most: Int) -> [ArraySlice<UInt8>] {
        (max(0, place - distance)..<min(bytes.count, place + distance)).compactMap { literal(at: $0, most: most) }
    }

    static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`") }
    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
    static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
    static func isLetter(_ byte: UInt8) -> Bool { isUpper(byte) || isLower(byte) }
    static func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
    static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte) }
    static func isBase64(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "=")
    }
    static func isBase64URL(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") }

    /// Digits, small and capital letters together, as random text of some length has them.
    static func looksRandom(_ text: some Collection<UInt8>) -> Bool {
        text.contains(where: isDigit) && text.contains(where: isUpper) && text.contains(where: isLower) && Set(text).count >= 8
    }
}

/// Base64 in both alphabets (RFC 4648 4 and 5), padded or not.
enum Base64Text {
    static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in text where byte != UInt8(ascii: "=") {
            guard let value = value(byte) else { return nil }
            bits = bits << 6 | value
            count += 1
            if count % 4 == 0 {
                bytes += [UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 8), UInt8(truncatingIfNeeded: bits)]
                bits = 0
            }
        }
        switch count % 4 {
        case 0: return bytes
        case 2: return bytes + [UInt8(truncatingIfNeeded: bits >> 4)]
        case 3: return bytes + [UInt8(truncatingIfNeeded: bits >> 10), UInt8(truncatingIfNeeded: bits >> 2)]
        default: return nil
        }
    }

    private static func value(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x41...0x5A: UInt32(byte - 0x41)
        case 0x61...0x7A: UInt32(byte - 0x61 + 26)
        case 0x30...0x39: UInt32(byte - 0x30 + 52)
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
