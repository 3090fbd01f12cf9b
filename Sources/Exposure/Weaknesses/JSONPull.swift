/// Walks through JSON without building a tree: an OSV record is mostly text and links that nobody asks for, and there are hundreds of thousands.
///
/// Strict (RFC 8259), of bounded depth; every error has its line.
struct JSONPull {
    struct Problem: Error, Hashable {
        var line: Int
        var problem: String
    }

    private let bytes: [UInt8]
    private(set) var index = 0
    private var depth = 0

    private static let deepest = 64

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    }

    func fail(_ problem: String) -> Problem {
        Problem(line: 1 + bytes.prefix(index).count { $0 == UInt8(ascii: "\n") }, problem: problem)
    }

    /// True when only white space is left.
    mutating func isAtEnd() -> Bool {
        skipSpace()
        return index == bytes.count
    }

    mutating func peek() -> UInt8? {
        skipSpace()
        return index < bytes.count ? bytes[index] : nil
    }

    /// Calls `member` with each key; it must read or ``skip()`` the value.
    mutating func object(_ member: (inout JSONPull, String) throws(Problem) -> Void) throws(Problem) {
        try open("{", "an object")
        if take("}") { return close() }
        repeat {
            let key = try string()
            guard take(":") else { throw fail("a ':' is missing") }
            try member(&self, key)
        } while take(",")
        guard take("}") else { throw fail("a ',' or '}' is missing") }
        close()
    }

    /// Calls `element` before each element; it must read or ``skip()`` it.
    mutating func array(_ element: (inout JSONPull) throws(Problem) -> Void) throws(Problem) {
        try open("[", "a list")
        if take("]") { return close() }
        repeat { try element(&self) } while take(",")
        guard take("]") else { throw fail("a ',' or ']' is missing") }
        close()
    }

    mutating func string() throws(Problem) -> String {
        let raw = try rawString()
        guard raw.escaped else {
            guard let text = String(validating: bytes[raw.range], as: UTF8.self) else { throw fail("the text is no UTF-8") }
            return text
        }
        return try unescaped(raw.range)
    }

    /// Passes over any value; its strings are looked at only as far as their end.
    mutating func skip() throws(Problem) {
        switch peek() {
        case UInt8(ascii: "{"): try object { (pull: inout JSONPull, _) throws(Problem) in try pull.skip() }
        case UInt8(ascii: "["): try array { (pull: inout JSONPull) throws(Problem) in try pull.skip() }
        case UInt8(ascii: "\""): _ = try rawString()
        case nil: throw fail("ends in the middle")
        default: try word()
        }
    }

    private mutating func open(_ scalar: Unicode.Scalar, _ what: String) throws(Problem) {
        guard take(scalar) else { throw fail(index == bytes.count ? "ends in the middle" : "\(what) was expected") }
        depth += 1
        guard depth <= Self.deepest else { throw fail("is nested too deeply") }
    }

    private mutating func close() { depth -= 1 }

    private mutating func rawString() throws(Problem) -> (range: Range<Int>, escaped: Bool) {
        guard take("\"") else { throw fail(index == bytes.count ? "ends in the middle" : "text in quotes was expected") }
        let start = index
        var escaped = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                index += 1
                return (start..<(index - 1), escaped)
            }
            guard byte >= 0x20 else { throw fail("a control character stands in a text") }
            if byte == UInt8(ascii: "\\") {
                escaped = true
                index += 1
            }
            index += 1
        }
        index = bytes.count
        throw fail("a '\"' is missing")
    }

    private func unescaped(_ range: Range<Int>) throws(Problem) -> String {
        var units: [UInt16] = []
        var at = range.lowerBound
        while at < range.upperBound {
            guard bytes[at] == UInt8(ascii: "\\") else {
                let end = bytes[at..<range.upperBound].firstIndex(of: UInt8(ascii: "\\")) ?? range.upperBound
                guard let text = String(validating: bytes[at..<end], as: UTF8.self) else { throw fail("the text is no UTF-8") }
                units += text.utf16
                at = end
                continue
            }
            guard at + 1 < range.upperBound else { throw fail("an escape is cut off") }
            let escape = bytes[at + 1]
            at += 2
            if let plain = Self.escapes[escape] {
                units.append(plain)
            } else if escape == UInt8(ascii: "u"), at + 4 <= range.upperBound, let unit = Self.hex(bytes[at..<(at + 4)]) {
                units.append(unit)
                at += 4
            } else {
                throw fail("an escape isn't known")
            }
        }
        return String(decoding: units, as: UTF16.self)
    }

    private static func hex(_ digits: ArraySlice<UInt8>) -> UInt16? {
        var value: UInt16 = 0
        for digit in digits {
            guard let digit = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
            value = value << 4 | UInt16(digit)
        }
        return value
    }

    /// A number, or one of the three words.
    private mutating func word() throws(Problem) {
        let start = index
        while index < bytes.count, Self.isWord(bytes[index]) { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard ["true", "false", "null"].contains(text) || Self.isNumber(text) else {
            index = start
            throw fail("a value was expected")
        }
    }

    private static func isNumber(_ text: String) -> Bool {
        guard let first = text.utf8.first, first == UInt8(ascii: "-") || (0x30...0x39).contains(first) else { return false }
        return Double(text) != nil
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        skipSpace()
        guard index < bytes.count, bytes[index] == UInt8(ascii: scalar) else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x0A || bytes[index] == 0x0D || bytes[index] == 0x09 { index += 1 }
    }

    private static let escapes: [UInt8: UInt16] = [
        UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
        UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]
}
