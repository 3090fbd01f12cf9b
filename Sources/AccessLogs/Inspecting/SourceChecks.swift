package import Findings
import Foundation

/// Turns what sources came to into the checks' results.
struct SourceChecks {
    private let retentionDays: Int
    private let regionProblem: Message?
    private var judged = 0
    private var findings: [CheckID: [Finding]] = [:]
    /// Sources of which something was not read, so that a check can't pass.
    private var incomplete: [String] = []

    init(retentionDays: Int, regionProblem: Message?) {
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
            if !retention.isMet { add(retentionFinding(source, retention)) }
            if !retention.gaps.isEmpty { add(gapsFinding(source, retention)) }
        }
        add(source.incidents)
    }

    mutating func add(_ incidents: [Incident]) {
        for incident in incidents { add(incident.finding) }
    }

    private mutating func add(_ finding: Finding) { findings[finding.check, default: []].append(finding) }

    var results: [CheckResult] {
        AccessLogInspector.checks.map { check in
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

    private func retentionFinding(_ source: SourceReport, _ retention: Retention) -> Finding {
        Finding(
            check: AccessLogInspector.retentionCheck, subject: source.name, asset: source.name,
            facts: ["days": .days(retention.days), "required": .days(retention.requiredDays)],
            evidence: [
                Message(
                    "access-logs.span",
                    [
                        "first": .time(retention.first), "last": .time(retention.last), "days": .days(retention.days),
                        "required": .days(retention.requiredDays), "lines": .count(source.lines), "files": .count(source.files.count),
                    ])
            ])
    }

    /// More gaps than a reader can use are counted, not listed.
    private static let listedGaps = 10

    private func gapsFinding(_ source: SourceReport, _ retention: Retention) -> Finding {
        var evidence = retention.gaps.prefix(Self.listedGaps).map { gap in
            let from = Fact.time(Date(timeIntervalSince1970: TimeInterval(gap.from)))
            let to = Fact.time(Date(timeIntervalSince1970: TimeInterval(gap.to)))
            return switch gap.kind {
            case .silence: Message("access-logs.silence", ["from": from, "to": to])
            case .untilNow: Message("access-logs.ends", ["from": from, "to": to])
            case .collapse(let events, let usual):
                Message("access-logs.collapse", ["from": from, "to": to, "events": .count(events), "usual": .count(usual)])
            }
        }
        if retention.gaps.count > Self.listedGaps {
            evidence.append(Message("access-logs.more-gaps", ["count": .count(retention.gaps.count - Self.listedGaps)]))
        }
        let onlyCollapses = retention.gaps.allSatisfy { if case .collapse = $0.kind { true } else { false } }
        let longest = retention.gaps.map { $0.to - $0.from }.max() ?? 0
        return Finding(
            check: AccessLogInspector.gapsCheck, subject: source.name, asset: source.name,
            severity: onlyCollapses ? .medium : nil,
            facts: ["count": .count(retention.gaps.count), "longest": .days(Int(max(1, (longest + 43_200) / 86_400)))], evidence: evidence)
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
