/// The state of one run against one target.
final class TemplateRun {
    let target: TemplateTarget
    let environment: EvaluationEnvironment
    var result = TemplateRunResult()
    private let transport: any TemplateTransport
    private var cache: AnswerCache
    private var tcpAnswers: [TemplateTCPRequest: TemplateReply<TemplateTCPResponse>] = [:]
    private var tlsAnswers: [TemplateTLSRequest: TemplateReply<TemplateTLSInfo>] = [:]
    private let targetVariables: [String: ExpressionValue]

    init(_ target: TemplateTarget, _ transport: any TemplateTransport, _ environment: EvaluationEnvironment, memoryLimit: Int) {
        self.target = target
        self.transport = transport
        self.environment = environment
        cache = AnswerCache(limit: memoryLimit)
        targetVariables = target.variables
    }

    /// A scope with the target's names and the template's variables, these evaluated once and in order.
    func scope(_ template: Template) -> TemplateScope {
        let scope = TemplateScope(environment: environment, variables: targetVariables)
        for variable in template.variables {
            // One that needs an answer is evaluated where it is used.
            if let value = try? variable.value.resolve(scope) { scope.variables[variable.name] = .text(value) }
        }
        return scope
    }

    /// Puts templates that begin alike next to each other, so that their answers are still at hand; and notes their first requests, whose answers
    /// are kept longest.
    func ordered(_ templates: [Template]) -> [Template] {
        let keyed = templates.map { template -> (Template, String) in
            guard case .http(let http)? = template.blocks.first?.content else { return (template, "") }
            let scope = scope(template)
            let builder = HTTPRequestBuilder(target: target, block: http)
            let requests = http.requests.prefix(8).map { try? builder.build($0, scope) }
            if let first = requests.first, let first { cache.wanted.insert(first) }
            return (template, requests.map { $0?.url ?? "" }.joined(separator: " "))
        }
        return keyed.enumerated().sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }.map(\.element.0)
    }

    // MARK: Exchanges

    func exchange(_ request: TemplateHTTPRequest) async -> AnswerCache.Outcome {
        if let outcome = cache.find(request) {
            result.statistics.shared += 1
            return outcome
        }
        if cache.noteSent(request) { result.statistics.resent += 1 }
        result.statistics.requests += 1
        let outcome: AnswerCache.Outcome
        switch await transport.http(request) {
        case .reply(var response):
            if response.body.count > request.maximumBody { response.body.removeLast(response.body.count - request.maximumBody) }
            outcome = .answer(HTTPAnswer(response, request))
        case .refused:
            result.statistics.refused += 1
            outcome = .refused
        case .failed:
            result.statistics.failed += 1
            outcome = .failed
        }
        cache.store(request, outcome)
        return outcome
    }

    /// The answer and those of the redirects that the block follows, the first one first. Nil where the transport refused some hop, or none answered.
    func follow(_ first: HTTPAnswer, _ builder: HTTPRequestBuilder) async -> [HTTPAnswer]? {
        var answers = [first]
        while answers.count <= builder.block.maximumRedirects, let next = builder.redirect(from: answers[answers.count - 1]) {
            // A ring of redirects ends where it closes.
            if answers.contains(where: { $0.request == next }) { break }
            switch await exchange(next) {
            case .answer(let answer): answers.append(answer)
            case .refused: return nil
            case .failed: return answers
            }
        }
        return answers
    }

    func exchange(_ request: TemplateTCPRequest) async -> TemplateTCPResponse? {
        let reply: TemplateReply<TemplateTCPResponse>
        if let known = tcpAnswers[request] {
            result.statistics.shared += 1
            reply = known
        } else {
            result.statistics.requests += 1
            reply = await transport.tcp(request)
            if tcpAnswers.count < 256 { tcpAnswers[request] = reply }
            count(reply)
        }
        if case .reply(let response) = reply { return response }
        return nil
    }

    func exchange(_ request: TemplateTLSRequest) async -> TemplateTLSInfo? {
        let reply: TemplateReply<TemplateTLSInfo>
        if let known = tlsAnswers[request] {
            result.statistics.shared += 1
            reply = known
        } else {
            result.statistics.requests += 1
            reply = await transport.tls(request)
            if tlsAnswers.count < 256 { tlsAnswers[request] = reply }
            count(reply)
        }
        if case .reply(let info) = reply { return info }
        return nil
    }

    private func count<Value>(_ reply: TemplateReply<Value>) {
        switch reply {
        case .reply: break
        case .refused: result.statistics.refused += 1
        case .failed: result.statistics.failed += 1
        }
    }

    // MARK: Matches

    /// Turns a verdict into matches: one per matcher name.
    func matches(_ template: Template, _ verdict: OperatorsVerdict, matched: String) -> [TemplateMatch] {
        guard verdict.isReported else { return [] }
        let names = verdict.matcherNames.isEmpty ? [nil] : verdict.matcherNames
        return names.map { name in
            TemplateMatch(
                templateID: template.id, info: template.info, target: target, matched: matched, matcherName: name,
                extractedCount: verdict.extractedCount, versions: verdict.versions)
        }
    }

    /// Adds matches that say something new: one per template and matcher name.
    func report(_ matches: [TemplateMatch]) {
        for match in matches
        where !result.matches.contains(where: { $0.templateID == match.templateID && $0.matcherName == match.matcherName }) {
            result.matches.append(match)
        }
    }
}
