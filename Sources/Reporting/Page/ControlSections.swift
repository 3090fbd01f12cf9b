import Findings
import Foundation

/// One line of the rectification plan.
struct PlanRow: Sendable {
    let id: String
    let title: String
    let severity: Badge
    let measure: String
    let owner: String
    let deadline: String

    /// Controls that are not met, the most urgent first.
    static func rows(_ report: Report, _ words: Words) -> [PlanRow] {
        let due = report.controls.filter { $0.verdict == .nonCompliant || $0.verdict == .partial }
        let ordered = due.sorted { left, right in
            if left.severity != right.severity { return left.severity > right.severity }
            if left.deadline != right.deadline { return (left.deadline ?? .distantFuture) < (right.deadline ?? .distantFuture) }
            return left.id < right.id
        }
        return ordered.map { PlanRow($0, words) }
    }

    private init(_ control: Report.Control, _ words: Words) {
        id = PlainText.name(control.id)
        title = PlainText.name(control.title)
        severity = Badge(control.severity, words)
        measure = PlainText.clean(control.remediation)
        owner = control.owner.isEmpty ? words["label.undecided"] : PlainText.name(control.owner)
        deadline = control.deadline.map { words.fact(.day($0)) } ?? words["label.undecided"]
    }
}

/// One line of the table of all controls.
struct ControlRow: Sendable {
    let id: String
    let title: String
    let verdict: Badge
    let severity: Badge
    let clauses: [ClauseRow]
    let clausesLeft: [String]
    /// Why it is not assessed, how many findings it has, what it was attested by.
    let explanation: [String]

    init(_ control: Report.Control, _ words: Words, _ limits: PageLimits) {
        id = PlainText.name(control.id)
        title = PlainText.name(control.title)
        verdict = Badge(control.verdict, words)
        severity = Badge(control.severity, words)
        clauses = control.clauses.prefix(limits.clausesOfControl).map { ClauseRow($0, words) }
        let left = control.clauses.count - clauses.count
        clausesLeft = left > 0 ? [words.sentence("clauses-left", ["count": .count(left)])] : []
        explanation = Self.explanation(control, words)
    }

    private static func explanation(_ control: Report.Control, _ words: Words) -> [String] {
        var lines: [String] = []
        if !control.findings.isEmpty { lines.append(words.sentence("control-findings", ["count": .count(control.findings.count)])) }
        let passed = control.checks.filter { $0.status == "passed" }.count
        if passed > 0 { lines.append(words.sentence("control-passed", ["count": .count(passed)])) }
        if let attestation = control.attestation { lines.append(words.sentence("attested", ["attestation": .text(attestation)])) }
        var seen: Set<String> = []
        // Of a control that is not assessed every reason; of others too, since what was not looked at may hide more.
        for check in control.checks {
            guard let reason = check.reason, seen.insert(reason).inserted else { continue }
            lines.append(words.sentence("unassessed-check", ["check": .text(PlainText.name(check.title)), "reason": .text(reason)]))
        }
        let limit = 4
        if lines.count > limit {
            lines = lines.prefix(limit) + [words.sentence("reasons-left", ["count": .count(lines.count - limit)])]
        }
        return lines
    }
}

/// What one inspector looked at, and what it could not.
struct CoverageSection: Sendable {
    let title: String
    let examined: String
    let unexamined: [Row]
    let isComplete: Bool
    let rowsLeft: [String]

    struct Row: Sendable {
        let subject: String
        let reason: String
    }

    init(_ coverage: Report.Coverage, _ words: Words, _ limits: PageLimits) {
        title = PlainText.name(coverage.title)
        examined = words.sentence(
            "examined", ["examined": .count(coverage.examined), "unexamined": .count(coverage.unexamined.count)])
        unexamined = coverage.unexamined.prefix(limits.coverageRows)
            .map { Row(subject: PlainText.name($0.subject), reason: PlainText.clean($0.reason)) }
        isComplete = coverage.unexamined.isEmpty
        let left = coverage.unexamined.count - unexamined.count
        rowsLeft = left > 0 ? [words.sentence("rows-left", ["count": .count(left)])] : []
    }
}
