/// Splits an expression into tokens.
enum ExpressionToken: Equatable, Sendable {
    case text(String)
    case number(Double)
    case name(String)
    case symbol(String)
}

struct ExpressionLexer {
    private let bytes: [UInt8]
    private var position = 0

    static func tokens(_ text: String) throws(ExpressionError) -> [ExpressionToken] {
        var lexer = ExpressionLexer(bytes: Array(text.utf8))
        var result: [ExpressionToken] = []
        while let token = try lexer.next() { result.append(token) }
        return result
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func next() throws(ExpressionError) -> ExpressionToken? {
        while position < bytes.count, Bytes.isSpace(bytes[position]) { position += 1 }
        guard position < bytes.count else { return nil }
        let byte = bytes[position]
        switch byte {
        case 0x22, 0x27: return .text(try quoted(byte))
        case 0x30...0x39: return .number(try number())
        case 0x41...0x5A, 0x5F, 0x61...0x7A, 0x80...0xFF: return .name(name())
        case 0x5B where bracketedName() != nil:
            // govaluate writes names with other characters in brackets: [a-name].
            let name = bracketedName() ?? ""
            position += name.utf8.count + 2
            return .name(name)
        default: return .symbol(try symbol())
        }
    }

    private func bracketedName() -> String? {
        guard let end = bytes[position...].firstIndex(of: 0x5D), end > position + 1 else { return nil }
        let inner = bytes[(position + 1)..<end]
        return inner.allSatisfy { RegexAlphabet.isWord($0) || $0 == 0x2D || $0 == 0x2E } ? Bytes.string(inner) : nil
    }

    private mutating func quoted(_ quote: UInt8) throws(ExpressionError) -> String {
        position += 1
        var result: [UInt8] = []
        while position < bytes.count, bytes[position] != quote {
            var byte = bytes[position]
            if byte == 0x5C, position + 1 < bytes.count {
                position += 1
                byte = bytes[position]
                result.append(contentsOf: ExpressionLexer.unescaped(byte, quote))
            } else {
                result.append(byte)
            }
            position += 1
        }
        guard position < bytes.count else { throw .syntax("a text that is not closed") }
        position += 1
        return Bytes.string(result)
    }

    /// govaluate drops the backslash and keeps the character. Templates are written for that in both ways, `"\\d"` in double-quoted YAML and `'\d'`:
    /// a backslash before anything but a quote or a backslash therefore stays, as a pattern needs it; and `\n`, `\r`, `\t` become what they stand for.
    private static func unescaped(_ byte: UInt8, _ quote: UInt8) -> [UInt8] {
        switch byte {
        case 0x22, 0x27, 0x5C: [byte]
        case 0x6E: [0x0A]
        case 0x72: [0x0D]
        case 0x74: [0x09]
        default: [0x5C, byte]
        }
    }

    private mutating func number() throws(ExpressionError) -> Double {
        let start = position
        if bytes[position] == 0x30, position + 1 < bytes.count, bytes[position + 1] | 0x20 == 0x78 {
            position += 2
            let digits = position
            while position < bytes.count, Bytes.hexadecimalDigit(bytes[position]) != nil { position += 1 }
            guard let value = UInt64(Bytes.string(bytes[digits..<position]), radix: 16) else { throw .syntax("a bad number") }
            return Double(value)
        }
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) || bytes[position] == 0x2E { position += 1 }
        guard let value = Double(Bytes.string(bytes[start..<position])) else { throw .syntax("a bad number") }
        return value
    }

    private mutating func name() -> String {
        let start = position
        while position < bytes.count, RegexAlphabet.isWord(bytes[position]) || bytes[position] >= 0x80 || bytes[position] == 0x2E { position += 1 }
        return Bytes.string(bytes[start..<position])
    }

    private mutating func symbol() throws(ExpressionError) -> String {
        let two = position + 1 < bytes.count ? Bytes.string(bytes[position...(position + 1)]) : ""
        if ["&&", "||", "==", "!=", "<=", ">=", "=~", "!~", "**", "{{", "}}"].contains(two) {
            position += 2
            return two
        }
        let one = Bytes.string([bytes[position]])
        guard "()+-*/%<>!,[]".contains(one) else { throw .syntax("an unexpected character") }
        position += 1
        return one
    }
}
