/// Reads one JSON text by recursive descent, of bounded depth.
struct JSONReader {
    private let bytes: [UInt8]
    private let truncated: Bool
    private var index = 0
    /// The end of a truncated text was reached: everything open is closed.
    private var isCut = false

    private static let deepest = 64

    init(_ bytes: [UInt8], truncated: Bool) {
        // A byte order mark is not allowed, and sent all the same.
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        self.truncated = truncated
    }

    mutating func document() -> JSON? {
        guard let value = value(depth: 0) else { return nil }
        skipSpace()
        return index == bytes.count ? value : nil
    }

    /// Nil: malformed, or cut off before anything could be said (`isCut` tells).
    private mutating func value(depth: Int) -> JSON? {
        skipSpace()
        guard let byte = peek() else { return nil }
        switch byte {
        case UInt8(ascii: "{"): return depth < Self.deepest ? object(depth) : nil
        case UInt8(ascii: "["): return depth < Self.deepest ? array(depth) : nil
        case UInt8(ascii: "\""): return string().map(JSON.string)
        case UInt8(ascii: "t"): return word("true", .bool(true))
        case UInt8(ascii: "f"): return word("false", .bool(false))
        case UInt8(ascii: "n"): return word("null", .null)
        default: return number()
        }
    }

    private mutating func object(_ depth: Int) -> JSON? {
        index += 1
        var members: [(key: String, value: JSON)] = []
        skipSpace()
        if take("}") { return .object([]) }
        while true {
            skipSpace()
            guard peek() == UInt8(ascii: "\"") else { return isCut ? .object(members) : nil }
            guard let key = string() else { return isCut ? .object(members) : nil }
            skipSpace()
            guard take(":") else { return isCut ? .object(members) : nil }
            guard let value = value(depth: depth + 1) else { return isCut ? .object(members) : nil }
            members.append((key, value))
            skipSpace()
            if isCut || take("}") { return .object(members) }
            guard take(",") else { return isCut ? .object(members) : nil }
        }
    }

    private mutating func array(_ depth: Int) -> JSON? {
        index += 1
        var elements: [JSON] = []
        skipSpace()
        if take("]") { return .array([]) }
        while true {
            guard let value = value(depth: depth + 1) else { return isCut ? .array(elements) : nil }
            elements.append(value)
            skipSpace()
            if isCut || take("]") { return .array(elements) }
            guard take(",") else { return isCut ? .array(elements) : nil }
        }
    }

    private mutating func string() -> String? {
        index += 1
        var text: [UInt8] = []
        while let byte = peek() {
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = peek() else { return nil }
                index += 1
                guard escaped == UInt8(ascii: "u") else {
                    guard let plain = Self.escapes[escaped] else { return nil }
                    text.append(plain)
                    continue
                }
                guard let scalar = scalar() else { return nil }
                text += Array(String(Character(scalar)).utf8)
            case 0..<0x20: return nil
            default: text.append(byte)
            }
        }
        return nil
    }

    /// After `\u`: one unit, or a surrogate pair; a lone surrogate reads as U+FFFD.
    private mutating func scalar() -> Unicode.Scalar? {
        guard let first = hex() else { return nil }
        if (0xD800..<0xDC00).contains(first), index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") {
            let start = index
            index += 2
            guard let second = hex() else { return nil }
            if (0xDC00..<0xE000).contains(second) { return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) }
            index = start
        }
        return Unicode.Scalar(first) ?? "\u{FFFD}"
    }

    private mutating func hex() -> UInt32? {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    private mutating func number() -> JSON? {
        let start = index
        while index < bytes.count, Self.numeric.contains(bytes[index]) { index += 1 }
        if index == bytes.count, truncated {
            isCut = true
            return nil
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard let first = text.utf8.first, first == UInt8(ascii: "-") || (0x30...0x39).contains(first), let value = Double(text) else { return nil }
        return .number(value)
    }

    private mutating func word(_ word: String, _ value: JSON) -> JSON? {
        for expected in word.utf8 {
            guard let byte = peek(), byte == expected else { return nil }
            index += 1
        }
        return value
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard let byte = peek(), byte == UInt8(ascii: scalar) else { return false }
        index += 1
        return true
    }

    private mutating func peek() -> UInt8? {
        guard index < bytes.count else {
            isCut = truncated
            return nil
        }
        return bytes[index]
    }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { index += 1 }
    }

    private static let numeric = Set("0123456789+-.eE".utf8)
    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: "/"): UInt8(ascii: "/"),
        UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]
}
