import Findings
import Foundation
import Regulations

/// One inspection for people and for programs.
struct InspectionView {
    let inspection: Inspection
    let catalogue: Catalogue
    let language: Language
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
                reason.map { wording.text($0, language) } ?? wording.checkTitle(result.check, language),
            ]
        }
        let headings = ["check", "status", "examined", "explanation"].map { wording.columnTitle("view.\($0)", language) }
        return TextTable(headings: headings, rows: rows).text()
    }

    private func describe(_ finding: Finding) -> String {
        let severity = wording.term("severity.\(catalogue.severity(of: finding).rawValue)", language)
        let head = "[\(severity)] \(wording.findingTitle(finding, language))  (\(finding.fingerprint.prefix(8)))"
        return ([head] + finding.evidence.map { "    · \(wording.text($0, language))" } + ["    → \(wording.remediation(finding, language))"])
            .joined(separator: "\n")
    }

    func json(schema: String, at now: Date) -> [String: Any] {
        var document: [String: Any] = [
            "schema": schema, "assessedAt": now.ISO8601Format(),
            "checks": inspection.checks.map { result in
                let (status, reason) = Self.status(result.outcome)
                var item: [String: Any] = [
                    "id": result.check.rawValue, "title": wording.checkTitle(result.check, language), "status": status, "examined": result.examined,
                ]
                item["reason"] = reason.map { wording.text($0, language) }
                return item
            },
            "findings": inspection.checks.flatMap(\.findings).map(json),
            "exhibits": inspection.exhibits.map { exhibit in
                let rows = exhibit.rows.map { row in Dictionary(uniqueKeysWithValues: zip(exhibit.columns, row).map { ($0, $1.jsonValue) }) }
                return ["id": exhibit.id, "title": wording.exhibitTitle(exhibit.id, language), "rows": rows] as [String: Any]
            },
            "coverage": [
                "examined": inspection.examined.count,
                "unexamined": inspection.unexamined.map { ["subject": $0.subject, "reason": wording.text($0.reason, language)] },
            ] as [String: Any],
        ]
        document["persons"] = inspection.persons
        return document
    }

    private func json(_ finding: Finding) -> [String: Any] {
        var item: [String: Any] = [
            "fingerprint": finding.fingerprint, "check": finding.check.rawValue, "severity": catalogue.severity(of: finding).rawValue,
            "title": wording.findingTitle(finding, language), "subject": finding.subject, "asset": finding.asset,
            "evidence": finding.evidence.map { wording.text($0, language) }, "remediation": wording.remediation(finding, language),
        ]
        item["occurredAt"] = finding.occurredAt?.ISO8601Format()
        return item
    }

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
