/// A correlation as its document writes it: what it refers to is looked up when all files are read.
struct CorrelationDraft {
    var info: SigmaRuleInfo
    var kind: SigmaCorrelation.Kind
    var references: [SigmaNode.Scalar]
    var groupBy: [String]
    var timespan: Int64
    var condition: SigmaCorrelationCondition
    var fields: [String]
    var aliases: [String: [String: String]]
    var generates: Bool
    var line: Int

    private static let keys: Set<String> = ["type", "rules", "group-by", "timespan", "timeframe", "condition", "aliases", "generate", "field"]

    init(_ node: SigmaNode, _ info: SigmaRuleInfo, generates: SigmaNode?) throws(SigmaRejection) {
        guard let section = SigmaSection(node) else { throw SigmaRejection(.invalidStructure, "correlation is no mapping", line: node.line) }
        self.info = info
        line = node.line
        let type = section.text("type") ?? ""
        guard let kind = SigmaCorrelation.Kind(rawValue: type) else {
            throw SigmaRejection(.correlationType, type, line: section["type"]?.line ?? node.line)
        }
        self.kind = kind
        for member in section.members where !CorrelationDraft.keys.contains(member.key.text) {
            throw SigmaRejection(.correlationKey, member.key.text, line: member.key.line)
        }
        references = try CorrelationDraft.references(section)
        groupBy = section.texts("group-by")
        guard groupBy.count <= SigmaLimits.groupFields else {
            throw SigmaRejection(
                .correlationKey, "group-by: more than \(SigmaLimits.groupFields) fields", line: section["group-by"]?.line ?? node.line)
        }
        timespan = try CorrelationDraft.timespan(section)
        (condition, fields) = try CorrelationDraft.condition(section, kind, references.count)
        aliases = try CorrelationDraft.aliases(section)
        // Old documents have it inside.
        let outside = try CorrelationDraft.boolean(generates)
        let inside = try CorrelationDraft.boolean(section["generate"])
        self.generates = outside ?? inside ?? false
    }

    private static func boolean(_ node: SigmaNode?) throws(SigmaRejection) -> Bool? {
        guard let node else { return nil }
        guard case .scalar(let scalar) = node, let value = scalar.boolean else { throw SigmaRejection(.correlationKey, "generate", line: node.line) }
        return value
    }

    private static func references(_ section: SigmaSection) throws(SigmaRejection) -> [SigmaNode.Scalar] {
        guard let node = section["rules"] else { throw SigmaRejection(.correlationReference, "no rules", line: section.line) }
        var found: [SigmaNode.Scalar] = []
        switch node {
        case .scalar(let scalar): found = [scalar]
        case .list(let values, _):
            for case .scalar(let scalar) in values { found.append(scalar) }
            guard found.count == values.count else { throw SigmaRejection(.correlationReference, "rules: no text", line: node.line) }
        case .map: throw SigmaRejection(.correlationReference, "rules: a map", line: node.line)
        }
        guard !found.isEmpty, found.count <= SigmaLimits.references else {
            throw SigmaRejection(.correlationReference, "rules: \(found.count) of at most \(SigmaLimits.references)", line: node.line)
        }
        guard Set(found.map(\.text)).count == found.count else {
            throw SigmaRejection(.correlationReference, "rules: one stands twice", line: node.line)
        }
        return found
    }

    private static func timespan(_ section: SigmaSection) throws(SigmaRejection) -> Int64 {
        // The specification's first drafts said timeframe.
        let node = section["timespan"] ?? section["timeframe"]
        guard case .scalar(let scalar) = node else { throw SigmaRejection(.correlationKey, "timespan is missing", line: section.line) }
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        guard let unit = scalar.text.last.flatMap({ units[$0] }), let number = Int64(scalar.text.dropLast()), number > 0 else {
            throw SigmaRejection(.correlationKey, "timespan: \(scalar.text)", line: scalar.line)
        }
        let (seconds, overflow) = number.multipliedReportingOverflow(by: unit)
        guard !overflow, seconds <= SigmaLimits.timespan else { throw SigmaRejection(.correlationKey, "timespan: \(scalar.text)", line: scalar.line) }
        return seconds
    }

    private static func condition(
        _ section: SigmaSection, _ kind: SigmaCorrelation.Kind, _ rules: Int
    ) throws(SigmaRejection) -> (SigmaCorrelationCondition, [String]) {
        let isTemporal = kind == .temporal || kind == .temporalOrdered
        let all = SigmaCorrelationCondition(terms: [.init(comparison: .gte, number: Int64(rules))])
        guard let node = section["condition"] else {
            guard isTemporal else { throw SigmaRejection(.condition, "missing", line: section.line) }
            return (all, [])
        }
        guard let map = SigmaSection(node) else { throw SigmaRejection(.condition, "of a correlation: not a map", line: node.line) }
        var terms: [SigmaCorrelationCondition.Term] = []
        for (key, value) in map.members where key.text != "field" {
            guard let comparison = SigmaCorrelationCondition.Comparison(rawValue: key.text) else {
                throw SigmaRejection(.condition, key.text, line: key.line)
            }
            guard case .scalar(let scalar) = value, let number = scalar.integer else {
                throw SigmaRejection(.condition, "\(key.text) takes an integer", line: value.line)
            }
            terms.append(.init(comparison: comparison, number: number))
        }
        guard !terms.isEmpty else { throw SigmaRejection(.condition, "without gt, gte, lt, lte, eq, neq", line: node.line) }
        let condition = SigmaCorrelationCondition(terms: terms)
        var fields = map.texts("field")
        if fields.isEmpty { fields = section.texts("field") }
        switch kind {
        case .valueCount:
            guard !fields.isEmpty, fields.count <= SigmaLimits.groupFields else {
                throw SigmaRejection(.condition, "value_count without field", line: node.line)
            }
        case .valueSum:
            guard fields.count == 1 else { throw SigmaRejection(.condition, "value_sum takes one field", line: node.line) }
        case .eventCount, .temporal, .temporalOrdered:
            guard fields.isEmpty else { throw SigmaRejection(.condition, "field with \(kind.rawValue)", line: node.line) }
        }
        if isTemporal {
            guard condition.isGrowing, condition.least <= rules else {
                throw SigmaRejection(.condition, "of \(kind.rawValue): only gt and gte up to the number of rules", line: node.line)
            }
        }
        if kind == .temporalOrdered, condition.least < rules {
            throw SigmaRejection(.condition, "of temporal_ordered: fewer than all rules", line: node.line)
        }
        return (condition, fields)
    }

    private static func aliases(_ section: SigmaSection) throws(SigmaRejection) -> [String: [String: String]] {
        guard let node = section["aliases"] else { return [:] }
        guard let map = SigmaSection(node), map.members.count <= 100 else { throw SigmaRejection(.correlationKey, "aliases", line: node.line) }
        var aliases: [String: [String: String]] = [:]
        for (name, value) in map.members {
            guard let fields = SigmaSection(value), fields.members.count <= SigmaLimits.references else {
                throw SigmaRejection(.correlationKey, "aliases: \(name.text)", line: value.line)
            }
            for (rule, field) in fields.members {
                guard case .scalar(let scalar) = field, !scalar.text.isEmpty else {
                    throw SigmaRejection(.correlationKey, "aliases: \(name.text): \(rule.text)", line: field.line)
                }
                aliases[name.text, default: [:]][rule.text] = scalar.text
            }
        }
        return aliases
    }
}
