/// A parsed expression of the template language.
package struct Expression: Sendable {
    /// Longer ones are refused, in UTF-8 bytes. One public template has an expression of 120 kB.
    package static let lengthLimit = 262_144
    /// Operators and calls may nest this deep.
    package static let depthLimit = 64

    indirect enum Node: Sendable {
        case value(ExpressionValue)
        /// Text with `{{…}}` inside.
        case interpolated(TextPattern)
        case variable(String)
        case not(Node)
        case negate(Node)
        case and([Node])
        case or([Node])
        case binary(Operator, Node, Node)
        case list([Node])
        case call(ExpressionFunction, [Node])
        /// The search of a pattern that is known at load.
        case search(RegularExpression, in: Node, negated: Bool)
    }

    enum Operator: String, Sendable {
        case equal = "=="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case add = "+"
        case subtract = "-"
        case multiply = "*"
        case divide = "/"
        case remainder = "%"
        case power = "**"
        case matches = "=~"
        case matchesNot = "!~"
        case contained = "in"
    }

    let root: Node

    package init(_ text: String) throws(ExpressionError) {
        guard text.utf8.count <= Expression.lengthLimit else { throw .tooLong }
        var parser = ExpressionParser(try ExpressionLexer.tokens(text))
        root = try parser.parse()
    }

    /// The variables that the expression reads.
    package var variables: Set<String> {
        var found = Set<String>()
        root.visit { node in
            switch node {
            case .variable(let name): found.insert(name)
            case .interpolated(let pattern): found.formUnion(pattern.variables)
            default: break
            }
        }
        return found
    }

    /// Whether the value can differ from one evaluation to the next with the same variables.
    var isVolatile: Bool {
        var found = false
        root.visit { node in
            if case .call(let function, _) = node, function.isVolatile { found = true }
            if case .interpolated(let pattern) = node, pattern.isVolatile { found = true }
        }
        return found
    }

    /// Whether there is neither a variable nor a call: such braces in a request are text, not an expression (`{{7*7}}`).
    var isConstant: Bool {
        var found = false
        root.visit { node in
            switch node {
            case .variable, .call, .interpolated, .search: found = true
            default: break
            }
        }
        return !found
    }
}

extension Expression.Node {
    func visit(_ body: (Expression.Node) -> Void) {
        body(self)
        switch self {
        case .value, .interpolated, .variable: break
        case .not(let inner), .negate(let inner), .search(_, let inner, _): inner.visit(body)
        case .binary(_, let left, let right):
            left.visit(body)
            right.visit(body)
        case .and(let inner), .or(let inner), .list(let inner), .call(_, let inner): for node in inner { node.visit(body) }
        }
    }
}
