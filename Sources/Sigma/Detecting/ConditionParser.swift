/// Reads a condition (specification, "Condition"): `or`, `and`, `not`, `1 of x*`, `all of them`, `N of`, parentheses; weakest binding first.
struct ConditionParser {
    private enum Token: Hashable {
        case word(String)
        case open, close, pipe
    }

    private let tokens: [Token]
    private var index = 0
    private let line: Int
    private let identifiers: [(name: String, expression: SigmaExpression)]

    static func parse(
        _ text: String, line: Int, identifiers: [(name: String, expression: SigmaExpression)]
    ) throws(SigmaRejection) -> SigmaExpression {
        guard text.utf8.count <= SigmaLimits.conditionBytes else {
            throw SigmaRejection(.condition, "longer than \(SigmaLimits.conditionBytes) bytes", line: line)
        }
        var parser = ConditionParser(tokens: tokens(of: text), line: line, identifiers: identifiers)
        if let pipe = parser.tokens.firstIndex(of: .pipe) {
            // The old aggregations, which correlations have replaced: named, so that their author knows what to rewrite.
            let name = pipe + 1 < parser.tokens.count ? parser.tokens[pipe + 1] : .pipe
            if case .word(let word) = name { throw SigmaRejection(.aggregation, "| \(word)", line: line) }
            throw SigmaRejection(.aggregation, "|", line: line)
        }
        let expression = try parser.or(depth: 0)
        guard parser.index == parser.tokens.count else { throw parser.refuse("what follows its end") }
        return expression
    }

    private init(tokens: [Token], line: Int, identifiers: [(name: String, expression: SigmaExpression)]) {
        self.tokens = tokens
        self.line = line
        self.identifiers = identifiers
    }

    private static func tokens(of text: String) -> [Token] {
        var tokens: [Token] = []
        var word = ""
        func flush() {
            if !word.isEmpty { tokens.append(.word(word)) }
            word = ""
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "(", ")", "|":
                flush()
                tokens.append(scalar == "(" ? .open : scalar == ")" ? .close : .pipe)
            case " ", "\t", "\n", "\r": flush()
            default: word.unicodeScalars.append(scalar)
            }
        }
        flush()
        return tokens
    }

    private func refuse(_ why: String) -> SigmaRejection { SigmaRejection(.condition, why, line: line) }

    private mutating func take(_ keyword: String) -> Bool {
        guard index < tokens.count, case .word(let word) = tokens[index], word.lowercased() == keyword else { return false }
        index += 1
        return true
    }

    private mutating func or(depth: Int) throws(SigmaRejection) -> SigmaExpression {
        guard depth <= SigmaLimits.conditionDepth else { throw refuse("nested too deep") }
        var parts = [try and(depth: depth)]
        while take("or") { parts.append(try and(depth: depth)) }
        return parts.count == 1 ? parts[0] : .or(parts)
    }

    private mutating func and(depth: Int) throws(SigmaRejection) -> SigmaExpression {
        var parts = [try not(depth: depth)]
        while take("and") { parts.append(try not(depth: depth)) }
        return parts.count == 1 ? parts[0] : .and(parts)
    }

    private mutating func not(depth: Int) throws(SigmaRejection) -> SigmaExpression {
        var isNegated = false
        while take("not") { isNegated.toggle() }
        let operand = try primary(depth: depth)
        return isNegated ? .not(operand) : operand
    }

    private mutating func primary(depth: Int) throws(SigmaRejection) -> SigmaExpression {
        guard index < tokens.count else { throw refuse("an operand is missing at its end") }
        let token = tokens[index]
        index += 1
        switch token {
        case .open:
            let inner = try or(depth: depth + 1)
            guard index < tokens.count, tokens[index] == .close else { throw refuse("a parenthesis is not closed") }
            index += 1
            return inner
        case .close, .pipe: throw refuse("an operand is missing")
        case .word(let word):
            if index < tokens.count, case .word(let next) = tokens[index], next.lowercased() == "of" { return try quantified(word) }
            guard let found = identifiers.first(where: { $0.name == word }) else { throw refuse("no search identifier \(word)") }
            return found.expression
        }
    }

    /// `1 of`, `any of`, `all of`, `N of`: `them`, or a pattern.
    private mutating func quantified(_ quantity: String) throws(SigmaRejection) -> SigmaExpression {
        index += 1
        guard index < tokens.count, case .word(let pattern) = tokens[index] else { throw refuse("\(quantity) of what?") }
        index += 1
        let found = identifiers.filter { ConditionParser.selects(pattern, $0.name) }.map(\.expression)
        guard !found.isEmpty else { throw refuse("no search identifier \(pattern)") }
        switch quantity.lowercased() {
        case "all": return found.count == 1 ? found[0] : .and(found)
        case "1", "any": return found.count == 1 ? found[0] : .or(found)
        default:
            guard let number = Int(quantity), number > 0 else { throw refuse("\(quantity) of") }
            guard number <= found.count else { throw refuse("\(quantity) of \(found.count)") }
            return .atLeast(number, found)
        }
    }

    /// Identifiers that begin with an underscore are no part of `them`, nor of a pattern that doesn't begin with one itself.
    private static func selects(_ pattern: String, _ name: String) -> Bool {
        if pattern.lowercased() == "them" { return !name.hasPrefix("_") }
        guard !name.hasPrefix("_") || pattern.hasPrefix("_") else { return false }
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return pattern == name }
        guard let first = parts.first, let last = parts.last, name.hasPrefix(first), name.hasSuffix(last) else { return false }
        var rest = name.dropFirst(first.count)
        guard rest.count >= last.count else { return false }
        rest = rest.dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }
}
