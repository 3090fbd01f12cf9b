extension TemplateRun {
    /// Bytes of earlier answers that one template's run keeps for `body_2` and its like.
    private static let historyLimit = 32 << 20

    /// Runs a template block by block, or as its flow says.
    func sequence(_ template: Template) async {
        let scope = scope(template)
        var conversation = Conversation(template: template, scope: scope)
        if let flow = template.flow {
            let holds = await evaluate(flow, &conversation)
            // Blocks that matched on the way count only when the whole does.
            if holds { report(conversation.matches) }
            return
        }
        for index in template.blocks.indices {
            _ = await run(block: index, &conversation)
            if template.stopsAtFirstMatch, !conversation.matches.isEmpty { break }
        }
        report(conversation.matches)
    }

    /// What goes from one request to the next.
    struct Conversation {
        var template: Template
        var scope: TemplateScope
        var cookies = CookieJar()
        var matches: [TemplateMatch] = []
        var historyBytes = 0
        /// The transport refused a request: nothing of the template counts.
        var isRefused = false
    }

    private func evaluate(_ flow: TemplateFlow, _ conversation: inout Conversation) async -> Bool {
        if conversation.isRefused || Task.isCancelled { return false }
        switch flow {
        case .blocks(let kind, let numbers, let ids):
            let ofKind = conversation.template.blocks.indices.filter { conversation.template.blocks[$0].kind == kind }
            let chosen =
                numbers.isEmpty && ids.isEmpty
                ? ofKind
                : numbers.compactMap { ofKind.indices.contains($0 - 1) ? ofKind[$0 - 1] : nil }
                    + ofKind.filter { index in conversation.template.blocks[index].id.map(ids.contains) ?? false }
            var holds = false
            for index in chosen where await run(block: index, &conversation) { holds = true }
            return holds && !conversation.isRefused
        case .not(let inner):
            let holds = await evaluate(inner, &conversation)
            return !holds && !conversation.isRefused
        case .and(let operands):
            for operand in operands {
                guard await evaluate(operand, &conversation) else { return false }
            }
            return true
        case .or(let operands):
            for operand in operands {
                if await evaluate(operand, &conversation) { return true }
            }
            return false
        case .statements(let statements):
            var holds = false
            for statement in statements where await evaluate(statement, &conversation) { holds = true }
            return holds && !conversation.isRefused
        }
    }

    /// True where the block matched; a block without matchers holds when it was answered.
    private func run(block index: Int, _ conversation: inout Conversation) async -> Bool {
        guard !conversation.isRefused else { return false }
        let block = conversation.template.blocks[index]
        let ofKind = conversation.template.blocks[...index].filter { $0.kind == block.kind }.count
        let names = ["\(block.kind.rawValue)_\(ofKind)", block.kind.rawValue] + (block.id.map { [$0] } ?? [])
        conversation.scope.history = [:]
        var holds = false
        combinations: for combination in 0..<block.payloads.combinationCount {
            conversation.scope.payload = block.payloads.values(combination, conversation.scope)
            let outcome: Bool
            switch block.content {
            case .http(let http): outcome = await run(http, block, names, combination, &conversation)
            case .tcp(let tcp): outcome = await run(tcp, block, names, &conversation)
            case .tls(let tls): outcome = await run(tls, block, names, &conversation)
            }
            if outcome { holds = true }
            if conversation.isRefused || Task.isCancelled { break combinations }
            if holds, block.stopsAtFirstMatch, !conversation.matches.isEmpty { break combinations }
        }
        conversation.scope.payload = [:]
        return holds && !conversation.isRefused
    }

    // MARK: HTTP

    private func run(
        _ http: HTTPBlock, _ block: TemplateBlock, _ names: [String], _ combination: Int, _ conversation: inout Conversation
    ) async -> Bool {
        let scope = conversation.scope
        let builder = HTTPRequestBuilder(target: target, block: http)
        var holds = false
        for (index, request) in http.requests.enumerated() {
            if Task.isCancelled { break }
            scope.answer = nil
            guard var built = try? builder.build(request, scope) else {
                result.statistics.unresolved += 1
                continue
            }
            scope.answer = HTTPAnswer(TemplateHTTPResponse(status: 0), built)
            guard http.preConditions.allows(scope, &result.statistics) else { continue }
            addCookies(&built, http, conversation)
            switch await exchange(built) {
            case .refused:
                conversation.isRefused = true
                conversation.matches = []
                return false
            case .failed: continue
            case .answer(let first):
                guard let answers = await follow(first, builder) else {
                    conversation.isRefused = true
                    conversation.matches = []
                    return false
                }
                for answer in answers { conversation.cookies.store(answer.response.headers) }
                remember(answers, number: combination * http.requests.count + index + 1, names, &conversation)
                let shown = show(request, answers[answers.count - 1], conversation)
                if judge(answers, block, shown, &conversation) {
                    holds = true
                    if block.stopsAtFirstMatch, !conversation.matches.isEmpty { return true }
                }
            }
        }
        scope.answer = nil
        return holds
    }

    private func addCookies(_ request: inout TemplateHTTPRequest, _ http: HTTPBlock, _ conversation: Conversation) {
        guard http.keepsCookies, let cookies = conversation.cookies.header, TemplateURL(request.url)?.host == target.host.lowercased() else { return }
        if let index = request.headers.firstIndex(where: { $0.name.lowercased() == "cookie" }) {
            request.headers[index].value += "; " + cookies
        } else {
            request.headers.append(.init("Cookie", cookies))
        }
    }

    private func remember(_ answers: [HTTPAnswer], number: Int, _ names: [String], _ conversation: inout Conversation) {
        guard let last = answers.last else { return }
        conversation.historyBytes += last.response.body.count
        // Beyond the limit nothing is remembered: what asks for it finds no value, and does not match.
        guard conversation.historyBytes <= TemplateRun.historyLimit else {
            result.statistics.evaluationErrors += 1
            return
        }
        conversation.scope.history[number] = last
        for name in names { conversation.scope.blocks[name] = last }
    }

    private func judge(_ answers: [HTTPAnswer], _ block: TemplateBlock, _ shown: String, _ conversation: inout Conversation) -> Bool {
        for answer in answers.reversed() {
            conversation.scope.answer = answer
            let verdict = block.operators.evaluate(conversation.scope, &result.statistics)
            if verdict.isMatch || block.operators.matchers.isEmpty {
                conversation.matches += matches(conversation.template, verdict, matched: shown)
                return true
            }
        }
        return false
    }

    /// Method and URL; where the URL holds a value that an answer gave, the template's own text.
    private func show(_ request: HTTPBlock.Request, _ answer: HTTPAnswer, _ conversation: Conversation) -> String {
        let pattern: TextPattern
        switch request {
        case .path(let path): pattern = path
        case .raw(let raw): pattern = raw.start
        }
        if pattern.variables.isDisjoint(with: conversation.scope.extracted.keys) { return "\(answer.request.method) \(answer.request.url)" }
        if case .path = request { return "\(answer.request.method) \(pattern.source)" }
        return pattern.source
    }

    // MARK: TCP and TLS

    private func run(_ tcp: TCPBlock, _ block: TemplateBlock, _ names: [String], _ conversation: inout Conversation) async -> Bool {
        let scope = conversation.scope
        var holds = false
        var inputs: [TemplateTCPRequest.Input] = []
        for input in tcp.inputs {
            guard let data = TemplateRun.data(input, scope) else {
                result.statistics.unresolved += 1
                return false
            }
            inputs.append(.init(data: data, read: input.read))
        }
        for address in addresses(tcp, scope) {
            if Task.isCancelled { break }
            let request = TemplateTCPRequest(host: address.host, port: address.port, tls: address.tls, inputs: inputs, readSize: tcp.readSize)
            guard let response = await exchange(request) else { continue }
            let shown = "\(address.host):\(address.port)"
            let readers = tcp.inputs.filter { $0.read != nil }.map(\.name)
            let answer = TCPAnswer(response, names: readers, address: shown, written: Array(inputs.map(\.data).joined()))
            scope.answer = answer
            for name in names { scope.blocks[name] = answer }
            let verdict = block.operators.evaluate(scope, &result.statistics)
            if verdict.isMatch || block.operators.matchers.isEmpty {
                holds = true
                conversation.matches += matches(conversation.template, verdict, matched: "tcp \(shown)")
                if block.stopsAtFirstMatch { break }
            }
        }
        return holds
    }

    private static func data(_ input: TCPBlock.Input, _ scope: TemplateScope) -> [UInt8]? {
        guard let pattern = input.data else { return [] }
        guard let text = try? pattern.resolve(scope) else { return nil }
        return input.isHexadecimal ? Bytes.fromHexadecimal(text) : text
    }

    private struct Address: Hashable {
        var host: String
        var port: Int
        var tls: Bool
    }

    /// A target with a port is asked there and nowhere else, and only by templates that are for this port or for any; a bare host on the template's ports.
    private func addresses(_ tcp: TCPBlock, _ scope: TemplateScope) -> [Address] {
        var result: [Address] = []
        for pattern in tcp.addresses {
            guard let bytes = try? pattern.resolve(scope) else { continue }
            var text = Substring(HTTPRequestBuilder.escape(bytes))
            let isTLS = text.hasPrefix("tls://")
            if isTLS { text = text.dropFirst(6) }
            guard let (host, port) = TemplateTarget.split(text) else { continue }
            var ports = port.map { [$0] } ?? tcp.ports
            if let own = target.explicitPort ?? (target.scheme.isEmpty ? nil : target.port) {
                if ports.isEmpty { ports = [own] }
                ports = ports.filter { $0 == own }
                // A name with the target's own port says nothing about which port the template is for.
                if port == own, pattern.variables.contains("Hostname"), !tcp.ports.isEmpty, !tcp.ports.contains(own) { ports = [] }
            }
            for port in ports where !tcp.excludedPorts.contains(port) {
                let address = Address(host: host, port: port, tls: isTLS)
                if !result.contains(address) { result.append(address) }
            }
        }
        return result
    }

    private func run(_ tls: TLSBlock, _ block: TemplateBlock, _ names: [String], _ conversation: inout Conversation) async -> Bool {
        let scope = conversation.scope
        guard let bytes = try? tls.address.resolve(scope), let (host, port) = TemplateTarget.split(Substring(HTTPRequestBuilder.escape(bytes))),
            let port = port ?? target.port
        else {
            result.statistics.unresolved += 1
            return false
        }
        let request = TemplateTLSRequest(host: host, port: port, minimumVersion: tls.minimumVersion, maximumVersion: tls.maximumVersion)
        guard let info = await exchange(request) else { return false }
        let answer = TLSAnswer(info, host: host, address: "\(host):\(port)")
        scope.answer = answer
        for name in names { scope.blocks[name] = answer }
        let verdict = block.operators.evaluate(scope, &result.statistics)
        guard verdict.isMatch || block.operators.matchers.isEmpty else { return false }
        conversation.matches += matches(conversation.template, verdict, matched: "ssl \(host):\(port)")
        return true
    }
}
