/// Reads templates, and refuses with a reason what can't be run wholly as it is written.
package struct TemplateLoader: Sendable {
    /// Ids of templates that may use methods other than GET, HEAD and OPTIONS, try credentials, or be tagged intrusive.
    package var grants: Set<String>

    package init(grants: Set<String> = []) { self.grants = grants }

    /// Tags of templates that change or burden the target.
    package static let intrusiveTags: Set<String> = ["intrusive", "dos", "bruteforce", "brute-force"]
    /// Tags of templates that guess credentials.
    package static let credentialTags: Set<String> = ["default-login", "defaultlogin", "credential-stuffing", "creds-stuffing"]

    /// The public language's placeholder, and the public servers behind it.
    private static let outOfBandMarks = [
        "interactsh", "interact.sh", ".oast.", "oast.pro", "oast.live", "oast.site", "oast.online", "oast.fun", "oast.me", "burpcollaborator",
    ].map { Array($0.utf8) }

    /// - Parameter source: what reports call the file.
    package func load(_ text: String, source: String = "") throws(TemplateRefusal) -> Template {
        guard text.utf8.count <= TemplateLimits.fileBytes else { throw TemplateRefusal(.tooLarge) }
        let tree: YAMLTree
        do {
            tree = try YAMLTree(parsing: text)
        } catch {
            throw TemplateRefusal(.invalidYAML, error.text)
        }
        var id: String?
        do {
            return try read(tree, source, &id)
        } catch {
            var refusal = error
            refusal.id = id
            throw refusal
        }
    }

    private func read(_ tree: YAMLTree, _ source: String, _ found: inout String?) throws(TemplateRefusal) -> Template {
        var root: YAMLSection
        do {
            root = try YAMLSection(tree, "")
        } catch {
            throw TemplateRefusal(.invalidYAML, "no mapping")
        }
        if root.has("workflows") { throw TemplateRefusal(.workflow) }
        guard let id = try root.text("id"), TemplateLoader.isID(id) else { throw TemplateRefusal(.missingID) }
        found = id
        try refuseProtocols(root)
        let info = try TemplateInfo(&root)
        try judge(tags: info.tags, id)
        try refuseOutOfBand(tree)
        if try root.boolean("self-contained") { throw TemplateRefusal(.selfContained) }
        let stops = try root.boolean("stop-at-first-match")
        let flow = try root.text("flow")
        let variables = try TemplateLoader.variables(&root)
        let blocks = try blocks(&root, isGranted: grants.contains(id))
        guard !blocks.isEmpty else { throw TemplateRefusal(.noRequests) }
        try root.finish()
        let template = Template(
            id: id, info: info, source: source, variables: variables, blocks: blocks,
            flow: try flow.map { text throws(TemplateRefusal) in try TemplateFlow(text) }, stopsAtFirstMatch: stops)
        guard blocks.allSatisfy({ $0.requestCount <= TemplateLimits.requests }), template.requestCount <= TemplateLimits.requests else {
            throw TemplateRefusal(.tooManyRequests, String(template.requestCount))
        }
        try TemplateLint(template).check()
        return template
    }

    /// Ids name templates in grants and reports: letters, digits, dashes, dots and underscores.
    static func isID(_ text: String) -> Bool {
        (1...200).contains(text.utf8.count) && text.utf8.allSatisfy { RegexAlphabet.isWord($0) || $0 == 0x2D || $0 == 0x2E }
    }

    private func refuseProtocols(_ root: YAMLSection) throws(TemplateRefusal) {
        let reasons: [(String, TemplateRefusal.Reason)] = [
            ("code", .code), ("javascript", .javascript), ("headless", .headless), ("file", .file), ("dns", .dns), ("whois", .whois),
            ("websocket", .websocket),
        ]
        for (key, reason) in reasons where root.has(key) { throw TemplateRefusal(reason) }
    }

    private func judge(tags: [String], _ id: String) throws(TemplateRefusal) {
        guard !grants.contains(id) else { return }
        if let tag = tags.first(where: TemplateLoader.intrusiveTags.contains) { throw TemplateRefusal(.intrusive, tag) }
        if let tag = tags.first(where: TemplateLoader.credentialTags.contains) { throw TemplateRefusal(.credentials, tag) }
    }

    /// Out-of-band checks make the target call a third party.
    private func refuseOutOfBand(_ tree: YAMLTree) throws(TemplateRefusal) {
        guard case .map(let members) = tree else { return }
        var found = false
        for member in members where member.key != "info" {
            member.value.visitScalars { text in
                let bytes = Array(text.utf8)
                if TemplateLoader.outOfBandMarks.contains(where: { Bytes.find($0, in: bytes) != nil }) { found = true }
            }
        }
        if found { throw TemplateRefusal(.outOfBand) }
    }

    private static func variables(_ root: inout YAMLSection) throws(TemplateRefusal) -> [(name: String, value: TextPattern)] {
        var result: [(name: String, value: TextPattern)] = []
        for key in ["constants", "variables"] {
            for (name, value) in try root.pairs(key) {
                guard case .scalar(let text) = value else { throw TemplateRefusal(.invalidStructure, "\(key).\(name)") }
                result.append((name, try TextPattern.read(text, "\(key).\(name)")))
            }
        }
        return result
    }

    private func blocks(_ root: inout YAMLSection, isGranted: Bool) throws(TemplateRefusal) -> [TemplateBlock] {
        var result: [TemplateBlock] = []
        let keys: [(String, TemplateProtocol)] = [
            ("http", .http), ("requests", .http), ("tcp", .tcp), ("network", .tcp), ("ssl", .tls),
        ]
        for (key, kind) in keys {
            for (index, tree) in try root.list(key).enumerated() {
                guard result.count < TemplateLimits.blocks else { throw TemplateRefusal(.tooManyRequests, key) }
                let section = try YAMLSection(tree, "\(key)[\(index)]")
                var http = HTTPBlockReader(section, isGranted: isGranted)
                var tcp = TCPBlockReader(section, isGranted: isGranted)
                switch kind {
                case .http: result.append(try http.read())
                case .tcp: result.append(try tcp.read())
                case .tls: result.append(try tcp.readTLS())
                }
            }
        }
        return result
    }
}

extension TemplateInfo {
    init(_ root: inout YAMLSection) throws(TemplateRefusal) {
        guard let tree = root.take("info") else { throw TemplateRefusal(.invalidStructure, "info") }
        var section = try YAMLSection(tree, "info")
        name = try section.text("name") ?? ""
        severity = Severity(rawValue: (try section.text("severity") ?? "info").lowercased()) ?? .unknown
        tags = try section.texts("tags").flatMap { $0.split(separator: ",") }.map { String($0).trimmingSpaces().lowercased() }
        references = try section.texts("reference").flatMap { $0.split(separator: "\n").map(String.init) }
        description = (try? section.text("description")) ?? ""
        remediation = (try? section.text("remediation")) ?? ""
        var identifiers: [String: [String]] = [:]
        if case .map(let members)? = section.take("classification") {
            var classification = try YAMLSection(.map(members), "info.classification")
            for key in ["cve-id", "cwe-id"] {
                identifiers[key] = try classification.texts(key).flatMap { $0.split(separator: ",") }.map { String($0).trimmingSpaces().uppercased() }
            }
        }
        cve = identifiers["cve-id"] ?? []
        cwe = identifiers["cwe-id"] ?? []
        var found: [String: String] = [:]
        if case .map(let members)? = section.take("metadata") {
            for (key, value) in members {
                if case .scalar(let text) = value { found[key] = text }
            }
        }
        metadata = found
    }
}

extension TextPattern {
    /// - Parameter path: the place, for refusals.
    static func read(_ text: String, _ path: String) throws(TemplateRefusal) -> TextPattern {
        do {
            return try TextPattern(text)
        } catch {
            throw TemplateRefusal(error, path)
        }
    }
}

extension TemplateRefusal {
    init(_ error: ExpressionError, _ path: String) {
        switch error {
        case .unknownFunction(let name): self.init(.unknownFunction, name)
        case .wrongArgumentCount(let name): self.init(.badExpression, "\(path): \(name) takes another number of arguments")
        case .badRegularExpression(let text): self.init(.badRegularExpression, "\(path): \(text)")
        case .syntax(let text): self.init(.badExpression, "\(path): \(text)")
        case .tooDeep: self.init(.badExpression, "\(path): nested too deep")
        case .tooLong: self.init(.badExpression, "\(path): too long")
        }
    }
}
