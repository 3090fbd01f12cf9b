import Yams

/// Turns the tree of a rules file into rules, and collects every error with its line and key.
struct RulesReader {
    let file: String
    private(set) var errors: [RulesError] = []

    init(file: String) { self.file = file }

    mutating func rules(_ root: Node) -> DiscoveryRules {
        var rules = DiscoveryRules()
        for (name, value) in fields(root, "", ["terms", "kinds", "suppressions"]) {
            switch name {
            case "terms": readTerms(value, into: &rules)
            case "kinds": rules.kinds = readKinds(value)
            default:
                rules.suppressions = elements(value, name).compactMap { suppression($0.node, $0.key) }
            }
        }
        return rules
    }

    // MARK: Terms

    private mutating func readTerms(_ node: Node, into rules: inout DiscoveryRules) {
        for (name, value) in fields(node, "terms", ["columns", "surnames", "diseases", "drugs"]) {
            let key = "terms.\(name)"
            guard name != "columns" else {
                rules.columnWords = columnWords(value)
                continue
            }
            let list = words(value, key)
            let words = WordSet(list.map { $0.unicodeScalars.map(\.value) })
            rules.hasTerms = true
            switch name {
            case "surnames": rules.surnames = words
            case "diseases":
                rules.diseases = words
                rules.textTerms[.diagnosis] = list
            default:
                rules.drugs = words
                rules.textTerms[.drug] = list
            }
        }
    }

    private mutating func columnWords(_ node: Node) -> [String: DataKind] {
        var result: [String: DataKind] = [:]
        for (name, value) in fields(node, "terms.columns", DataKind.allCases.map(\.rawValue)) {
            for word in words(value, "terms.columns.\(name)") {
                let joined = word.lowercased().filter { $0.isLetter || $0.isNumber }
                if joined.isEmpty { fail(value, "terms.columns.\(name)", "\"\(word)\" has neither letters nor digits") }
                result[joined] = DataKind(rawValue: name)
            }
        }
        return result
    }

    private mutating func words(_ node: Node, _ key: String) -> [String] {
        elements(node, key).compactMap { entry in
            guard let word = text(entry.node, entry.key) else { return nil }
            if word.count > 64 { fail(entry.node, entry.key, "is longer than 64 characters") }
            return word
        }
    }

    // MARK: Kinds

    private static let kindLimit = 32
    private static let kindFields = ["id", "title", "pattern", "validator", "context", "minimumShare", "level", "category"]

    private mutating func readKinds(_ node: Node) -> [CustomKind] {
        let entries = elements(node, "kinds")
        if entries.count > Self.kindLimit { fail(node, "kinds", "has more than \(Self.kindLimit) kinds; put some of them together") }
        var ids: Set<String> = []
        return entries.compactMap { entry in
            guard let kind = kind(entry.node, entry.key) else { return nil }
            if DataKind(rawValue: kind.id) != nil { fail(entry.node, "\(entry.key).id", "\(kind.id) is a built-in kind; choose another id") }
            if !ids.insert(kind.id).inserted { fail(entry.node, "\(entry.key).id", "\(kind.id) is taken already; choose another id") }
            return kind
        }
    }

    private mutating func kind(_ node: Node, _ key: String) -> CustomKind? {
        let fields = Dictionary(fields(node, key, Self.kindFields).map { ($0.name, $0.value) }) { first, _ in first }
        for required in ["id", "pattern"] where fields[required] == nil { fail(node, "\(key).\(required)", "is missing") }
        guard let id = fields["id"].flatMap({ text($0, "\(key).id") }), let source = fields["pattern"] else { return nil }
        guard let pattern = pattern(source, "\(key).pattern") else { return nil }
        return CustomKind(
            id: id, title: fields["title"].flatMap { text($0, "\(key).title") } ?? id, level: fields["level"].map { level($0, "\(key).level") } ?? 3,
            category: fields["category"].flatMap { text($0, "\(key).category") }, pattern: pattern,
            validator: fields["validator"].map { validator($0, "\(key).validator") } ?? .none,
            context: fields["context"].map { words($0, "\(key).context").map { $0.lowercased() } } ?? [],
            minimumShare: fields["minimumShare"].map { share($0, "\(key).minimumShare") } ?? 0.5)
    }

    private mutating func pattern(_ node: Node, _ key: String) -> RulePattern? {
        guard let source = text(node, key) else { return nil }
        do {
            return try RulePattern(source)
        } catch {
            switch error {
            case .syntax: fail(node, key, "is no regular expression; write backslashes in single quotes: '\\d{10}'")
            case .slow:
                fail(
                    node, key,
                    "could take more than a million steps on one value; give repetitions a bound ({1,20}), and don't repeat groups that vary")
            }
            return nil
        }
    }

    private mutating func validator(_ node: Node, _ key: String) -> CustomKind.Validator {
        let choices = CustomKind.Validator.allCases.map(\.rawValue)
        guard let name = text(node, key) else { return .none }
        if let validator = CustomKind.Validator(rawValue: name) { return validator }
        fail(node, key, "expected one of \(choices.joined(separator: ", "))")
        return .none
    }

    private mutating func level(_ node: Node, _ key: String) -> Int {
        guard let level = node.int, (1...5).contains(level) else {
            fail(node, key, "expected a level from 1 to 5")
            return 3
        }
        return level
    }

    private mutating func share(_ node: Node, _ key: String) -> Double {
        guard let share = node.float ?? node.int.map(Double.init), share > 0, share <= 1 else {
            fail(node, key, "expected a share above 0, up to 1")
            return 0.5
        }
        return share
    }

    // MARK: Suppressions

    private mutating func suppression(_ node: Node, _ key: String) -> Suppression? {
        let fields = Dictionary(fields(node, key, ["store", "table", "column", "values"]).map { ($0.name, $0.value) }) { first, _ in first }
        let store = fields["store"].flatMap { text($0, "\(key).store") }
        let table = fields["table"].flatMap { text($0, "\(key).table") }
        let column = fields["column"].flatMap { text($0, "\(key).column") }
        let values = fields["values"].flatMap { pattern($0, "\(key).values") }
        guard !fields.isEmpty else {
            fail(node, key, "says nothing; give store, table or column as globs, or a pattern of values")
            return nil
        }
        if values != nil, store != nil || table != nil || column != nil {
            fail(node, key, "a pattern of values holds for all columns; make two entries of it")
        }
        return Suppression(store: store, table: table, column: column, values: values)
    }

    // MARK: Nodes

    private mutating func fields(_ node: Node, _ key: String, _ known: [String]) -> [(name: String, value: Node)] {
        guard let mapping = node.mapping else {
            fail(node, key, "expected keys with values")
            return []
        }
        return mapping.compactMap { name, value in
            let text = name.string ?? ""
            guard known.contains(text) else {
                let hint = known.count > 12 ? "see the kinds that `suwen discover --json` prints" : "expected one of \(known.joined(separator: ", "))"
                fail(name, key.isEmpty ? text : "\(key).\(text)", "unknown key; \(hint)")
                return nil
            }
            return (text, value)
        }
    }

    private mutating func elements(_ node: Node, _ key: String) -> [(node: Node, key: String)] {
        guard let sequence = node.sequence else {
            fail(node, key, "expected a list (lines that begin with '- ')")
            return []
        }
        return sequence.enumerated().map { ($0.element, "\(key)[\($0.offset)]") }
    }

    private mutating func text(_ node: Node, _ key: String) -> String? {
        guard let text = node.scalar?.string, !text.isEmpty else {
            fail(node, key, "expected text")
            return nil
        }
        return text
    }

    private mutating func fail(_ node: Node, _ key: String, _ problem: String) {
        errors.append(RulesError(file: file, line: node.mark?.line, key: key, problem: problem))
    }
}
