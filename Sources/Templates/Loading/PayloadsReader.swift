/// Reads the inline payloads of a block.
enum PayloadsReader {
    /// Names of payloads that are credentials.
    private static let credentialNames: Set<String> = [
        "user", "username", "users", "usernames", "login", "pass", "password", "passwords", "passwd", "pwd", "credential", "credentials", "creds",
    ]

    static func read(_ section: inout YAMLSection, isGranted: Bool) throws(TemplateRefusal) -> TemplatePayloads {
        var payloads = TemplatePayloads()
        if let attack = try section.text("attack"), !attack.isEmpty {
            guard let known = TemplatePayloads.Attack(rawValue: attack.lowercased()) else {
                throw TemplateRefusal(.invalidStructure, "\(section.path).attack")
            }
            payloads.attack = known
        }
        for (name, tree) in try section.pairs("payloads").sorted(by: { $0.key < $1.key }) {
            let path = "\(section.path).payloads.\(name)"
            let values = try values(tree, path)
            guard !values.isEmpty else { throw TemplateRefusal(.invalidStructure, path) }
            if !isGranted, credentialNames.contains(name.lowercased()) { throw TemplateRefusal(.credentials, name) }
            var patterns: [TextPattern] = []
            for text in values { patterns.append(try TextPattern.read(text, path)) }
            payloads.lists.append((name, patterns))
        }
        guard payloads.combinationCount <= TemplateLimits.requests else {
            throw TemplateRefusal(.tooManyRequests, String(payloads.combinationCount))
        }
        return payloads
    }

    /// A list is inline; a text of several lines too; a text of one line names a file.
    private static func values(_ tree: YAMLTree, _ path: String) throws(TemplateRefusal) -> [String] {
        switch tree {
        case .scalar(let text):
            let lines = text.split(separator: "\n").map(String.init)
            guard lines.count > 1 else { throw TemplateRefusal(.payloadFile, path) }
            return lines
        case .list(let trees):
            var values: [String] = []
            for tree in trees {
                guard case .scalar(let text) = tree else { throw TemplateRefusal(.invalidStructure, path) }
                values.append(text)
            }
            return values
        case .map: throw TemplateRefusal(.invalidStructure, path)
        }
    }
}
