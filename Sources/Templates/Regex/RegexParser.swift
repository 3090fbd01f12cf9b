/// Parses the RE2 syntax (https://github.com/google/re2/wiki/Syntax) as Go's regexp package has it: no look-around, no back references.
struct RegexParser {
    /// Groups may nest this deep; the compiler recurses along them.
    static let depthLimit = 100

    private struct Flags {
        var ignoreCase = false
        var multiLine = false
        var dotAll = false
        var swapGreed = false
    }

    private let scalars: [UInt32]
    private var position = 0
    private var flags = Flags()
    private(set) var captureCount = 0
    private(set) var captureNames: [String: Int] = [:]

    init(_ pattern: String) { scalars = pattern.unicodeScalars.map(\.value) }

    mutating func parse() throws(RegularExpressionError) -> RegexNode {
        let node = try alternatives(depth: 0)
        if position < scalars.count { throw failure("a closing parenthesis without an opening one") }
        return node
    }

    private func failure(_ text: String) -> RegularExpressionError { RegularExpressionError(description: text, offset: position) }
    private var current: UInt32? { position < scalars.count ? scalars[position] : nil }

    private func ahead(_ text: StaticString) -> Bool {
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

    private func literal(_ scalar: UInt32) -> RegexNode {
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

    // MARK: Escapes and classes

    private mutating func escape() throws(RegularExpressionError) -> RegexNode {
        guard position + 1 < scalars.count else { throw failure("a backslash at the end") }
        let scalar = scalars[position + 1]
        let assertion: RegexNode.Assertion? =
            switch scalar {
            case 0x62: .wordBoundary
            case 0x42: .notWordBoundary
            case 0x41: .textStart
            case 0x7A: .textEnd
            default: nil
            }
        if let assertion {
            position += 2
            return .assertion(assertion)
        }
        if let set = try classEscape() { return .set(flags.ignoreCase ? set.caseFolded() : set) }
        return literal(try scalarEscape())
    }

    /// `\d`, `\pL` and their like; nil where the escape is of one scalar.
    private mutating func classEscape() throws(RegularExpressionError) -> ScalarSet? {
        let set: ScalarSet
        switch position + 1 < scalars.count ? scalars[position + 1] : 0 {
        case 0x64: set = .digits
        case 0x44: set = ScalarSet.digits.inverted()
        case 0x77: set = .word
        case 0x57: set = ScalarSet.word.inverted()
        case 0x73: set = .space
        case 0x53: set = ScalarSet.space.inverted()
        case 0x70, 0x50: return try property()
        default: return nil
        }
        position += 2
        return set
    }

    private mutating func property() throws(RegularExpressionError) -> ScalarSet {
        var negated = scalars[position + 1] == 0x50
        position += 2
        var name = ""
        if current == 0x7B {
            position += 1
            if current == 0x5E {
                negated.toggle()
                position += 1
            }
            while let scalar = current, scalar != 0x7D, name.utf8.count < 40 {
                Unicode.Scalar(scalar).map { name.unicodeScalars.append($0) }
                position += 1
            }
        } else if let scalar = current {
            Unicode.Scalar(scalar).map { name.unicodeScalars.append($0) }
        }
        position += 1
        guard let set = ScalarSet.property(name) else { throw failure("a Unicode property that is not supported") }
        return negated ? set.inverted() : set
    }

    private mutating func scalarEscape() throws(RegularExpressionError) -> UInt32 {
        let scalar = scalars[position + 1]
        position += 2
        switch scalar {
        case 0x6E: return 0x0A
        case 0x72: return 0x0D
        case 0x74: return 0x09
        case 0x66: return 0x0C
        case 0x76: return 0x0B
        case 0x61: return 0x07
        case 0x78: return try hexadecimal()
        case 0x30: return octal()
        case 0x31...0x39, 0x41...0x5A, 0x61...0x7A: throw failure("an escape that RE2 does not have")
        default: return scalar
        }
    }

    /// After `\0`: up to two more octal digits.
    private mutating func octal() -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<2 {
            guard let digit = current, (0x30...0x37).contains(digit) else { break }
            value = value * 8 + digit - 0x30
            position += 1
        }
        return value
    }

    /// After `\x`: two digits, or any number in braces.
    private mutating func hexadecimal() throws(RegularExpressionError) -> UInt32 {
        let braced = current == 0x7B
        if braced { position += 1 }
        var value: UInt32 = 0
        var digits = 0
        while let scalar = current, let digit = UInt8(exactly: scalar).flatMap(Bytes.hexadecimalDigit), digits < (braced ? 6 : 2) {
            value = value * 16 + UInt32(digit)
            digits += 1
            position += 1
        }
        guard digits > 0, braced || digits == 2, value <= ScalarSet.last, !braced || current == 0x7D else {
            throw failure("a bad hexadecimal escape")
        }
        if braced { position += 1 }
        return value
    }

    private mutating func bracket() throws(RegularExpressionError) -> ScalarSet {
        position += 1
        let negated = current == 0x5E
        if negated { position += 1 }
        var ranges: [ClosedRange<UInt32>] = []
        var first = true
        while first || current != 0x5D {
            guard current != nil else { throw failure("a class that is not closed") }
            first = false
            if ahead("[:"), let set = try posix() {
                ranges += set.ranges
                continue
            }
            if current == 0x5C, let set = try classEscape() {
                ranges += set.ranges
                continue
            }
            ranges.append(try bracketRange())
        }
        position += 1
        var set = ScalarSet(ranges)
        if flags.ignoreCase { set = set.caseFolded() }
        return negated ? set.inverted() : set
    }

    private mutating func bracketRange() throws(RegularExpressionError) -> ClosedRange<UInt32> {
        let low = try bracketScalar()
        guard current == 0x2D, position + 1 < scalars.count, scalars[position + 1] != 0x5D else { return low...low }
        position += 1
        let high = try bracketScalar()
        guard low <= high else { throw failure("a range that runs backwards") }
        return low...high
    }

    private mutating func bracketScalar() throws(RegularExpressionError) -> UInt32 {
        guard let scalar = current else { throw failure("a class that is not closed") }
        if scalar == 0x5C {
            guard position + 1 < scalars.count else { throw failure("a backslash at the end") }
            return try scalarEscape()
        }
        position += 1
        return scalar
    }

    private mutating func posix() throws(RegularExpressionError) -> ScalarSet? {
        var cursor = position + 2
        var name = ""
        while cursor < scalars.count, let scalar = Unicode.Scalar(scalars[cursor]), scalar != ":", name.utf8.count < 10 {
            name.unicodeScalars.append(scalar)
            cursor += 1
        }
        guard cursor + 1 < scalars.count, scalars[cursor] == 0x3A, scalars[cursor + 1] == 0x5D else { return nil }
        let negated = name.hasPrefix("^")
        guard let set = ScalarSet.posix(negated ? String(name.dropFirst()) : name) else { throw failure("a class that POSIX does not have") }
        position = cursor + 2
        return negated ? set.inverted() : set
    }
}
