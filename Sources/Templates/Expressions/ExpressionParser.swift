/// Parses tokens by precedence climbing: `||`, `&&`, comparisons, sums, products, powers, signs.
struct ExpressionParser {
    private let tokens: [ExpressionToken]
    private var position = 0

    init(_ tokens: [ExpressionToken]) { self.tokens = tokens }

    mutating func parse() throws(ExpressionError) -> Expression.Node {
        var nodes = [try disjunction(0)]
        // Commas outside of parentheses make a list: extractors write `tls_version, cipher`.
        while take(",") { nodes.append(try disjunction(0)) }
        guard position == tokens.count else { throw .syntax("something after the end") }
        return nodes.count == 1 ? nodes[0] : .list(nodes)
    }

    private func isSymbol(_ text: String) -> Bool { position < tokens.count && tokens[position] == .symbol(text) }

    private mutating func take(_ text: String) -> Bool {
        guard isSymbol(text) else { return false }
        position += 1
        return true
    }

    private mutating func disjunction(_ depth: Int) throws(ExpressionError) -> Expression.Node {
        guard depth < Expression.depthLimit else { throw .tooDeep }
        var operands = [try conjunction(depth)]
        while take("||") { operands.append(try conjunction(depth)) }
        return operands.count == 1 ? operands[0] : .or(operands)
    }

    private mutating func conjunction(_ depth: Int) throws(ExpressionError) -> Expression.Node {
        var operands = [try comparison(depth)]
        while take("&&") { operands.append(try comparison(depth)) }
        return operands.count == 1 ? operands[0] : .and(operands)
    }

    private mutating func comparison(_ depth: Int) throws(ExpressionError) -> Expression.Node {
        var left = try sum(depth)
        var rounds = 0
        while let found = comparisonOperator() {
            rounds += 1
            guard rounds < Expression.depthLimit else { throw .tooDeep }
            position += 1
            let right = try sum(depth)
            left = try comparison(found, left, right)
        }
        return left
    }

    private func comparisonOperator() -> Expression.Operator? {
        guard position < tokens.count else { return nil }
        switch tokens[position] {
        case .symbol(let text) where ["==", "!=", "<", "<=", ">", ">=", "=~", "!~"].contains(text): return Expression.Operator(rawValue: text)
        case .name(let name) where name == "in" || name == "IN": return .contained
        default: return nil
        }
    }

    private func comparison(
        _ found: Expression.Operator, _ left: Expression.Node, _ right: Expression.Node
    ) throws(ExpressionError) -> Expression.Node {
        if found == .matches || found == .matchesNot, case .value(.text(let pattern)) = right {
            return .search(try ExpressionParser.regularExpression(Bytes.string(pattern)), in: left, negated: found == .matchesNot)
        }
        return .binary(found, left, right)
    }

    private static func regularExpression(_ pattern: String) throws(ExpressionError) -> RegularExpression {
        do {
            return try RegularExpression(pattern)
        } catch {
            throw .badRegularExpression(error.description)
        }
    }

    private mutating func sum(_ depth: Int) throws(ExpressionError) -> Expression.Node {
        try leftAssociative(depth, ["+", "-"]) { (parser, depth) throws(ExpressionError) in try parser.product(depth) }
    }

    private mutating func product(_ depth: Int) throws(ExpressionError) -> Expression.Node {
        try leftAssociative(depth, ["*", "/", "%", "**"]) { (parser, depth) throws(ExpressionError) in try parser.unary(depth) }
    }

    private mutating func leftAssociative(
        _ depth: Int, _ symbols: [String],
        _ operand: (inout ExpressionParser, Int) throws(ExpressionError) -> Expression.Node
    ) throws(ExpressionError) -> Expression.Node {
        var left = try operand(&self, depth)
        var rounds = 0
        while position < tokens.count, case .symbol(let text) = tokens[position], symbols.contains(text),
            let found = Expression.Operator(rawValue: text)
        {
            rounds += 1
            // The tree leans to the left, and is walked by recursion.
            guard rounds < 4 * Expression.depthLimit else { throw .tooDeep }
            position += 1
            left = .binary(found, left, try operand(&self, depth))
        }
        return left
    }

    private mutating func unary(_ depth: Int) throws(ExpressionError) -> Expression.Node {
        guard depth < Expression.depthLimit else { throw .tooDeep }
        if take("!") { return .not(try unary(depth + 1)) }
        if take("-") { return .negate(try unary(depth + 1)) }
        return try primary(depth + 1)
    }

    private mutating func primary(_ depth: Int) throws(ExpressionError) -> Expression.Node {
        guard position < tokens.count else { throw .syntax("an operand is missing") }
        let token = tokens[position]
        position += 1
        switch token {
        case .number(let number): return .value(.number(number))
        case .text(let text):
            guard text.contains("{{") else { return .value(.text(text)) }
            let pattern = try TextPattern(text)
            return pattern.isLiteral ? .value(.text(text)) : .interpolated(pattern)
        case .name(let name): return try named(name, depth)
        case .symbol("("):
            let inner = try list(until: ")", depth)
            return inner.count == 1 ? inner[0] : .list(inner)
        case .symbol("["): return .list(try list(until: "]", depth))
        case .symbol("{{"):
            // A placeholder outside of a text stands for its value.
            let inner = try disjunction(depth)
            guard take("}}") else { throw .syntax("a placeholder that is not closed") }
            return inner
        case .symbol: throw .syntax("an operand is missing")
        }
    }

    private mutating func named(_ name: String, _ depth: Int) throws(ExpressionError) -> Expression.Node {
        guard isSymbol("(") else {
            switch name {
            case "true": return .value(.boolean(true))
            case "false": return .value(.boolean(false))
            default: return .variable(name)
            }
        }
        position += 1
        let arguments = try list(until: ")", depth)
        guard let function = ExpressionFunction.named(name) else { throw .unknownFunction(name) }
        guard function.arguments.contains(arguments.count) else { throw .wrongArgumentCount(name) }
        if function.name == "regex", case .value(.text(let pattern)) = arguments[0] {
            return .search(try ExpressionParser.regularExpression(Bytes.string(pattern)), in: arguments[1], negated: false)
        }
        return .call(function, arguments)
    }

    private mutating func list(until close: String, _ depth: Int) throws(ExpressionError) -> [Expression.Node] {
        var result: [Expression.Node] = []
        if take(close) { return result }
        repeat { result.append(try disjunction(depth)) } while take(",")
        guard take(close) else { throw .syntax("a parenthesis that is not closed") }
        return result
    }
}
