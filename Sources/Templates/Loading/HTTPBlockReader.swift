/// Reads one block of `http`.
struct HTTPBlockReader {
    private static let knownMethods: Set<String> = HTTPBlock.readOnlyMethods.union([
        "POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "DEBUG", "PURGE", "SEARCH", "REPORT", "MKCOL",
    ])

    private var section: YAMLSection
    private let isGranted: Bool

    init(_ section: YAMLSection, isGranted: Bool) {
        self.section = section
        self.isGranted = isGranted
    }

    private func place(_ key: String) -> String { "\(section.path).\(key)" }

    mutating func read() throws(TemplateRefusal) -> TemplateBlock {
        try refuseUnsafe()
        let payloads = try PayloadsReader.read(&section, isGranted: isGranted)
        let method = try method(payloads)
        let headers = try headers()
        let requests = try requests()
        let body = try section.text("body").map { text throws(TemplateRefusal) in try TextPattern.read(text, place("body")) }
        let redirects = try redirects()
        let sizes = try section.integer("max-size") ?? TemplateLimits.bodyBytes
        let preConditions = try OperatorsReader.preConditions(&section)
        let operators = try OperatorsReader.read(&section)
        // A cookie jar of its own per template and target is what the language has by default.
        section.ignore("cookie-reuse", "threads", "read-all", "disable-http2", "max-body-size")
        let block = HTTPBlock(
            requests: requests, method: method, allowsAnyMethod: isGranted, headers: headers, body: body, redirects: redirects,
            maximumRedirects: min(try section.integer("max-redirects") ?? TemplateLimits.redirects, TemplateLimits.redirects),
            maximumBody: min(max(1, sizes), TemplateLimits.maximumBodyBytes), skipsVariablesCheck: try section.boolean("skip-variables-check"),
            mergesPath: !(try section.boolean("disable-path-automerge")), keepsCookies: !(try section.boolean("disable-cookie")),
            preConditions: preConditions, usesHistory: try section.boolean("req-condition") || HTTPBlockReader.usesHistory(operators))
        let result = TemplateBlock(
            id: try section.text("id"), content: .http(block), operators: operators, payloads: payloads,
            stopsAtFirstMatch: try section.boolean("stop-at-first-match"))
        section.ignore("name")
        try section.finish()
        return result
    }

    private mutating func refuseUnsafe() throws(TemplateRefusal) {
        if try section.boolean("unsafe") { throw TemplateRefusal(.unsafe) }
        if try section.boolean("self-contained") { throw TemplateRefusal(.selfContained) }
        if section.has("fuzzing") || section.has("analyzer") { throw TemplateRefusal(.fuzzing) }
        if try section.boolean("race") { throw TemplateRefusal(.race) }
        for key in ["race_count", "race-count"] where section.has(key) { throw TemplateRefusal(.race) }
        if try section.boolean("pipeline") { throw TemplateRefusal(.unsupportedKey, place("pipeline")) }
        if try section.boolean("iterate-all") { throw TemplateRefusal(.unsupportedKey, place("iterate-all")) }
    }

    private mutating func method(_ payloads: TemplatePayloads) throws(TemplateRefusal) -> TextPattern {
        let text = try section.text("method") ?? "GET"
        let pattern = try TextPattern.read(text.isEmpty ? "GET" : text, place("method"))
        var methods = [text.uppercased()]
        if !pattern.isLiteral {
            // A method from a payload: every value counts.
            methods = payloads.lists.filter { pattern.variables.contains($0.name) }.flatMap { list in
                list.values.compactMap { $0.isLiteral ? Bytes.string((try? $0.resolve(NoContext())) ?? []).uppercased() : nil }
            }
            guard !methods.isEmpty else { throw TemplateRefusal(.method, text) }
        }
        for method in methods { try judge(method: method.isEmpty ? "GET" : method) }
        return pattern
    }

    private func judge(method: String) throws(TemplateRefusal) {
        if HTTPBlock.readOnlyMethods.contains(method) { return }
        guard isGranted, HTTPBlockReader.knownMethods.contains(method) else { throw TemplateRefusal(.method, String(method.prefix(20))) }
    }

    private mutating func headers() throws(TemplateRefusal) -> [(name: String, value: TextPattern)] {
        var result: [(name: String, value: TextPattern)] = []
        for (name, tree) in try section.pairs("headers") {
            guard case .scalar(let text) = tree else { throw TemplateRefusal(.invalidStructure, place("headers.\(name)")) }
            try judge(header: name, text)
            result.append((name, try TextPattern.read(text, place("headers.\(name)"))))
        }
        return result
    }

    /// A template that brings its own user name and password guesses.
    private func judge(header name: String, _ value: String) throws(TemplateRefusal) {
        // Frameworks take these for the method itself.
        if ["x-http-method-override", "x-http-method", "x-method-override"].contains(name.lowercased()) {
            try judge(method: value.trimmingSpaces().uppercased())
        }
        // Framing by hand is how requests are smuggled.
        if name.lowercased() == "transfer-encoding" { throw TemplateRefusal(.unsafe, name) }
        if !isGranted, name.lowercased() == "authorization", value.trimmingSpaces().lowercased().hasPrefix("basic") {
            throw TemplateRefusal(.credentials, "Authorization")
        }
    }

    private mutating func redirects() throws(TemplateRefusal) -> TemplateRedirects {
        let any = try section.boolean("redirects")
        let sameHost = try section.boolean("host-redirects")
        return sameHost ? .sameHost : (any ? .any : .none)
    }

    private mutating func requests() throws(TemplateRefusal) -> [HTTPBlock.Request] {
        let paths = try section.texts("path")
        let raws = try section.texts("raw")
        guard paths.isEmpty != raws.isEmpty else { throw TemplateRefusal(.noRequests, section.path) }
        var result: [HTTPBlock.Request] = []
        for path in paths { result.append(.path(try TextPattern.read(path, place("path")))) }
        for raw in raws { result.append(.raw(try self.raw(raw))) }
        return result
    }

    // MARK: Raw requests

    private func raw(_ text: String) throws(TemplateRefusal) -> RawRequest {
        var timeout: Int?
        var host: TextPattern?
        var serverName: TextPattern?
        var lines = text.replacingLineEnds().split(separator: "\n", omittingEmptySubsequences: false)
        while let line = lines.first, line.allSatisfy(\.isWhitespace) || line.trimmingPrefix(while: \.isWhitespace).hasPrefix("@") {
            let annotation = String(line).trimmingSpaces()
            lines.removeFirst()
            if annotation.isEmpty { continue }
            let parts = annotation.split(separator: ":", maxSplits: 1).map { String($0).trimmingSpaces() }
            guard parts.count == 2 else { throw TemplateRefusal(.unsupportedKey, annotation) }
            switch parts[0].lowercased() {
            case "@timeout": timeout = try seconds(parts[1])
            case "@host": host = try TextPattern.read(parts[1], place("raw"))
            case "@tls-sni": serverName = parts[1] == "request.host" ? nil : try TextPattern.read(parts[1], place("raw"))
            default: throw TemplateRefusal(.unsupportedKey, parts[0])
            }
        }
        guard let start = lines.first else { throw TemplateRefusal(.noRequests, place("raw")) }
        let method = start.split(separator: " ").first.map(String.init) ?? ""
        try judge(method: method)
        var headers: [TextPattern] = []
        var rest = lines.dropFirst()
        while let line = rest.popFirst(), !line.allSatisfy(\.isWhitespace) {
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            if parts.count == 2 { try judge(header: parts[0].trimmingSpaces(), parts[1]) }
            headers.append(try TextPattern.read(String(line), place("raw")))
        }
        var body = rest.joined(separator: "\n")[...]
        while body.last == "\n" { body.removeLast() }
        return RawRequest(
            start: try TextPattern.read(String(start), place("raw")), headers: headers,
            body: body.isEmpty ? nil : try TextPattern.read(String(body), place("raw")), timeout: timeout, host: host, serverName: serverName)
    }

    private func seconds(_ text: String) throws(TemplateRefusal) -> Int {
        guard text.hasSuffix("s"), let value = Double(text.dropLast()), value > 0, value < 86_400 else {
            throw TemplateRefusal(.invalidStructure, "@timeout")
        }
        return min(Int(value.rounded(.up)), TemplateLimits.timeoutSeconds)
    }

    /// Whether matchers or extractors read numbered answers.
    private static func usesHistory(_ operators: TemplateOperators) -> Bool {
        var names: [String] = []
        for matcher in operators.matchers {
            names.append(matcher.part)
            if case .expressions(let expressions) = matcher.kind { names += expressions.flatMap(\.variables) }
        }
        for extractor in operators.extractors {
            names.append(extractor.part)
            if case .expressions(let expressions) = extractor.kind { names += expressions.flatMap(\.variables) }
        }
        return names.contains { IndexedName($0) != nil }
    }
}

/// Nothing is defined here.
struct NoContext: EvaluationContext {
    var environment = EvaluationEnvironment()
    func value(_ name: String) -> ExpressionValue? { nil }
    func searchText(_ name: String) -> SearchText? { nil }
}

/// `body_2`: a part of answer number 2.
struct IndexedName {
    var base: String
    var number: Int

    init?(_ name: String) {
        guard let underscore = name.lastIndex(of: "_"), let number = Int(name[name.index(after: underscore)...]), number > 0 else { return nil }
        base = String(name[..<underscore])
        self.number = number
        guard !base.isEmpty else { return nil }
    }
}

extension String {
    func replacingLineEnds() -> String { Bytes.string(utf8.filter { $0 != 0x0D }) }
}
