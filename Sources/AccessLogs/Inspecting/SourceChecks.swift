package import Findings

/// Turns what sources came to into the checks' results.
struct SourceChecks {
    private let retentionDays: Int
    private let regionProblem: Message?
    private let hasRules: Bool
    private var judged = 0
    private var findings: [CheckID: [Finding]] = [:]
    /// Sources of which something was not read, so that a check can't pass.
    private var incomplete: [String] = []

    init(retentionDays: Int, regionProblem: Message?, hasRules: Bool) {
        self.hasRules = hasRules
        self.retentionDays = retentionDays
        self.regionProblem = regionProblem
    }

    mutating func add(_ source: SourceReport) {
        if !source.unexamined.isEmpty { incomplete.append(source.name) }
        guard let retention = source.retention else {
            // Readable and empty: nothing is kept, unless the missing part was merely not read.
            if !source.hasUnreadFiles {
                judged += 1
                add(emptyFinding(source))
            }
            return
        }
        judged += 1
        // What a source lacks may lie in files that could not be read: then nothing is said.
        if !source.hasUnreadFiles {
            RetentionFindings.retention(of: source.name, retention, lines: source.lines, files: source.files.count).map { add($0) }
            RetentionFindings.gaps(of: source.name, retention).map { add($0) }
        }
        add(source.incidents)
    }

    /// Attempts that came to nothing are told, and are nobody's gap: every site on the internet is scanned.
    mutating func add(_ incidents: [Incident]) {
        for incident in incidents where incident.succeeded || !incident.kind.isAttempt { add(incident.finding) }
    }

    private mutating func add(_ finding: Finding) { findings[finding.check, default: []].append(finding) }

    var results: [CheckResult] {
        AccessLogInspector.logChecks.map { check in
            if check == AccessLogInspector.ruleCheck, !hasRules {
                return CheckResult(check, .notApplicable(Message("access-logs.no-rules")), examined: 0)
            }
            var reason = incomplete.isEmpty ? nil : Message("access-logs.incomplete", ["sources": .list(incomplete.map { .text($0) })])
            if check == AccessLogInspector.foreignCheck, let regionProblem { reason = regionProblem }
            return .judged(check, examined: judged, findings: findings[check] ?? [], unexamined: reason)
        }
    }

    private func emptyFinding(_ source: SourceReport) -> Finding {
        Finding(
            check: AccessLogInspector.retentionCheck, subject: source.name, asset: source.name,
            facts: ["days": .days(0), "required": .days(retentionDays)],
            evidence: [Message("access-logs.empty", ["files": .count(source.files.count)])])
    }
}

extension Incident {
    /// The incident as a finding of its check. Recognised again by kind, source, and whom it is about.
    package var finding: Finding {
        let discriminator = if case .text(let text) = facts["discriminator"] { text } else { "" }
        let who = [network ?? "", account ?? "", region.name, rule?.id ?? "", discriminator].joined(separator: " ")
        var facts = facts
        facts["discriminator"] = nil
        facts["address"] = network.map { .text($0) } ?? .term("logs.many-addresses")
        facts["account"] = account.map { .text($0) } ?? Fact.none
        facts["region"] = region.fact
        facts["requests"] = .count(requests)
        facts["bytes"] = .bytes(bytes)
        facts["rows"] = .count(rows)
        facts["incident"] = .message(Message("access-logs.incident.\(kind.rawValue)", facts))
        return Finding(
            check: kind.check, subject: source, asset: source, discriminator: "\(kind.rawValue) \(who)", severity: severity, facts: facts,
            evidence: evidence, occurredAt: to)
    }
}
