package import Findings

extension Wording {
    /// What a message would print badly: keys without words, and placeholders without a fact (`key.{name}`). Empty when all is there.
    package func missingKeys(_ message: Message) -> [String] {
        let inner = message.facts.values.flatMap(missingKeys)
        guard let text = messages[message.key] else { return [message.key] + inner }
        return Self.unfilled(text, message.facts, message.key) + inner
    }

    package func missingKeys(_ fact: Fact) -> [String] {
        switch fact {
        case .term(let key): terms[key] == nil ? ["terms.\(key)"] : []
        case .message(let message): missingKeys(message)
        case .list(let facts): facts.flatMap(missingKeys)
        case .text, .count, .share, .bytes, .day, .time, .days, .none: []
        }
    }

    package func missingKeys(_ finding: Finding) -> [String] {
        let inner = finding.evidence.flatMap(missingKeys) + finding.facts.values.flatMap(missingKeys)
        guard let check = checks[finding.check] else { return ["checks.\(finding.check.rawValue)"] + inner }
        let facts = Self.facts(finding)
        return Self.unfilled(check.finding, facts, finding.check.rawValue) + Self.unfilled(check.remediation, facts, finding.check.rawValue) + inner
    }

    package func missingKeys(_ exhibit: Exhibit) -> [String] {
        (exhibits[exhibit.id] == nil ? ["exhibits.\(exhibit.id)"] : [])
            + exhibit.columns.filter { columns[$0] == nil }.map { "columns.\($0)" } + exhibit.rows.joined().flatMap(missingKeys)
    }

    package func missingKeys(_ inspection: Inspection) -> [String] {
        inspection.checks.flatMap { result -> [String] in
            var missing = result.findings.flatMap(missingKeys)
            if wording(of: result.check) == nil { missing.append("checks.\(result.check.rawValue)") }
            switch result.outcome {
            case .notAssessed(let reason), .notApplicable(let reason): missing += missingKeys(reason)
            case .passed, .failed: break
            }
            return missing
        } + inspection.unexamined.flatMap { missingKeys($0.reason) } + inspection.exhibits.flatMap(missingKeys)
    }

    private func wording(of check: CheckID) -> CheckDefinition? { checks[check] }

    private static func unfilled(_ text: LocalizedText, _ facts: [String: Fact], _ key: String) -> [String] {
        let wanted = Template(text.zh).placeholders.union(Template(text.en).placeholders)
        return wanted.filter { facts[$0] == nil }.sorted().map { "\(key).{\($0)}" }
    }
}
