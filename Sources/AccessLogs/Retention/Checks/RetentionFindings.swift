package import Findings
import Foundation

/// Puts what a source's retention came to into findings of `access-logs.retention` and `access-logs.gaps`.
package enum RetentionFindings {
    package static let retention: CheckID = "access-logs.retention"
    package static let gaps: CheckID = "access-logs.gaps"
    /// More gaps than a reader can use are counted, not listed.
    private static let listedGaps = 10
    private static let listedFiles = 10

    /// Nil when the log is kept as long as asked.
    package static func retention(of source: String, _ retention: Retention, lines: Int, files: Int) -> Finding? {
        guard !retention.isMet else { return nil }
        // Where days are lost within the period, the days that are left are what is kept.
        let isLoss = retention.shortfalls.contains { $0 != .tooShort && $0 != .outdated }
        let days = isLoss ? retention.coveredDays : retention.days
        var evidence = [
            Message(
                "access-logs.span",
                [
                    "first": .time(retention.first), "last": .time(retention.last), "days": .days(retention.days),
                    "required": .days(retention.requiredDays), "lines": .count(lines), "files": .count(files),
                ])
        ]
        if retention.keptSince > retention.first { evidence.append(Message("access-logs.broken", ["since": .time(retention.keptSince)])) }
        for shortfall in retention.shortfalls {
            switch shortfall {
            case .tooShort, .outdated: break
            case .filesMissing(let names):
                evidence.append(
                    Message(
                        "access-logs.files-missing",
                        ["count": .count(names.count), "files": .list(names.prefix(listedFiles).map(PlainName.fact))]))
            case .silent(let days): evidence.append(Message("access-logs.silent-days", ["days": .days(days)]))
            }
        }
        evidence += notes(retention)
        return Finding(
            check: self.retention, subject: source, asset: source, facts: ["days": .days(days), "required": .days(retention.requiredDays)],
            evidence: evidence)
    }

    /// What a reader should know of how the days were counted, whether the log is kept or not.
    package static func notes(_ retention: Retention) -> [Message] {
        var notes: [Message] = []
        if retention.strays > 0 { notes.append(Message("access-logs.strays", ["events": .count(retention.strays)])) }
        if retention.disbelieved > 0 { notes.append(Message("access-logs.disbelieved", ["events": .count(retention.disbelieved)])) }
        if retention.contradictsSystemSince { notes.append(Message("access-logs.system-since-contradicted", ["first": .time(retention.first)])) }
        return notes
    }

    /// Nil when there are no gaps.
    /// - Parameter clock: what the clocks of the source's files did, if it was watched.
    package static func gaps(of source: String, _ retention: Retention, clock: ClockWatch = ClockWatch()) -> Finding? {
        guard !retention.gaps.isEmpty else { return nil }
        var evidence = retention.gaps.prefix(listedGaps).map(evidence)
        if retention.gaps.count > listedGaps {
            evidence.append(Message("access-logs.more-gaps", ["count": .count(retention.gaps.count - listedGaps)]))
        }
        if let step = clock.steps.first {
            evidence.append(Message("access-logs.clock-set-back", ["count": .count(clock.count), "from": time(step.from), "to": time(step.to)]))
        }
        let onlyCollapses = retention.gaps.allSatisfy { if case .collapse = $0.kind { true } else { false } }
        let longest = retention.gaps.map { $0.to - $0.from }.max() ?? 0
        return Finding(
            check: gaps, subject: source, asset: source, severity: onlyCollapses ? .medium : nil,
            facts: ["count": .count(retention.gaps.count), "longest": .days(Int(max(1, (longest + 43_200) / 86_400)))], evidence: evidence)
    }

    private static func evidence(_ gap: LogGap) -> Message {
        let (from, to) = (time(gap.from), time(gap.to))
        switch gap.kind {
        case .silence where !gap.missingFiles.isEmpty:
            let files = gap.missingFiles.prefix(listedFiles).map(PlainName.fact)
            return Message("access-logs.silence-files", ["from": from, "to": to, "files": .list(Array(files))])
        case .silence: return Message("access-logs.silence", ["from": from, "to": to])
        case .untilNow: return Message("access-logs.ends", ["from": from, "to": to])
        case .collapse(let events, let usual):
            return Message("access-logs.collapse", ["from": from, "to": to, "events": .count(events), "usual": .count(usual)])
        }
    }

    private static func time(_ seconds: Int64) -> Fact { .time(Date(timeIntervalSince1970: TimeInterval(seconds))) }
}
