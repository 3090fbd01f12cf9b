import Findings
import Foundation

/// Findings of one check, one severity and the same controls: they share clauses, owner and deadline, and are shown under one heading.
struct GapGroup: Sendable {
    let title: String
    let severity: Badge
    let gapItems: [GapItem]
    let clauses: [ClauseRow]
    /// How many clauses are not shown: no or one sentence.
    let clausesLeft: [String]
    let controlList: String
    let owner: String
    let deadline: String

    /// New and open findings, worst first, as many as the limits allow, and a sentence about the rest.
    static func groups(_ report: Report, _ words: Words, _ limits: PageLimits) -> ([GapGroup], [String]) {
        let findings = report.findings.filter { $0.status == .new || $0.status == .open }
        let ordered = Severity.allCases.reversed().flatMap { severity in findings.filter { $0.severity == severity } }
        let shown = ordered.prefix(limits.findings)
        var groups: [Key: [Report.Finding]] = [:]
        var order: [Key] = []
        for finding in shown {
            let key = Key(severity: finding.severity, check: finding.check, controls: finding.controls)
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(finding)
        }
        let controls = Dictionary(report.controls.map { ($0.id, $0) }) { first, _ in first }
        let left = ordered.count - shown.count
        return (
            order.map { GapGroup($0, groups[$0] ?? [], controls, words, limits) },
            left > 0 ? [words.sentence("findings-left", ["count": .count(left)])] : []
        )
    }

    private struct Key: Hashable {
        let severity: Severity
        let check: String
        let controls: [String]
    }

    private init(_ key: Key, _ findings: [Report.Finding], _ byID: [String: Report.Control], _ words: Words, _ limits: PageLimits) {
        let own = key.controls.compactMap { byID[$0] }
        let first = findings.first?.title ?? key.check
        title =
            findings.count > 1
            ? words.sentence("gap-group", ["title": .text(PlainText.name(first)), "count": .count(findings.count)]) : PlainText.name(first)
        severity = Badge(key.severity, words)
        gapItems = findings.map { GapItem($0, isAlone: findings.count == 1, words) }
        controlList = own.isEmpty ? words["label.none"] : PlainText.clean(key.controls.joined(separator: " "))
        var seen: Set<String> = []
        // What is verified stands first: it is what an inspector can rely on.
        let cited = own.flatMap(\.clauses).filter { seen.insert($0.citation).inserted }
        let clauses = cited.filter { $0.status == "verified" } + cited.filter { $0.status != "verified" }
        self.clauses = clauses.prefix(limits.clauses).map { ClauseRow($0, words) }
        let left = clauses.count - self.clauses.count
        clausesLeft = left > 0 ? [words.sentence("clauses-left", ["count": .count(left)])] : []
        owner = Self.owner(own, words)
        deadline = own.compactMap(\.deadline).min().map { words.fact(.day($0)) } ?? words["label.undecided"]
    }

    private static func owner(_ controls: [Report.Control], _ words: Words) -> String {
        var seen: Set<String> = []
        let owners = controls.map(\.owner).filter { !$0.isEmpty && seen.insert($0).inserted }
        return owners.isEmpty ? words["label.undecided"] : words.list(owners.map(PlainText.name))
    }
}

/// One finding under its group's heading.
struct GapItem: Sendable {
    let fingerprint: String
    let itemTitle: [String]
    let status: Badge
    let asset: String
    let evidence: [String]
    let remediation: String
    let occurred: [String]
    let firstSeen: [String]

    /// - Parameter isAlone: the group's heading is its title already.
    init(_ finding: Report.Finding, isAlone: Bool, _ words: Words) {
        fingerprint = PlainText.name(finding.fingerprint)
        itemTitle = isAlone ? [] : [PlainText.name(finding.title)]
        status = Badge(finding.status, words)
        asset = PlainText.name(finding.asset)
        evidence = finding.evidence.map(PlainText.clean)
        remediation = PlainText.clean(finding.remediation)
        occurred = finding.occurredAt.map { [words.fact(.time($0))] } ?? []
        firstSeen = finding.firstSeen.map { [words.fact(.day($0))] } ?? []
    }
}

/// A finding that needs no work any more, or not now.
struct SettledRow: Sendable {
    let status: Badge
    let title: String
    let asset: String
    let remark: String
    let fingerprint: String

    init(_ finding: Report.Finding, _ words: Words) {
        status = Badge(finding.status, words)
        title = PlainText.name(finding.title)
        asset = PlainText.name(finding.asset)
        remark = PlainText.clean(finding.acceptance ?? "")
        fingerprint = PlainText.name(finding.fingerprint)
    }
}
