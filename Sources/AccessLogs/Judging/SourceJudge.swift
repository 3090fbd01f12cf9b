import Estate
import Findings
import Foundation
import Geography

/// Turns what was counted into the four checks' results, source by source.
struct SourceJudge {
    let now: Date
    let retentionDays: Int
    let thresholds: TheftThresholds
    let resolver: RegionResolver?
    let regionProblem: Message?

    private var judged = 0
    private var findings: [CheckID: [Finding]] = [:]
    /// Sources of which something was not read, so that a check can't pass.
    private var incomplete: [String] = []

    init(now: Date, retentionDays: Int, thresholds: TheftThresholds, resolver: RegionResolver?, regionProblem: Message?) {
        self.now = now
        self.retentionDays = retentionDays
        self.thresholds = thresholds
        self.resolver = resolver
        self.regionProblem = regionProblem
    }

    /// Nil when the source has no event that could be read.
    mutating func judge(_ result: SourceResult) -> Retention? {
        if !result.unexamined.isEmpty || !result.tally.isExact { incomplete.append(result.source.name) }
        guard
            let retention = Retention(
                result.tally.timeline, now: now, retentionDays: retentionDays, systemSince: result.source.systemSince)
        else {
            // Readable and empty: nothing is kept, unless the missing part was merely not read.
            if !result.hasUnreadFiles {
                judged += 1
                findings[AccessLogInspector.retentionCheck, default: []].append(emptyFinding(result))
            }
            return nil
        }
        judged += 1
        // What a source lacks may lie in files that could not be read: then nothing is said.
        if !result.hasUnreadFiles {
            if !retention.isMet { findings[AccessLogInspector.retentionCheck, default: []].append(retentionFinding(result, retention)) }
            if !retention.gaps.isEmpty { findings[AccessLogInspector.gapsCheck, default: []].append(gapsFinding(result, retention)) }
        }
        judgeTakers(result)
        return retention
    }

    private mutating func judgeTakers(_ result: SourceResult) {
        let detector = TheftDetector(thresholds: thresholds, resolver: resolver)
        let networks = detector.networks(result.tally.addresses.records)
        for network in networks {
            if detector.isForeignTheft(network) {
                findings[AccessLogInspector.foreignCheck, default: []].append(takerFinding(AccessLogInspector.foreignCheck, network, result))
            }
            if detector.isBulk(network, among: networks) {
                findings[AccessLogInspector.bulkCheck, default: []].append(takerFinding(AccessLogInspector.bulkCheck, network, result))
            }
        }
    }

    var results: [CheckResult] {
        AccessLogInspector.checks.map { check in
            var reason = incomplete.isEmpty ? nil : Message("access-logs.incomplete", ["sources": .list(incomplete.map { .text($0) })])
            if check == AccessLogInspector.foreignCheck, let regionProblem { reason = regionProblem }
            return .judged(check, examined: judged, findings: findings[check] ?? [], unexamined: reason)
        }
    }

    private func emptyFinding(_ result: SourceResult) -> Finding {
        Finding(
            check: AccessLogInspector.retentionCheck, subject: result.source.name, asset: result.source.name,
            facts: ["days": .days(0), "required": .days(retentionDays)],
            evidence: [Message("access-logs.empty", ["files": .count(result.fileNames.count)])])
    }

    private func retentionFinding(_ result: SourceResult, _ retention: Retention) -> Finding {
        Finding(
            check: AccessLogInspector.retentionCheck, subject: result.source.name, asset: result.source.name,
            facts: ["days": .days(retention.days), "required": .days(retention.requiredDays)],
            evidence: [
                Message(
                    "access-logs.span",
                    [
                        "first": .time(retention.first), "last": .time(retention.last), "days": .days(retention.days),
                        "required": .days(retention.requiredDays), "lines": .count(result.lines), "files": .count(result.fileNames.count),
                    ])
            ])
    }

    /// More gaps than a reader can use are counted, not listed.
    private static let listedGaps = 10

    private func gapsFinding(_ result: SourceResult, _ retention: Retention) -> Finding {
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
            check: AccessLogInspector.gapsCheck, subject: result.source.name, asset: result.source.name,
            severity: onlyCollapses ? .medium : nil,
            facts: ["count": .count(retention.gaps.count), "longest": .days(Int(max(1, (longest + 43_200) / 86_400)))], evidence: evidence)
    }

    private func takerFinding(_ check: CheckID, _ network: TakerNetwork, _ result: SourceResult) -> Finding {
        let first = Date(timeIntervalSince1970: TimeInterval(network.first))
        let last = Date(timeIntervalSince1970: TimeInterval(network.last))
        let file = Int(network.leader.file)
        var evidence = [
            Message(
                "access-logs.took",
                [
                    "address": .text(network.masked), "region": network.region.fact, "addresses": .count(network.addresses),
                    "requests": .count(network.requests), "bytes": .bytes(network.bytes), "first": .time(first), "last": .time(last),
                ])
        ]
        if network.steps > 0 {
            evidence.append(
                Message("access-logs.sequential", ["sequential": .count(network.sequential), "share": .share(network.sequentialShare)]))
        }
        evidence.append(
            Message(
                "access-logs.where",
                [
                    "place": .text("\(result.fileNames.indices.contains(file) ? result.fileNames[file] : ""):\(network.leader.line)"),
                    "shape": .text(result.tally.shapes.evidence(network.leader.shape)),
                ]))
        return Finding(
            check: check, subject: result.source.name, asset: result.source.name, discriminator: "\(network.masked) \(network.region.name)",
            facts: [
                "address": .text(network.masked), "region": network.region.fact, "requests": .count(network.requests), "bytes": .bytes(network.bytes),
            ],
            evidence: evidence, occurredAt: last)
    }
}
