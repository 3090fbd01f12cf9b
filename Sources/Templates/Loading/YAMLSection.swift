/// A mapping that is read key by key; what is left unread at the end is refused.
struct YAMLSection {
    let path: String
    private var members: [String: YAMLTree]

    /// - Parameter path: the section's place, for refusals.
    init(_ tree: YAMLTree, _ path: String) throws(TemplateRefusal) {
        guard case .map(let pairs) = tree else { throw TemplateRefusal(.invalidStructure, path) }
        self.path = path
        members = Dictionary(pairs.map { ($0.key, $0.value) }, uniquingKeysWith: { _, last in last })
    }

    var keys: [String] { members.keys.sorted() }

    func has(_ key: String) -> Bool { members[key] != nil }

    private func wrong(_ key: String) -> TemplateRefusal { TemplateRefusal(.invalidStructure, path.isEmpty ? key : "\(path).\(key)") }

    mutating func take(_ key: String) -> YAMLTree? { members.removeValue(forKey: key) }

    mutating func text(_ key: String) throws(TemplateRefusal) -> String? {
        guard let tree = take(key) else { return nil }
        guard case .scalar(let text) = tree else { throw wrong(key) }
        return text
    }

    mutating func boolean(_ key: String) throws(TemplateRefusal) -> Bool {
        switch try text(key) {
        case nil, "", "false", "False", "no": return false
        case "true", "True", "yes": return true
        default: throw wrong(key)
        }
    }

    mutating func integer(_ key: String) throws(TemplateRefusal) -> Int? {
        guard let text = try text(key), !text.isEmpty else { return nil }
        guard let number = Int(text), number >= 0 else { throw wrong(key) }
        return number
    }

    /// A list of texts; a single text is a list of one.
    mutating func texts(_ key: String) throws(TemplateRefusal) -> [String] {
        guard let tree = take(key) else { return [] }
        switch tree {
        case .scalar(let text): return text.isEmpty ? [] : [text]
        case .list(let values):
            var result: [String] = []
            for value in values {
                guard case .scalar(let text) = value else { throw wrong(key) }
                result.append(text)
            }
            return result
        case .map: throw wrong(key)
        }
    }

    mutating func list(_ key: String) throws(TemplateRefusal) -> [YAMLTree] {
        guard let tree = take(key) else { return [] }
        switch tree {
        case .list(let values): return values
        case .scalar(""): return []
        default: throw wrong(key)
        }
    }

    mutating func pairs(_ key: String) throws(TemplateRefusal) -> [(key: String, value: YAMLTree)] {
        guard let tree = take(key) else { return [] }
        switch tree {
        case .map(let pairs): return pairs
        case .scalar(""): return []
        default: throw wrong(key)
        }
    }

    mutating func ignore(_ names: String...) { for name in names { members.removeValue(forKey: name) } }

    /// A key that stands there and was not read changes what the template means.
    func finish() throws(TemplateRefusal) {
        if let key = keys.first { throw TemplateRefusal(.unsupportedKey, path.isEmpty ? key : "\(path).\(key)") }
    }
}
