import AccessLogs
import ArgumentParser
import Findings
import Foundation
import Regulations
import Reporting
import Synchronization

/// `suwen logs --follow`: tells incidents as they are seen.
struct LogsFollower: Sendable {
    let catalogue: Catalogue
    let output: OutputOptions

    /// What happened while lines were written.
    private final class Outcome: Sendable {
        let worst = Mutex<Severity?>(nil)
        let failure = Mutex<(any Error)?>(nil)
    }

    func run(_ subject: LogSubject, now: Date) async throws {
        let outcome = Outcome()
        if let problem = subject.regionProblem { warn(problem) }
        let summary = await subject.analysis(now: now).followAside(
            subject.requests, isWanted: { StandardOutput.isRead }, notice: warn,
            tell: { told in
                outcome.worst.withLock { $0 = max($0 ?? told.incident.severity, told.incident.severity) }
                do {
                    try write(told)
                    return true
                } catch {
                    outcome.failure.withLock { $0 = error }
                    return false
                }
            })
        if let failure = outcome.failure.withLock({ $0 }) { throw failure }
        guard StandardOutput.isRead else { throw Failure.closedPipe }
        try end(summary)
        if let limit = output.failOn, let worst = outcome.worst.withLock({ $0 }), worst >= limit { throw ExitCode(1) }
        if !summary.unexamined.isEmpty { throw ExitCode(3) }
    }

    private func write(_ told: LiveIncident) throws {
        let view = IncidentView(catalogue: catalogue, language: output.language)
        guard output.json else { return try StandardOutput.write(line: view.line(told)) }
        try StandardOutput.write(try LiveIncidentRecord(view.record(told.incident), news: told.news.rawValue, at: Date()).line())
    }

    private func end(_ summary: LiveSummary) throws {
        let language = output.language
        if output.json {
            let record = FollowedRecord(
                from: summary.startedAt, to: summary.endedAt, lines: summary.lines, parsed: summary.lines - summary.unparsed,
                incidents: summary.told, toldAgain: summary.toldAgain, before: summary.before,
                unexamined: summary.unexamined.map { catalogue.wording.text($0, language) })
            return try StandardOutput.write(try record.line())
        }
        let facts: [String: Fact] = [
            "from": .time(summary.startedAt), "to": .time(summary.endedAt), "lines": .count(summary.lines), "unparsed": .count(summary.unparsed),
            "told": .count(summary.told), "again": .count(summary.toldAgain), "before": .count(summary.before),
        ]
        try StandardOutput.write(line: "\n" + catalogue.wording.text(Message("access-logs.follow-summary", facts), language))
        for message in summary.unexamined { try StandardOutput.write(line: "  " + catalogue.wording.text(message, language)) }
    }

    /// To standard error: standard output is for incidents.
    private func warn(_ message: Message) {
        FileHandle.standardError.write(Data("suwen: \(catalogue.wording.text(message, output.language))\n".utf8))
    }
}
