/// Reads one document into a rule or a correlation.
enum RuleReader {
    enum Document {
        case rule(SigmaRule)
        case correlation(CorrelationDraft)
    }

    /// - Parameter seen: gets the title and id as soon as they are known, for the message of a rejection.
    static func read(_ node: SigmaNode, file: String, _ seen: inout SigmaRuleInfo) throws(SigmaRejection) -> Document {
        guard let root = SigmaSection(node) else { throw SigmaRejection(.invalidStructure, "no mapping", line: node.line) }
        seen = info(root, file)
        if root.has("filter") { throw SigmaRejection(.documentKind, "filter", line: root.line) }
        if root.has("action") { throw SigmaRejection(.documentKind, "action: \(root.text("action") ?? "")", line: root.line) }
        guard root.has("detection") || root.has("correlation") else {
            throw SigmaRejection(.notARule, "no detection, no correlation", line: root.line)
        }
        if let taxonomy = root.text("taxonomy"), taxonomy.lowercased() != "sigma" {
            throw SigmaRejection(.taxonomy, taxonomy, line: root["taxonomy"]?.line ?? root.line)
        }
        if seen.status == "unsupported" { throw SigmaRejection(.status, "unsupported", line: root["status"]?.line ?? root.line) }
        if let level = root.text("level"), seen.level == nil {
            throw SigmaRejection(.invalidStructure, "level: \(level)", line: root["level"]?.line ?? root.line)
        }
        guard !seen.title.isEmpty else { throw SigmaRejection(.missingTitle, line: root.line) }
        if let correlation = root["correlation"] {
            guard !root.has("detection") else {
                throw SigmaRejection(.invalidStructure, "detection and correlation in one document", line: root.line)
            }
            return .correlation(try CorrelationDraft(correlation, seen, generates: root["generate"]))
        }
        return .rule(SigmaRule(info: seen, logSource: try logSource(root), expression: try detection(root)))
    }

    private static func info(_ root: SigmaSection, _ file: String) -> SigmaRuleInfo {
        var info = SigmaRuleInfo()
        info.id = root.text("id", limit: 100) ?? ""
        info.name = root.text("name")
        info.title = root.text("title") ?? ""
        info.author = root.text("author", limit: 512) ?? ""
        info.level = root.text("level").flatMap { SigmaLevel(rawValue: $0.lowercased()) }
        info.status = root.text("status")?.lowercased()
        info.tags = root.texts("tags")
        info.references = root.texts("references", limit: 1_000)
        info.file = file
        info.line = root.members.first?.key.line ?? root.line
        return info
    }

    private static func logSource(_ root: SigmaSection) throws(SigmaRejection) -> SigmaLogSource {
        guard let node = root["logsource"], let section = SigmaSection(node) else { throw SigmaRejection(.missingLogSource, line: root.line) }
        let source = SigmaLogSource(
            category: section.text("category")?.lowercased(), product: section.text("product")?.lowercased(),
            service: section.text("service")?.lowercased())
        guard source.category != nil || source.product != nil || source.service != nil else {
            throw SigmaRejection(.missingLogSource, "neither category nor product nor service", line: node.line)
        }
        return source
    }

    private static func detection(_ root: SigmaSection) throws(SigmaRejection) -> SigmaExpression {
        guard let node = root["detection"], let section = SigmaSection(node) else { throw SigmaRejection(.missingDetection, line: root.line) }
        guard let condition = section["condition"] else { throw SigmaRejection(.condition, "missing", line: node.line) }
        guard section.members.count <= SigmaLimits.identifiers else {
            throw SigmaRejection(.value, "more than \(SigmaLimits.identifiers) search identifiers", line: node.line)
        }
        var reader = DetectionReader()
        var identifiers: [(name: String, expression: SigmaExpression)] = []
        var failure: SigmaRejection?
        for (key, value) in section.members where key.text != "condition" {
            do {
                identifiers.append((key.text, try reader.read(value, name: key.text)))
            } catch {
                failure = failure ?? error
            }
        }
        // An aggregation is the better reason: it can't be mended value by value.
        let texts = conditions(condition)
        guard !texts.isEmpty else { throw SigmaRejection(.condition, "no text", line: condition.line) }
        var parts: [SigmaExpression] = []
        for text in texts {
            do {
                parts.append(try ConditionParser.parse(text.text, line: text.line, identifiers: identifiers))
            } catch {
                guard error.reason != .aggregation else { throw error }
                throw failure ?? error
            }
        }
        // Of an old aggregation, too, even where its condition no longer has one.
        if let timeframe = section["timeframe"] { throw SigmaRejection(.aggregation, "timeframe", line: timeframe.line) }
        if let failure { throw failure }
        // A list of conditions: one suffices.
        return parts.count == 1 ? parts[0] : .or(parts)
    }

    private static func conditions(_ node: SigmaNode) -> [SigmaNode.Scalar] {
        switch node {
        case .scalar(let scalar): return [scalar]
        case .list(let values, _):
            let texts = values.compactMap { value in if case .scalar(let scalar) = value { scalar } else { nil } }
            return texts.count == values.count ? texts : []
        case .map: return []
        }
    }
}
