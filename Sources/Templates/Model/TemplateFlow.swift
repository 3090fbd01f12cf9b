/// The boolean form of `flow`: `http(1) && (ssl() || !http(2))`. Scripts are refused.
indirect enum TemplateFlow: Sendable, Equatable {
    /// Blocks of one protocol: numbers from 1, ids, or all when both are empty.
    case blocks(TemplateProtocol, numbers: [Int], ids: [String])
    case not(TemplateFlow)
    case and([TemplateFlow])
    case or([TemplateFlow])
    /// Statements one after the other.
    case statements([TemplateFlow])

    /// Parentheses and negations may nest this deep.
    static let depthLimit = 16

    init(_ text: String) throws(TemplateRefusal) {
        var parser = FlowParser(text)
        self = try parser.parse()
    }

    func visit(_ body: (TemplateFlow) -> Void) {
        body(self)
        switch self {
        case .blocks: break
        case .not(let inner): inner.visit(body)
        case .and(let inner), .or(let inner), .statements(let inner): for flow in inner { flow.visit(body) }
        }
    }
}

private struct FlowParser {
    private enum Token: Equatable {
        case name(String), number(Int), text(String), symbol(String), newline
    }

    private var tokens: [Token] = []
    private var position = 0
    private let isReadable: Bool

    init(_ text: String) {
        let bytes = Array(text.utf8)
        var cursor = 0
        var readable = bytes.count <= 4_096
        scan: while readable, cursor < bytes.count {
            let byte = bytes[cursor]
            let start = cursor
            cursor += 1
            switch byte {
            case 0x0A, 0x3B: tokens.append(.newline)
            case 0x20, 0x09, 0x0D: break
            case 0x28, 0x29, 0x21, 0x2C: tokens.append(.symbol(Bytes.string([byte])))
            case 0x26, 0x7C:
                guard cursor < bytes.count, bytes[cursor] == byte else {
                    readable = false
                    break scan
                }
                cursor += 1
                tokens.append(.symbol(byte == 0x26 ? "&&" : "||"))
            case 0x22, 0x27:
                guard let end = bytes[cursor...].firstIndex(of: byte) else {
                    readable = false
                    break scan
                }
                tokens.append(.text(Bytes.string(bytes[cursor..<end])))
                cursor = end + 1
            case 0x30...0x39:
                while cursor < bytes.count, (0x30...0x39).contains(bytes[cursor]) { cursor += 1 }
                tokens.append(.number(Int(Bytes.string(bytes[start..<cursor])) ?? -1))
            case 0x41...0x5A, 0x61...0x7A:
                while cursor < bytes.count, RegexAlphabet.isWord(bytes[cursor]) { cursor += 1 }
                tokens.append(.name(Bytes.string(bytes[start..<cursor])))
            default:
                readable = false
                break scan
            }
        }
        isReadable = readable
    }

    private func script(_ text: String = "") -> TemplateRefusal { TemplateRefusal(.flowScript, text) }

    private func isAt(_ symbol: String) -> Bool { position < tokens.count && tokens[position] == .symbol(symbol) }

    /// A line may end after an operator, or before one.
    private mutating func skipNewlines() { while position < tokens.count, tokens[position] == .newline { position += 1 } }

    private mutating func take(_ symbol: String) -> Bool {
        let start = position
        skipNewlines()
        if isAt(symbol) {
            position += 1
            return true
        }
        position = start
        return false
    }

    mutating func parse() throws(TemplateRefusal) -> TemplateFlow {
        guard isReadable else { throw script() }
        var statements: [TemplateFlow] = []
        skipNewlines()
        while position < tokens.count {
            statements.append(try disjunction(0))
            guard position == tokens.count || tokens[position] == .newline else { throw script() }
            skipNewlines()
        }
        guard !statements.isEmpty, statements.count <= 32 else { throw script() }
        return statements.count == 1 ? statements[0] : .statements(statements)
    }

    private mutating func disjunction(_ depth: Int) throws(TemplateRefusal) -> TemplateFlow {
        guard depth <= TemplateFlow.depthLimit else { throw script("nested too deep") }
        var operands = [try conjunction(depth)]
        while take("||") { operands.append(try conjunction(depth)) }
        return operands.count == 1 ? operands[0] : .or(operands)
    }

    private mutating func conjunction(_ depth: Int) throws(TemplateRefusal) -> TemplateFlow {
        var operands = [try operand(depth)]
        while take("&&") { operands.append(try operand(depth)) }
        return operands.count == 1 ? operands[0] : .and(operands)
    }

    private mutating func operand(_ depth: Int) throws(TemplateRefusal) -> TemplateFlow {
        guard depth <= TemplateFlow.depthLimit else { throw script("nested too deep") }
        skipNewlines()
        if take("!") { return .not(try operand(depth + 1)) }
        if take("(") {
            let inner = try disjunction(depth + 1)
            guard take(")") else { throw script() }
            return inner
        }
        guard position < tokens.count, case .name(let name) = tokens[position] else { throw script() }
        position += 1
        return try call(name)
    }

    private mutating func call(_ name: String) throws(TemplateRefusal) -> TemplateFlow {
        let kind: TemplateProtocol
        switch name {
        case "http": kind = .http
        case "tcp", "network": kind = .tcp
        case "ssl", "tls": kind = .tls
        case "dns": throw TemplateRefusal(.dns, "flow")
        case "javascript": throw TemplateRefusal(.javascript, "flow")
        case "code": throw TemplateRefusal(.code, "flow")
        case "headless": throw TemplateRefusal(.headless, "flow")
        default: throw script(name)
        }
        guard take("(") else { throw script(name) }
        var numbers: [Int] = []
        var ids: [String] = []
        while !take(")") {
            guard position < tokens.count else { throw script(name) }
            switch tokens[position] {
            case .number(let number): numbers.append(number)
            case .text(let text):
                if let number = Int(text) { numbers.append(number) } else { ids.append(text) }
            case .symbol(","): break
            default: throw script(name)
            }
            position += 1
        }
        return .blocks(kind, numbers: numbers, ids: ids)
    }
}
