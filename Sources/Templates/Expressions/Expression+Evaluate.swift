/// What an expression is evaluated against.
package protocol EvaluationContext {
    /// Nil where the name is not defined here.
    func value(_ name: String) -> ExpressionValue?
    /// The same bytes prepared for search, where the variable is one that many patterns look into.
    func searchText(_ name: String) -> SearchText?
    var environment: EvaluationEnvironment { get }
}

extension Expression {
    package func evaluate(_ context: some EvaluationContext) throws(EvaluationError) -> ExpressionValue { try root.evaluate(context) }

    /// The value as a verdict: anything but a boolean is an error, as in govaluate.
    package func isTrue(_ context: some EvaluationContext) throws(EvaluationError) -> Bool {
        guard case .boolean(let value) = try evaluate(context) else { throw .type("the expression gives no verdict") }
        return value
    }
}

extension Expression.Node {
    func evaluate(_ context: some EvaluationContext) throws(EvaluationError) -> ExpressionValue {
        switch self {
        case .value(let value): return value
        case .interpolated(let pattern): return .text(try pattern.resolve(context))
        case .variable(let name):
            guard let value = context.value(name) else { throw .missing(name) }
            return value
        case .not(let inner): return .boolean(!(try inner.verdict(context)))
        case .negate(let inner):
            guard case .number(let number) = try inner.evaluate(context) else { throw .type("a minus before something that is no number") }
            return .number(-number)
        case .and(let operands):
            for operand in operands where !(try operand.verdict(context)) { return .boolean(false) }
            return .boolean(true)
        case .or(let operands):
            for operand in operands where try operand.verdict(context) { return .boolean(true) }
            return .boolean(false)
        case .binary(let operation, let left, let right):
            return try operation.apply(try left.evaluate(context), try right.evaluate(context))
        case .list(let nodes):
            var values: [ExpressionValue] = []
            for node in nodes { values.append(try node.evaluate(context)) }
            return .list(values)
        case .call(let function, let nodes):
            if let found = try containment(function, nodes, context) { return .boolean(found) }
            var values: [ExpressionValue] = []
            for node in nodes { values.append(try node.evaluate(context)) }
            return try function.body(values, context.environment)
        case .search(let pattern, let inner, let negated):
            let text = try inner.searchText(context)
            guard let found = pattern.isMatch(text) else { throw .budget }
            return .boolean(found != negated)
        }
    }

    private func verdict(_ context: some EvaluationContext) throws(EvaluationError) -> Bool {
        guard case .boolean(let value) = try evaluate(context) else { throw .type("a verdict was expected") }
        return value
    }

    private func searchText(_ context: some EvaluationContext) throws(EvaluationError) -> SearchText {
        if case .variable(let name) = self, let text = context.searchText(name) { return text }
        return SearchText(try evaluate(context).bytes)
    }

    /// `contains(to_lower(body), …)` and its kin read the prepared text: no copy of the body per expression.
    private func containment(
        _ function: ExpressionFunction, _ nodes: [Expression.Node], _ context: some EvaluationContext
    ) throws(EvaluationError) -> Bool? {
        guard ["contains", "contains_all", "contains_any"].contains(function.name), let first = nodes.first else { return nil }
        var lowered = false
        var variable = first
        if case .call(let inner, let arguments) = first, inner.name == "to_lower", arguments.count == 1 {
            lowered = true
            variable = arguments[0]
        }
        guard case .variable(let name) = variable, let text = context.searchText(name) else { return nil }
        for node in nodes.dropFirst() {
            let found = text.contains(try node.evaluate(context).bytes, ignoringCase: lowered)
            if function.name == "contains_any", found { return true }
            if function.name != "contains_any", !found { return false }
        }
        return function.name != "contains_any"
    }
}

extension Expression.Operator {
    func apply(_ left: ExpressionValue, _ right: ExpressionValue) throws(EvaluationError) -> ExpressionValue {
        switch self {
        case .equal: return .boolean(left == right)
        case .notEqual: return .boolean(left != right)
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return .boolean(try compare(left, right))
        case .add:
            if case .number(let a) = left, case .number(let b) = right { return .number(a + b) }
            return .text(try ExpressionFunction.bounded(left.bytes + right.bytes))
        case .subtract, .multiply, .divide, .remainder, .power:
            guard case .number(let a) = left, case .number(let b) = right else { throw .type("arithmetic on something that is no number") }
            return .number(arithmetic(a, b))
        case .matches, .matchesNot:
            guard let pattern = try? RegularExpression(right.string) else { throw .argument("a bad pattern") }
            guard let found = pattern.isMatch(SearchText(left.bytes)) else { throw .budget }
            return .boolean(found == (self == .matches))
        case .contained:
            guard case .list(let values) = right else { throw .type("`in` needs a list") }
            return .boolean(values.contains(left))
        }
    }

    private func arithmetic(_ a: Double, _ b: Double) -> Double {
        switch self {
        case .subtract: a - b
        case .multiply: a * b
        case .divide: a / b
        case .remainder: a.truncatingRemainder(dividingBy: b)
        default: ExpressionFunction.power(a, b)
        }
    }

    private func compare(_ left: ExpressionValue, _ right: ExpressionValue) throws(EvaluationError) -> Bool {
        let order: (less: Bool, equal: Bool)
        switch (left, right) {
        case (.number(let a), .number(let b)): order = (a < b, a == b)
        case (.text(let a), .text(let b)): order = (a.lexicographicallyPrecedes(b), a == b)
        default: throw .type("a comparison of different types")
        }
        return switch self {
        case .less: order.less
        case .lessOrEqual: order.less || order.equal
        case .greater: !order.less && !order.equal
        default: !order.less
        }
    }
}
