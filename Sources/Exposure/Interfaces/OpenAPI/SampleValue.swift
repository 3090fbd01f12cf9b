/// A value for a parameter: the document's own example, default or first choice, or one made from the type; never what could be a person's.
enum SampleValue {
    /// - Parameters:
    ///   - schema: the parameter's, resolved.
    ///   - parameter: for examples that stand beside the schema.
    static func make(for name: String, schema: DocumentNode, parameter: DocumentNode, root: DocumentNode) -> String? {
        let schema = plain(schema, root)
        let type = typeName(of: schema)
        if type == "object" { return nil }
        if limitsSize(name), type != "string" || schema["enum"] == nil { return size(schema) }
        // Whose name, number or address it would be: no example, for it may be a real one.
        if !namesPerson(name), let own = examples(schema, parameter, root).first(where: isHarmless) { return own }
        if let choice = schema["enum"]?.elements.compactMap(\.text).first { return isHarmless(choice) ? choice : nil }
        if type == "array" {
            guard let items = schema["items"]?.resolved(in: root), typeName(of: items) != "array" else { return "1" }
            return make(for: name, schema: items, parameter: .list([]), root: root)
        }
        return made(type, schema)
    }

    /// The first of a choice of schemas; one level is enough for parameters.
    private static func plain(_ schema: DocumentNode, _ root: DocumentNode) -> DocumentNode {
        for key in ["allOf", "oneOf", "anyOf"] {
            if schema["type"] == nil,
                let first = schema[key]?.elements.prefix(8).compactMap({ $0.resolved(in: root) }).first(where: { typeName(of: $0) != "null" })
            {
                return first
            }
        }
        return schema
    }

    private static func typeName(of schema: DocumentNode) -> String {
        if let type = schema["type"]?.text { return type }
        // 3.1: ["integer", "null"].
        if let type = schema["type"]?.elements.compactMap(\.text).first(where: { $0 != "null" }) { return type }
        return schema["properties"] == nil ? "string" : "object"
    }

    private static func examples(_ schema: DocumentNode, _ parameter: DocumentNode, _ root: DocumentNode) -> [String] {
        let named = (parameter["examples"]?.members ?? []).prefix(4).compactMap { $0.value.resolved(in: root)?["value"]?.text }
        let own = [parameter["example"], parameter["x-example"], schema["example"], schema["const"], schema["default"], parameter["default"]]
        return (own.compactMap { $0?.text } + named + (schema["examples"]?.elements.prefix(4).compactMap(\.text) ?? [])).filter { !$0.isEmpty }
    }

    private static func made(_ type: String, _ schema: DocumentNode) -> String? {
        switch type {
        case "integer", "number":
            guard let least = schema["minimum"]?.text.flatMap(Int.init), least > 1 else { return "1" }
            return least < 1_000_000 ? "\(least)" : nil
        case "boolean": return "false"
        default: return text(schema["format"]?.text ?? "")
        }
    }

    private static func text(_ format: String) -> String {
        switch format {
        case "uuid": "00000000-0000-4000-8000-000000000001"
        case "date": "2026-01-01"
        case "date-time": "2026-01-01T00:00:00Z"
        default: "1"
        }
    }

    // MARK: Asking for little

    /// Few records prove as much as many.
    private static let fewRecords = 10

    /// A page's size. Given even where it may be left out.
    static func limitsSize(_ name: String) -> Bool {
        [
            "limit", "size", "pagesize", "per_page", "perpage", "page_size", "rows", "maxresults", "max_results", "count", "_count", "top", "$top",
            "num",
        ]
        .contains(name.lowercased())
    }

    private static func size(_ schema: DocumentNode) -> String {
        let least = schema["minimum"]?.text.flatMap(Int.init) ?? 1
        let most = schema["maximum"]?.text.flatMap(Int.init) ?? fewRecords
        return "\(max(min(fewRecords, max(1, most)), min(max(1, least), 1_000)))"
    }

    // MARK: Nobody's value

    /// Short, plain, and without as many digits as a telephone, a card or a document has.
    static func isHarmless(_ value: String) -> Bool {
        guard value.utf8.count <= 64, value.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "@") }) else { return false }
        guard !SideEffects.are(in: value) else { return false }
        let groups = value.utf8.split { !(0x30...0x39).contains($0) }.map(\.count)
        // A UUID, a day or a moment has more digits in shorter groups.
        return groups.allSatisfy { $0 <= 8 } && (groups.reduce(0, +) <= 8 || value.contains("-") && value.contains(where: \.isLetter))
    }

    private static let persons: Set<String> = [
        "name", "username", "realname", "fullname", "patientname", "user", "account", "login", "phone", "mobile", "tel", "telephone", "cell", "email",
        "mail",
        "idcard", "idno", "idnumber", "identity", "sfz", "sfzh", "card", "cardno", "cardnumber", "xm", "xingming", "sjh", "dianhua", "openid",
        "unionid",
        "address", "birthday", "birthdate", "birth", "qq", "wechat",
    ]

    private static func namesPerson(_ name: String) -> Bool {
        let words = SideEffects.words(of: name)
        return words.contains(where: persons.contains) || persons.contains(words.joined()) || name.utf8.contains { $0 >= 0x80 }
    }
}
