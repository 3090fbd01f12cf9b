/// The part of jq's language that templates use: paths (`.a.b`, `."a-b"`, `.["a"]`, `.[0]`, `.[]`, `?`), pipes, `length`, `keys`, `tostring`, `first`,
/// `last`, and `select(PATH == VALUE)` with `!=` too. Anything else is refused at load.
struct JSONQuery: Sendable {
    private enum Step: Sendable {
        case member([UInt8])
        case element(Int)
        case each
        case length, keys, text, first, last
        case select(JSONQuery, JSONText?, isEqual: Bool)
    }

    /// Values that one query gives at most.
    static let resultLimit = 10_000

    private let steps: [Step]

    init?(_ text: String) {
        guard text.utf8.count <= 1_024 else { return nil }
        var parser = Parser(Array(text.utf8))
        guard let steps = parser.query(depth: 0), parser.isAtEnd else { return nil }
        self.steps = steps
    }

    private init(steps: [Step]) { self.steps = steps }

    /// The values found; null is none, as the public language drops it.
    func run(_ document: JSONText) -> [JSONText] {
        var values = [document]
        for step in steps {
            var next: [JSONText] = []
            for value in values where next.count < JSONQuery.resultLimit { next += JSONQuery.apply(step, value) }
            values = next
        }
        return values.filter { $0 != .null }
    }

    private static func apply(_ step: Step, _ value: JSONText) -> [JSONText] {
        switch (step, value) {
        case (.member(let name), .object(let members)): members.last { $0.key == name }.map { [$0.value] } ?? []
        case (.element(let index), .array(let values)):
            values.indices.contains(index < 0 ? values.count + index : index) ? [values[index < 0 ? values.count + index : index]] : []
        case (.each, .array(let values)): values
        case (.each, .object(let members)): members.map(\.value)
        case (.length, .array(let values)): [.number(Array(String(values.count).utf8))]
        case (.length, .object(let members)): [.number(Array(String(members.count).utf8))]
        case (.length, .string(let text)): [.number(Array(String(String(decoding: text, as: UTF8.self).unicodeScalars.count).utf8))]
        case (.keys, .object(let members)):
            [.array(members.map(\.key).sorted { $0.lexicographicallyPrecedes($1) }.map { .string($0) })]
        case (.text, _): [.string(value.extracted)]
        case (.first, .array(let values)): values.first.map { [$0] } ?? []
        case (.last, .array(let values)): values.last.map { [$0] } ?? []
        case (.select(let query, let wanted, let isEqual), _):
            if let wanted { (query.run(value).contains(wanted)) == isEqual ? [value] : [] } else { query.run(value).isEmpty ? [] : [value] }
        default: []
        }
    }

    private struct Parser {
        private let bytes: [UInt8]
        private var position = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool { position == bytes.count }

        private mutating func skipSpace() { while position < bytes.count, Bytes.isSpace(bytes[position]) { position += 1 } }

        private mutating func take(_ text: String) -> Bool {
            skipSpace()
            guard bytes[position...].starts(with: text.utf8) else { return false }
            position += text.utf8.count
            return true
        }

        mutating func query(depth: Int) -> [Step]? {
            guard depth < 4 else { return nil }
            var steps: [Step] = []
            repeat {
                guard let part = stage(depth) else { return nil }
                steps += part
            } while take("|")
            skipSpace()
            return steps
        }

        private mutating func stage(_ depth: Int) -> [Step]? {
            skipSpace()
            guard position < bytes.count else { return nil }
            if bytes[position] == 0x2E { return path() }
            switch word() {
            case "length": return [.length]
            case "keys": return [.keys]
            case "tostring": return [.text]
            case "first": return [.first]
            case "last": return [.last]
            case "select":
                guard take("("), let inner = query(depth: depth + 1) else { return nil }
                let isEqual = take("==")
                guard isEqual || take("!=") else { return take(")") ? [.select(JSONQuery(steps: inner), nil, isEqual: true)] : nil }
                guard let wanted = literal(), take(")") else { return nil }
                return [.select(JSONQuery(steps: inner), wanted, isEqual: isEqual)]
            default: return nil
            }
        }

        private mutating func word() -> String {
            let start = position
            while position < bytes.count, RegexAlphabet.isWord(bytes[position]) { position += 1 }
            return Bytes.string(bytes[start..<position])
        }

        private mutating func literal() -> JSONText? {
            skipSpace()
            guard position < bytes.count else { return nil }
            if bytes[position] == 0x22 { return quoted().map { .string($0) } }
            let start = position
            while position < bytes.count, RegexAlphabet.isWord(bytes[position]) || bytes[position] == 0x2E || bytes[position] == 0x2D {
                position += 1
            }
            return JSONText(Array(bytes[start..<position]))
        }

        private mutating func quoted() -> [UInt8]? {
            let start = position
            position += 1
            while position < bytes.count, bytes[position] != 0x22 { position += bytes[position] == 0x5C ? 2 : 1 }
            guard position < bytes.count else { return nil }
            position += 1
            guard case .string(let text)? = JSONText(Array(bytes[start..<position])) else { return nil }
            return text
        }

        private mutating func path() -> [Step]? {
            var steps: [Step] = []
            while position < bytes.count {
                if bytes[position] == 0x2E {
                    position += 1
                    guard position < bytes.count else { break }
                    if bytes[position] == 0x22 {
                        guard let name = quoted() else { return nil }
                        steps.append(.member(name))
                    } else if RegexAlphabet.isWord(bytes[position]) {
                        steps.append(.member(Array(word().utf8)))
                    } else if bytes[position] == 0x2E {
                        // Recursive descent is not in the subset.
                        return nil
                    }
                } else if bytes[position] == 0x5B {
                    position += 1
                    guard let step = bracket() else { return nil }
                    steps.append(step)
                } else if bytes[position] == 0x3F {
                    // Errors are dropped anyway.
                    position += 1
                } else {
                    break
                }
            }
            return steps
        }

        private mutating func bracket() -> Step? {
            if take("]") { return .each }
            skipSpace()
            if position < bytes.count, bytes[position] == 0x22 {
                guard let name = quoted(), take("]") else { return nil }
                return .member(name)
            }
            let isNegative = take("-")
            guard let number = Int(word()), take("]") else { return nil }
            return .element(isNegative ? -number : number)
        }
    }
}
