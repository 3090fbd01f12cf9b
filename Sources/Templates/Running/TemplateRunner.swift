/// Runs templates against targets. Holds nothing of any target; one runner serves many runs at once.
package struct TemplateRunner: Sendable {
    package let templates: [Template]
    /// Bytes of answers that one run keeps at most, so that identical requests need not be sent again.
    package var memoryLimit = 16 << 20
    private let makeEnvironment: @Sendable () -> EvaluationEnvironment

    /// - Parameter environment: random numbers and the time; tests give their own.
    package init(_ templates: [Template], environment: @escaping @Sendable () -> EvaluationEnvironment = { EvaluationEnvironment() }) {
        self.templates = templates
        makeEnvironment = environment
    }

    /// Runs every template that applies to the target, one request after the other, and tells what matched. Stops early when the task is cancelled.
    package func run(_ target: TemplateTarget, _ transport: some TemplateTransport) async -> TemplateRunResult {
        let run = TemplateRun(target, transport, makeEnvironment(), memoryLimit: memoryLimit)
        let applicable = templates.filter { $0.applies(to: target) }
        run.result.statistics.templates = applicable.count
        let stream = RequestStream(applicable.filter(\.isStreamable))
        let others = run.ordered(applicable.filter { !$0.isStreamable })
        await stream.run(run)
        for template in others {
            if Task.isCancelled { break }
            await run.sequence(template)
        }
        return run.result
    }
}

extension Template {
    /// HTTP templates need a base URL; TLS templates are not for plain HTTP.
    func applies(to target: TemplateTarget) -> Bool {
        if protocols.contains(.http) { return !target.scheme.isEmpty }
        if protocols.contains(.tls) { return target.scheme != "http" && target.port != nil }
        return true
    }

    /// All requests are known before the first answer, and each answer is judged alone: such templates share requests without being kept waiting.
    var isStreamable: Bool {
        guard flow == nil, variables.allSatisfy({ !$0.value.isVolatile && $0.value.variables.isSubset(of: known) }) else { return false }
        return blocks.allSatisfy { block in
            guard case .http(let http) = block.content, !http.usesHistory, http.preConditions.matchers.isEmpty else { return false }
            return isStreamable(http, block)
        }
    }

    /// Names that are known before any answer.
    private var known: Set<String> { TemplateTarget.variableNames.union(variables.map(\.name)) }

    private func isStreamable(_ http: HTTPBlock, _ block: TemplateBlock) -> Bool {
        let names = known.union(block.payloads.lists.map(\.name))
        var patterns = http.headers.map(\.value) + [http.method] + block.payloads.lists.flatMap(\.values)
        if let body = http.body { patterns.append(body) }
        for request in http.requests {
            switch request {
            case .path(let pattern): patterns.append(pattern)
            case .raw(let raw):
                // Several raw requests are a conversation: they share cookies.
                guard http.requests.count == 1, blocks.count == 1 else { return false }
                patterns += raw.patterns
            }
        }
        guard patterns.allSatisfy({ !$0.isVolatile && $0.variables.isSubset(of: names) }) else { return false }
        return !block.operators.mentions { IndexedName($0) != nil || $0.hasPrefix("randstr") }
    }
}

extension TemplateOperators {
    /// Whether some part or variable satisfies `test`.
    func mentions(_ test: (String) -> Bool) -> Bool {
        for matcher in matchers {
            if test(matcher.part) { return true }
            switch matcher.kind {
            case .expressions(let expressions): if expressions.contains(where: { $0.variables.contains(where: test) }) { return true }
            case .words(let words): if words.patterns.contains(where: { $0.variables.contains(where: test) }) { return true }
            default: break
            }
        }
        return extractors.contains { extractor in
            if test(extractor.part) { return true }
            guard case .expressions(let expressions) = extractor.kind else { return false }
            return expressions.contains { $0.variables.contains(where: test) }
        }
    }
}
