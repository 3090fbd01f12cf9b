/// Refuses, at load, names that no run will define: a matcher on a part that does not exist never matches, and nobody would notice.
struct TemplateLint {
    /// What every HTTP answer has.
    static let httpParts: Set<String> = [
        "body", "header", "all_headers", "headers", "all", "response", "raw", "status_code", "content_length", "duration", "host", "matched",
        "type", "request", "response_time", "path", "method", "port", "scheme", "query", "title",
    ]
    static let tcpParts: Set<String> = ["body", "data", "all", "raw", "response", "request", "host", "port", "matched", "type"]
    static let tlsParts: Set<String> = [
        "body", "all", "response", "host", "port", "matched", "type", "not_before", "not_after", "subject_cn", "subject_dn", "subject_org",
        "subject_an", "issuer_cn", "issuer_dn", "issuer_org", "tls_version", "cipher", "self_signed", "expired", "mismatched", "untrusted", "revoked",
        "wildcard_certificate", "serial", "fingerprint_hash", "probe_status",
    ]
    /// Headers of one word, which no underscore tells from a slip of the pen.
    static let headerWords: Set<String> = [
        "server", "location", "via", "etag", "date", "allow", "age", "link", "vary", "p3p", "pragma", "refresh", "expires", "connection", "upgrade",
        "trailer", "warning", "origin", "dav", "ms", "tcn", "public", "microsoftsharepointteamservices", "sharepointhealthscore", "dasl", "nel",
        "expect", "te", "from", "forwarded", "alternates", "negotiate", "generator", "product", "version", "powered", "platform", "jsonerror",
    ]

    private let template: Template
    private let given: Set<String>
    private let extracted: Set<String>
    private let answers: Int

    init(_ template: Template) {
        self.template = template
        var given = TemplateTarget.variableNames.union(template.variables.map(\.name))
        var extracted = Set<String>()
        for block in template.blocks {
            given.formUnion(block.payloads.lists.map(\.name))
            extracted.formUnion(block.operators.extractors.compactMap(\.name))
            if case .tcp(let tcp) = block.content { extracted.formUnion(tcp.inputs.compactMap(\.name)) }
        }
        self.given = given
        self.extracted = extracted
        answers = max(template.requestCount, 1)
    }

    func check() throws(TemplateRefusal) {
        for variable in template.variables { try check(placeholders: variable.value) }
        for (index, block) in template.blocks.enumerated() { try check(block, index) }
        var refusal: TemplateRefusal?
        template.flow?.visit { flow in
            guard case .blocks(let kind, let numbers, let ids) = flow else { return }
            let blocks = template.blocks.filter { $0.kind == kind }
            if blocks.isEmpty || numbers.contains(where: { !(1...max(1, blocks.count)).contains($0) })
                || ids.contains(where: { id in !blocks.contains { $0.id == id } })
            {
                refusal = TemplateRefusal(.undefinedVariable, "flow: \(kind.rawValue)")
            }
        }
        if let refusal { throw refusal }
    }

    private func check(_ block: TemplateBlock, _ index: Int) throws(TemplateRefusal) {
        switch block.content {
        case .http(let http):
            if !http.skipsVariablesCheck {
                for request in http.requests {
                    switch request {
                    case .path(let pattern): try check(placeholders: pattern)
                    case .raw(let raw): for pattern in raw.patterns { try check(placeholders: pattern) }
                    }
                }
                for header in http.headers { try check(placeholders: header.value) }
                try http.body.map(check(placeholders:))
            }
            try check(http.preConditions, .http)
        case .tcp(let tcp):
            for address in tcp.addresses { try check(placeholders: address) }
            for input in tcp.inputs { try input.data.map(check(placeholders:)) }
        case .tls(let tls): try check(placeholders: tls.address)
        }
        for list in block.payloads.lists { for value in list.values { try check(placeholders: value) } }
        try check(block.operators, block.kind)
    }

    private func check(_ operators: TemplateOperators, _ kind: TemplateProtocol) throws(TemplateRefusal) {
        for matcher in operators.matchers {
            switch matcher.kind {
            case .expressions(let expressions):
                for name in expressions.flatMap(\.variables).sorted() where !isDefined(name, kind) { throw TemplateRefusal(.undefinedVariable, name) }
            case .words(let words): for pattern in words.patterns { try check(placeholders: pattern) }
            case .status where kind != .http: throw TemplateRefusal(.unknownMatcher, "status")
            default: break
            }
            try check(part: matcher.part, kind)
        }
        for extractor in operators.extractors {
            if case .expressions(let expressions) = extractor.kind {
                for name in expressions.flatMap(\.variables).sorted() where !isDefined(name, kind) { throw TemplateRefusal(.undefinedVariable, name) }
            }
            try check(part: extractor.part, kind)
        }
    }

    private func check(part: String, _ kind: TemplateProtocol) throws(TemplateRefusal) {
        guard part.isEmpty || isDefined(part, kind) else { throw TemplateRefusal(.unknownPart, part) }
    }

    /// What a request may use: the target's names, the template's own, what extractors find, and earlier answers by number or block.
    private func check(placeholders pattern: TextPattern) throws(TemplateRefusal) {
        for name in pattern.variables.sorted() where !isGiven(name) {
            let isAnswer = template.requestCount > 1 && (isIndexed(name) == true || isNamedBlock(name) || TemplateLint.httpParts.contains(name))
            let isHeader = template.requestCount > 1 && TemplateLint.looksLikeHeader(name)
            guard isAnswer || isHeader else { throw TemplateRefusal(.undefinedVariable, name) }
        }
    }

    private func isGiven(_ name: String) -> Bool {
        if given.contains(name) || extracted.contains(name) || name == "randstr" { return true }
        return name.hasPrefix("randstr_") && name.utf8.count < 40
    }

    private func isDefined(_ name: String, _ kind: TemplateProtocol) -> Bool {
        if isGiven(name) || isNamedBlock(name) { return true }
        switch kind {
        case .http:
            if TemplateLint.httpParts.contains(name) { return true }
            return isIndexed(name) ?? TemplateLint.looksLikeHeader(name)
        case .tcp: return TemplateLint.tcpParts.contains(name)
        case .tls: return TemplateLint.tlsParts.contains(name)
        }
    }

    /// Whether a numbered name names an answer that there can be; nil for names without a number.
    private func isIndexed(_ name: String) -> Bool? {
        guard let indexed = IndexedName(name) else { return nil }
        guard TemplateLint.httpParts.contains(indexed.base) || extracted.contains(indexed.base) else { return nil }
        return indexed.number <= answers
    }

    /// `first_body` of a block with the id `first`, `http_1_body`, `http_body`.
    private func isNamedBlock(_ name: String) -> Bool {
        let ids = template.blocks.compactMap(\.id) + TemplateProtocol.allCases.map(\.rawValue)
        return ids.contains { name.hasPrefix($0 + "_") }
    }

    /// Header names become variables in lower case, with underscores for dashes.
    static func looksLikeHeader(_ name: String) -> Bool {
        guard name.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }) else { return false }
        return headerWords.contains(name) || (name.contains("_") && name.first != "_" && name.last != "_")
    }
}
