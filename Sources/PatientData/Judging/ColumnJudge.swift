import Estate
import Findings

/// Turns the columns of one store into findings.
struct ColumnJudge {
    let store: Store

    /// Findings by check.
    func findings(in table: TableExamination) -> [CheckID: [Finding]] {
        var findings: [CheckID: [Finding]] = [:]
        let health = table.columns.filter { $0.verdict.kind.isHealth && $0.verdict.isInClear }
        let persons = personColumns(of: table)
        for column in table.columns where column.verdict.isInClear {
            let kind = column.verdict.kind
            func add(_ check: CheckID, beside others: [ColumnExamination] = []) {
                findings[check, default: []].append(finding(check, column, of: table, beside: others))
            }
            if kind.isIdentityDocument { add(PatientDataInspector.identityCheck) }
            if kind.isContact { add(PatientDataInspector.contactCheck) }
            if kind.isHealth, !persons.isEmpty { add(PatientDataInspector.healthCheck, beside: persons) }
            if kind.isDirectIdentifier, isForSecondaryUse || !health.isEmpty {
                add(PatientDataInspector.deidentificationCheck, beside: health)
            }
        }
        return findings
    }

    /// Copies for other ends than care must be de-identified; a backup is what it is a copy of.
    private var isForSecondaryUse: Bool {
        switch store.environment {
        case .test, .analytics, .research: true
        case .production, .backup: false
        }
    }

    /// What ties the rows to persons. A record number does so where the index behind it is at hand; in a copy for research it is the
    /// pseudonym
    /// that the law asks for.
    private func personColumns(of table: TableExamination) -> [ColumnExamination] {
        table.columns.filter { column in
            guard column.verdict.protection != .empty else { return false }
            return column.verdict.kind.isDirectIdentifier || (column.verdict.kind == .medicalRecordNumber && !isForSecondaryUse)
        }
    }

    func finding(_ check: CheckID, _ column: ColumnExamination, of table: TableExamination, beside others: [ColumnExamination])
        -> Finding
    {
        let verdict = column.verdict
        var facts: [String: Fact] = [
            "kind": .term(verdict.kind.term), "share": .share(verdict.share), "rows": .count(column.clearRows),
            "state": .term(verdict.protection.term),
            "environment": .term("environment.\(store.environment.rawValue)"),
        ]
        if let grade = column.grade { facts["grade"] = .count(grade.level) }
        return Finding(
            check: check, subject: store.name, asset: "\(store.name)/\(table.name).\(column.displayName)", facts: facts,
            evidence: ColumnEvidence(column: column, table: table, others: others).messages)
    }
}
