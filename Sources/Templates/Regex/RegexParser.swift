/// Parses the RE2 syntax (https://github.com/google/re2/wiki/Syntax) as Go's regexp package has it: no look-around, no back references.
struct RegexParser {
    /// Groups may nest this deep; the compiler recurses along them.
    static let depthLimit = 100

    struct Flags {
        var ignoreCase = false
        var multiLine = false
        var dotAll = false
        var swapGreed = false
    }

    let scalars: [UInt32]
    var position = 0
    var flags = Flags()
    private(set) var captureCount = 0
    private(set) var captureNames: [String: Int] = [:]

    init(_ pattern: String) { scalars = pattern.unicodeScalars.map(\.value) }

    mutating func parse() throws(RegularExpressionError) -> RegexNode {
        let node = try alternatives(depth: 0)
        if position < scalars.count { throw failure("a closing parenthesis without an opening one") }
        return node
    }

    func failure(_ text: String) -> RegularExpressionError { RegularExpressionError(description: text, offset: position) }
    var current: UInt32? { position < scalars.count ? scalars[position] : nil }

    func ahead(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes in
            position + bytes.count <= scalars.count && bytes.indices.allSatisfy { scalars[position + $0] == UInt32(bytes[$0]) }
        }
    }

    private mutating func alternatives(depth: Int) throws(RegularExpressionError) -> RegexNode {
        guard depth <= RegexParser.depthLimit else { throw failure("groups nest too deep") }
        // Flags set inside a group end with it.
        let outer = flags
        defer { flags = outer }
        var branches: [RegexNode] = [try sequence(depth: depth)]
        while current == 0x7C {
            position += 1
            branches.append(try sequence(depth: depth))
        }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence(depth: Int) throws(RegularExpressionError) -> RegexNode {
        var nodes: [RegexNode] = []
        while let scalar = current, scalar != 0x7C, scalar != 0x29 {
            if ahead("\\Q") {
                quoted(into: &nodes)
                if let last = nodes.popLast() { nodes.append(try repeated(last)) }
                continue
            }
            guard let atom = try atom(scalar, depth: depth) else { continue }
            nodes.append(try repeated(atom))
        }
        return nodes.count == 1 ? nodes[0] : (nodes.isEmpty ? .empty : .sequence(nodes))
    }

    /// `\Q … \E`: everything between is literal.
    private mutating func quoted(into nodes: inout [RegexNode]) {
        position += 2
        while position < scalars.count, !ahead("\\E") {
            nodes.append(literal(scalars[position]))
            position += 1
        }
        if position < scalars.count { position += 2 }
    }

    func literal(_ scalar: UInt32) -> RegexNode {
        let set = ScalarSet([scalar...scalar])
        return .set(flags.ignoreCase ? set.caseFolded() : set)
    }

    /// Nil where only flags were set.
    private mutating func atom(_ scalar: UInt32, depth: Int) throws(RegularExpressionError) -> RegexNode? {
        switch scalar {
        case 0x28: return try group(depth: depth)
        case 0x5B: return .set(try bracket())
        case 0x2E:
            position += 1
            return .set(flags.dotAll ? .all : .allButNewline)
        case 0x5E:
            position += 1
            return .assertion(flags.multiLine ? .lineStart : .textStart)
        case 0x24:
            position += 1
            return .assertion(flags.multiLine ? .lineEnd : .textEnd)
        case 0x2A, 0x2B, 0x3F: throw failure("nothing to repeat")
        case 0x5C: return try escape()
        default:
            position += 1
            return literal(scalar)
        }
    }

    // MARK: Repetition

    private mutating func repeated(_ atom: RegexNode) throws(RegularExpressionError) -> RegexNode {
        guard let (minimum, maximum) = try repetition() else { return atom }
        var greedy = !flags.swapGreed
        if current == 0x3F {
            position += 1
            greedy.toggle()
        }
        // Go refuses `a**` and `a{2}{3}`.
        if try repetition() != nil { throw failure("a repetition of a repetition") }
        return .repetition(atom, minimum: minimum, maximum: maximum, greedy: greedy)
    }

    private mutating func repetition() throws(RegularExpressionError) -> (Int, Int?)? {
        switch current {
        case 0x2A:
            position += 1
            return (0, nil)
        case 0x2B:
            position += 1
            return (1, nil)
        case 0x3F:
            position += 1
            return (0, 1)
        case 0x7B: return try braces()
        default: return nil
        }
    }

    /// `{n}`, `{n,}` or `{n,m}`; anything else in braces is literal text, and nil.
    private mutating func braces() throws(RegularExpressionError) -> (Int, Int?)? {
        var cursor = position + 1
        func number() -> Int? {
            var value: Int?
            while cursor < scalars.count, (0x30...0x39).contains(scalars[cursor]), (value ?? 0) <= 100_000 {
                value = (value ?? 0) * 10 + Int(scalars[cursor] - 0x30)
                cursor += 1
            }
            return value
        }
        guard let minimum = number() else { return nil }
        var maximum: Int? = minimum
        if cursor < scalars.count, scalars[cursor] == 0x2C {
            cursor += 1
            maximum = number()
        }
        guard cursor < scalars.count, scalars[cursor] == 0x7D else { return nil }
        if minimum > 1000 || (maximum ?? 0) > 1000 || maximum.map({ $0 < minimum }) == true { throw failure("a repetition that RE2 refuses") }
        position = cursor + 1
        return (minimum, maximum)
    }

    // MARK: Groups

    private mutating func group(depth: Int) throws(RegularExpressionError) -> RegexNode? {
        position += 1
        var capture: Int?
        if ahead("?P<") || (ahead("?<") && !ahead("?<=") && !ahead("?<!")) {
            position += ahead("?P<") ? 3 : 2
            capture = try namedCapture()
        } else if ahead("?") {
            position += 1
            let outer = flags
            guard try setFlags() else { return nil }
            let node = try alternatives(depth: depth + 1)
            flags = outer
            try close()
            return node
        } else {
            captureCount += 1
            capture = captureCount
        }
        let node = try alternatives(depth: depth + 1)
        try close()
        return capture.map { .capture($0, node) }
    }

    private mutating func close() throws(RegularExpressionError) {
        guard current == 0x29 else { throw failure("a group that is not closed") }
        position += 1
    }

    private mutating func namedCapture() throws(RegularExpressionError) -> Int {
        var name = ""
        while let scalar = current, scalar != 0x3E {
            guard ScalarSet.word.contains(scalar), let character = Unicode.Scalar(scalar) else { throw failure("a bad group name") }
            name.unicodeScalars.append(character)
            position += 1
        }
        guard current == 0x3E, !name.isEmpty, captureNames[name] == nil else { throw failure("a bad group name") }
        position += 1
        captureCount += 1
        captureNames[name] = captureCount
        return captureCount
    }

    /// After `(?`. True for a group with a colon, false when the flags go on to the end of the group around.
    private mutating func setFlags() throws(RegularExpressionError) -> Bool {
        var on = true
        while let scalar = current {
            position += 1
            switch scalar {
            case 0x69: flags.ignoreCase = on
            case 0x6D: flags.multiLine = on
            case 0x73: flags.dotAll = on
            case 0x55: flags.swapGreed = on
            case 0x2D where on: on = false
            case 0x3A: return true
            case 0x29: return false
            default: throw failure("a group of a kind that RE2 does not have")
            }
        }
        throw failure("a group that is not closed")
    }
}
