/// The names that one evaluation knows: the target's, the template's, what was extracted, the answer at hand and the ones before.
final class TemplateScope: EvaluationContext {
    let environment: EvaluationEnvironment
    var variables: [String: ExpressionValue]
    /// What the answers gave: an address that holds one of these is not shown.
    var extracted: [String: ExpressionValue] = [:]
    var payload: [String: ExpressionValue] = [:]
    var answer: (any Answer)?
    /// By number, from 1.
    var history: [Int: any Answer] = [:]
    /// By block: `http_1`, `http`, or the block's id.
    var blocks: [String: any Answer] = [:]

    init(environment: EvaluationEnvironment, variables: [String: ExpressionValue]) {
        self.environment = environment
        self.variables = variables
    }

    func value(_ name: String) -> ExpressionValue? {
        if let value = extracted[name] ?? payload[name] { return value }
        if let value = answer?.value(name) { return isTargetName(name) ? variables[name] ?? value : value }
        if let value = variables[name] { return value }
        if let (base, answer) = earlier(name) { return answer.value(base) }
        guard name == "randstr" || name.hasPrefix("randstr_") else { return nil }
        // One value per run and name.
        let value = ExpressionValue.text(environment.text(27, of: Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)))
        variables[name] = value
        return value
    }

    func searchText(_ name: String) -> SearchText? {
        guard extracted[name] == nil, payload[name] == nil else { return nil }
        if let text = answer?.searchText(name) { return text }
        guard variables[name] == nil, let (base, answer) = earlier(name) else { return nil }
        return answer.searchText(base)
    }

    /// The part that a matcher or extractor looks at.
    func part(_ name: String) -> SearchText? {
        if name.isEmpty { return answer?.part("") }
        if let text = searchText(name) { return text }
        if let value = extracted[name] ?? payload[name] { return SearchText(value.bytes) }
        return answer?.part(name) ?? value(name).map { SearchText($0.bytes) }
    }

    private func isTargetName(_ name: String) -> Bool { name.first.map { $0.isUppercase } ?? false }

    private func earlier(_ name: String) -> (String, any Answer)? {
        if let indexed = IndexedName(name), let answer = history[indexed.number], answer.value(indexed.base) != nil { return (indexed.base, answer) }
        for (prefix, answer) in blocks where name.hasPrefix(prefix + "_") {
            let base = String(name.dropFirst(prefix.count + 1))
            if answer.value(base) != nil { return (base, answer) }
        }
        return nil
    }
}
