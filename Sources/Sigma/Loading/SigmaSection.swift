/// A mapping of a rule, read key by key.
struct SigmaSection {
    let members: [(key: SigmaNode.Scalar, value: SigmaNode)]
    let line: Int

    init?(_ node: SigmaNode) {
        guard case .map(let members, let line) = node else { return nil }
        self.members = members
        self.line = line
    }

    subscript(_ name: String) -> SigmaNode? { members.first { $0.key.text == name }?.value }

    func has(_ name: String) -> Bool { self[name] != nil }

    /// Text, for people to read: a list is joined with commas.
    func text(_ name: String, limit: Int = 256) -> String? {
        switch self[name] {
        case .scalar(let scalar): scalar.isNull ? nil : SigmaText.clean(scalar.text, limit: limit)
        case .list: SigmaText.clean(texts(name, limit: limit).joined(separator: ", "), limit: limit)
        default: nil
        }
    }

    func texts(_ name: String, limit: Int = 256) -> [String] {
        switch self[name] {
        case .scalar(let scalar): return scalar.isNull ? [] : [SigmaText.clean(scalar.text, limit: limit)]
        case .list(let values, _):
            return values.prefix(500).compactMap { node in
                if case .scalar(let scalar) = node { SigmaText.clean(scalar.text, limit: limit) } else { nil }
            }
        default: return []
        }
    }
}
