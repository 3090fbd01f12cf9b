/// Templates whose requests are all known beforehand, grouped by identical request: each is sent once, its answer judged by all, and dropped.
struct RequestStream {
    /// From this many judgements of one answer, and this many bytes of it, one scan for all words pays.
    private static let indexFrom = (units: 48, bytes: 16_384)

    private struct Unit {
        var template: Int
        var block: Int
        var request: Int
        var payload: [String: ExpressionValue]
    }

    private let templates: [Template]

    init(_ templates: [Template]) { self.templates = templates }

    func run(_ run: TemplateRun) async {
        let scopes = templates.map { run.scope($0) }
        let (order, groups) = group(run, scopes)
        var done = [Bool](repeating: false, count: templates.count)
        for request in order {
            if Task.isCancelled { return }
            let units = (groups[request] ?? []).filter { !done[$0.template] }
            guard !units.isEmpty, case .answer(let answer) = await run.exchange(request) else { continue }
            run.result.statistics.shared += units.count - 1
            prepare(answer, units)
            for unit in units where !done[unit.template] {
                let template = templates[unit.template]
                let block = template.blocks[unit.block]
                let matches = await judge(run, unit, answer, scopes[unit.template])
                run.report(matches)
                if !matches.isEmpty, template.stopsAtFirstMatch || block.stopsAtFirstMatch { done[unit.template] = true }
            }
        }
    }

    private func group(_ run: TemplateRun, _ scopes: [TemplateScope]) -> ([TemplateHTTPRequest], [TemplateHTTPRequest: [Unit]]) {
        var order: [TemplateHTTPRequest] = []
        var groups: [TemplateHTTPRequest: [Unit]] = [:]
        for (templateIndex, template) in templates.enumerated() {
            let scope = scopes[templateIndex]
            for (blockIndex, block) in template.blocks.enumerated() {
                guard case .http(let http) = block.content else { continue }
                let builder = HTTPRequestBuilder(target: run.target, block: http)
                for combination in 0..<block.payloads.combinationCount {
                    scope.payload = block.payloads.values(combination, scope)
                    for (requestIndex, request) in http.requests.enumerated() {
                        guard let built = try? builder.build(request, scope) else {
                            run.result.statistics.unresolved += 1
                            continue
                        }
                        if groups[built] == nil { order.append(built) }
                        groups[built, default: []].append(
                            Unit(template: templateIndex, block: blockIndex, request: requestIndex, payload: scope.payload))
                    }
                }
            }
        }
        return (order, groups)
    }

    private func judge(_ run: TemplateRun, _ unit: Unit, _ answer: HTTPAnswer, _ scope: TemplateScope) async -> [TemplateMatch] {
        let template = templates[unit.template]
        let block = template.blocks[unit.block]
        guard case .http(let http) = block.content else { return [] }
        var answers: [HTTPAnswer]? = [answer]
        if http.redirects != .none { answers = await run.follow(answer, HTTPRequestBuilder(target: run.target, block: http)) }
        // The last answer first, then the hops before it.
        for answer in (answers ?? []).reversed() {
            scope.extracted = [:]
            scope.payload = unit.payload
            scope.answer = answer
            defer { scope.answer = nil }
            let verdict = block.operators.evaluate(scope, &run.result.statistics)
            let matches = run.matches(template, verdict, matched: "\(answer.request.method) \(answer.request.url)")
            if !matches.isEmpty { return matches }
        }
        return []
    }

    /// One scan for the words of all units, where there are many and the answer is long.
    private func prepare(_ answer: HTTPAnswer, _ units: [Unit]) {
        guard units.count >= RequestStream.indexFrom.units, answer.response.body.count >= RequestStream.indexFrom.bytes else { return }
        var plain: [[UInt8]] = []
        var lower: [[UInt8]] = []
        for unit in units { templates[unit.template].blocks[unit.block].operators.collectLiterals(&plain, &lower) }
        let presence = LiteralIndex(plain).scan(answer.whole.bytes)
        let lowercasePresence = LiteralIndex(lower).scan(answer.whole.lowercased)
        for text in [answer.whole, answer.body, answer.header] {
            text.presence = presence
            text.lowercasePresence = lowercasePresence
        }
    }
}

extension TemplatePayloads {
    /// The values of a combination; those that can't be resolved are left out.
    func values(_ index: Int, _ scope: TemplateScope) -> [String: ExpressionValue] {
        var result: [String: ExpressionValue] = [:]
        for (name, pattern) in combination(index) {
            if let value = try? pattern.resolve(scope) { result[name] = .text(value) }
        }
        return result
    }
}

extension TemplateOperators {
    /// The literals that a search for would begin with.
    func collectLiterals(_ plain: inout [[UInt8]], _ lower: inout [[UInt8]]) {
        func add(_ literal: RegexLiteral?) {
            guard let literal else { return }
            if literal.ignoresCase { lower.append(literal.bytes) } else { plain.append(literal.bytes) }
        }
        for matcher in matchers {
            switch matcher.kind {
            case .words(let words): if words.ignoresCase { lower += words.literals } else { plain += words.literals }
            case .binary(let values): plain += values
            case .regularExpressions(let patterns): for pattern in patterns { add(pattern.literal) }
            case .expressions(let expressions): for expression in expressions { expression.collectLiterals(&plain, &lower) }
            case .status, .size: break
            }
        }
        for extractor in extractors {
            if case .regularExpressions(let patterns, _) = extractor.kind { for pattern in patterns { add(pattern.literal) } }
        }
    }
}

extension Expression {
    fileprivate func collectLiterals(_ plain: inout [[UInt8]], _ lower: inout [[UInt8]]) {
        var found: (plain: [[UInt8]], lower: [[UInt8]]) = ([], [])
        root.visit { node in
            switch node {
            case .search(let pattern, _, _):
                guard let literal = pattern.literal else { return }
                if literal.ignoresCase { found.lower.append(literal.bytes) } else { found.plain.append(literal.bytes) }
            case .call(let function, let arguments) where ["contains", "contains_all", "contains_any"].contains(function.name):
                var isLower = false
                if case .call(let inner, _)? = arguments.first { isLower = inner.name == "to_lower" }
                for case .value(.text(let word)) in arguments.dropFirst() {
                    if isLower { found.lower.append(word) } else { found.plain.append(word) }
                }
            default: break
            }
        }
        plain += found.plain
        lower += found.lower
    }
}
