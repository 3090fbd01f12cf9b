import Findings
import Foundation
import Regulations
import Reporting

/// One inspection for people and for programs.
struct InspectionView {
    let inspection: Inspection
    let catalogue: Catalogue
    let language: Language
    /// Which controls and clauses bind the organisation; without one, what binds everybody.
    var profile = Profile()
    private var wording: Wording { catalogue.wording }

    func text() -> String {
        var parts: [String] = []
        for exhibit in inspection.exhibits where !exhibit.rows.isEmpty {
            let table = TextTable(
                headings: exhibit.columns.map { wording.columnTitle($0, language) },
                rows: exhibit.rows.prefix(Self.rowLimit).map { $0.map { wording.render($0, language) } })
            let more = exhibit.rows.count > Self.rowLimit ? "\n… +\(exhibit.rows.count - Self.rowLimit)" : ""
            parts.append("\(wording.exhibitTitle(exhibit.id, language))\n\n\(table.text())\(more)")
        }
        parts.append(checks())
        let findings = inspection.checks.flatMap(\.findings).sorted { catalogue.severity(of: $0) > catalogue.severity(of: $1) }
        parts += findings.map(describe)
        if !inspection.unexamined.isEmpty {
            let lines = inspection.unexamined.map { "  \($0.subject): \(wording.text($0.reason, language))" }
            parts.append(([wording.term("view.unexamined", language)] + lines).joined(separator: "\n"))
        }
        return parts.joined(separator: "\n\n")
    }

    private static let rowLimit = 200

    private func checks() -> String {
        let rows = inspection.checks.map { result in
            let (status, reason) = Self.status(result.outcome)
            return [
                result.check.rawValue, wording.term("check.\(status)", language), wording.render(.count(result.examined), language),
                reason.map { wording.text($0, language) } ?? explanation(result),
            ]
        }
        let headings = ["check", "status", "examined", "explanation"].map { wording.columnTitle("view.\($0)", language) }
        return TextTable(headings: headings, rows: rows).text()
    }

    /// What was demanded and, where it isn't so, how often not.
    private func explanation(_ result: CheckResult) -> String {
        let title = wording.checkTitle(result.check, language)
        guard !result.findings.isEmpty else { return title }
        return wording.text(Message("view.failed", ["count": .count(result.findings.count), "title": .text(title)]), language)
    }

    private func describe(_ finding: Finding) -> String {
        let severity = wording.term("severity.\(catalogue.severity(of: finding).rawValue)", language)
        let head = "[\(severity)] \(wording.findingTitle(finding, language))  (\(finding.fingerprint.prefix(8)))"
        let controls = catalogue.controls(restingOn: finding.check).filter { $0.appliesWhen.holds(for: profile) }.map(\.id)
        let basis = controls + (catalogue.check(finding.check)?.attack.map { "ATT&CK \($0)" } ?? [])
        return
            ([head] + finding.evidence.map { "    · \(wording.text($0, language))" } + ["    → \(wording.remediation(finding, language))"]
            + (basis.isEmpty ? [] : ["    \(wording.columnTitle("view.basis", language)): \(basis.joined(separator: "  "))"]))
            .joined(separator: "\n")
    }

    func json(schema: String, at now: Date) throws -> [String: Any] {
        var bases = CheckBases(catalogue, profile: profile, on: now)
        let findings = inspection.checks.flatMap(\.findings).map { FindingRecord($0, &bases, language) }
        var document: [String: Any] = [
            "schema": schema, "assessedAt": now.ISO8601Format(),
            "checks": try objects(inspection.checks.map { CheckRecord($0, wording, language) }), "findings": try objects(findings),
            "exhibits": inspection.exhibits.map { exhibit in
                let rows = exhibit.rows.map { row in Dictionary(uniqueKeysWithValues: zip(exhibit.columns, row).map { ($0, $1.jsonValue) }) }
                return ["id": exhibit.id, "title": wording.exhibitTitle(exhibit.id, language), "rows": rows] as [String: Any]
            },
            "coverage": [
                "examined": inspection.examined.count,
                "unexamined": try objects(inspection.unexamined.map { UnexaminedRecord($0, wording, language) }),
            ] as [String: Any],
        ]
        document["persons"] = inspection.persons
        return document
    }

    private func objects(_ records: [some Encodable]) throws -> Any { try JSONSerialization.jsonObject(with: JSONEncoder().encode(records)) }

    private static func status(_ outcome: CheckResult.Outcome) -> (String, Message?) {
        switch outcome {
        case .passed: ("passed", nil)
        case .failed: ("failed", nil)
        case .notAssessed(let reason): ("notAssessed", reason)
        case .notApplicable(let reason): ("notApplicable", reason)
        }
    }
}

extension Fact {
    /// The bare value: numbers as numbers, times in ISO 8601, terms by the last part of their key.
    fileprivate var jsonValue: Any {
        switch self {
        case .text(let text): text
        case .count(let number), .bytes(let number), .days(let number): number
        case .share(let share): share
        case .day(let date), .time(let date): date.ISO8601Format()
        case .term(let key): key.split(separator: ".").last.map(String.init) ?? key
        case .message(let message): message.key
        case .list(let facts): facts.map(\.jsonValue)
        case .none: NSNull()
        }
    }
}
