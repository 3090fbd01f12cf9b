import Estate
package import Findings

extension DiscoveryResult {
    package var inspection: Inspection {
        var report = PatientDataReport(persons: persons)
        for (store, result) in stores { report.add(store, result) }
        return report.inspection
    }
}

/// Gathers the results of all stores into the inspection.
struct PatientDataReport {
    private var findings: [CheckID: [Finding]] = [:]
    private var examined: [String] = []
    private var unexamined: [Unexamined] = []
    private var incomplete: [String] = []
    private var columns = 0
    private var columnRows: [[Fact]] = []
    private var personRows: [[Fact]] = []
    private let persons: PersonCount?
    private var readStores = 0
    private var access = AccessReport()

    init(persons: PersonCount?) { self.persons = persons }

    mutating func add(_ store: Store, _ result: StoreResult) {
        switch result {
        case .unexamined(let reason):
            unexamined.append(Unexamined(store.name, reason))
            incomplete.append(store.name)
            access.addUnopened(store)
        case .examined(let examination):
            add(store, examination)
        }
    }

    private mutating func add(_ store: Store, _ examination: StoreExamination) {
        readStores += 1
        columns += examination.columnCount
        unexamined += (examination.problems + examination.remarks).map { Unexamined(store.name, $0) }
        // A store of which something is missing isn't "examined": nothing may count as fixed because it wasn't seen.
        if examination.problems.isEmpty { examined.append(store.name) } else { incomplete.append(store.name) }
        let judge = ColumnJudge(store: store)
        for table in examination.tables {
            findings.merge(judge.findings(in: table)) { $0 + $1 }
            findings.merge(SecretJudge(store: store).findings(in: table)) { $0 + $1 }
            columnRows += table.columns.compactMap { row(store, table, $0) }
        }
        access.add(store, examination)
        personRows.append(row(.text(store.name), examination.persons))
    }

    var inspection: Inspection {
        let reason = incomplete.isEmpty ? nil : Message("patient-data.incomplete", ["stores": .list(incomplete.map(Fact.text))])
        let checks = PatientDataInspector.columnChecks.map { check in
            CheckResult.judged(check, examined: columns, findings: findings[check] ?? [], unexamined: reason)
        }
        return Inspection(
            .patientData, checks: checks + access.checks, examined: examined + access.examined,
            unexamined: unexamined + access.unexamined, exhibits: exhibits,
            persons: readStores > 0 ? persons?.numbers.persons ?? 0 : nil)
    }

    // MARK: Exhibits

    private var exhibits: [Exhibit] {
        var exhibits: [Exhibit] = []
        if !columnRows.isEmpty {
            let keys = ["store", "table", "column", "kind", "share", "state", "grade", "rows"].map { "patient-data.\($0)" }
            exhibits.append(Exhibit("patient-data.columns", .table, columns: keys, rows: columnRows))
        }
        if !personRows.isEmpty {
            let keys = ["store", "persons", "under14", "under18", "basis"].map { "patient-data.\($0)" }
            let total = personRows.count > 1 ? [row(.term("patient-data.all-stores"), persons)] : []
            exhibits.append(Exhibit("patient-data.persons", .table, columns: keys, rows: personRows + total))
        }
        if let exhibit = access.exhibit { exhibits.append(exhibit) }
        return exhibits
    }

    /// Nil for columns that hold nothing about a person.
    private func row(_ store: Store, _ table: TableExamination, _ column: ColumnExamination) -> [Fact]? {
        let verdict = column.verdict
        guard verdict.kind != .none else { return nil }
        return [
            .text(store.name), .text(table.name), .text(column.displayName), .term(verdict.kind.term), .share(verdict.share),
            .term(verdict.protection.term), column.grade.map { .count($0.level) } ?? .none, .count(table.rows),
        ]
    }

    private func row(_ label: Fact, _ count: PersonCount?) -> [Fact] {
        guard let count else { return [label, .count(0), .none, .none, .none] }
        return [
            label, .count(count.numbers.persons), count.numbers.under14.map(Fact.count) ?? .none,
            count.numbers.under18.map(Fact.count) ?? .none,
            .term(count.basis.term),
        ]
    }
}
