import Findings
import Foundation
import Regulations
import Reporting

/// The assessment in short, for the terminal.
struct AssessmentView {
    let report: Report
    let wording: Wording

    func text(files: [URL]) -> String {
        let language = report.language
        let duties = report.duties.map { duty in
            [duty.id, duty.title, wording.term("verdict.\(duty.verdict.rawValue)", language), duty.citedFindings.first ?? ""]
        }
        let headings = ["duty", "title", "verdict", "cited"].map { wording.columnTitle("view.\($0)", language) }
        let summary = Message(
            "view.summary",
            [
                "persons": .count(report.summary.persons), "critical": .count(report.summary.findings.critical),
                "high": .count(report.summary.findings.high), "medium": .count(report.summary.findings.medium),
                "low": .count(report.summary.findings.low), "new": .count(report.progress.new), "open": .count(report.progress.open),
                "fixed": .count(report.progress.fixed), "accepted": .count(report.progress.accepted),
            ])
        var parts = [TextTable(headings: headings, rows: duties).text(), wording.text(summary, language)]
        let left = report.coverage.flatMap(\.unexamined)
        if !left.isEmpty {
            parts.append(([wording.term("view.unexamined", language)] + left.map { "  \($0.subject): \($0.reason)" }).joined(separator: "\n"))
        }
        parts.append(files.map(\.path).joined(separator: "\n"))
        return parts.joined(separator: "\n\n")
    }
}
