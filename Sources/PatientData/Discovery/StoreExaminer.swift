import Datastores
import Findings
import ReferenceData

/// Examines one open store: a sample of every table for the verdicts, then the identifying columns of all rows for the persons.
struct StoreExaminer: Sendable {
    let sampleRows: Int
    let hash: KeyedHash
    let today: CivilDate
    /// Rows read, and how many there may be.
    let progress: @Sendable (Int, Int?) -> Void

    /// Of one table at most.
    private static let sampledCells = 2_000_000

    /// - Throws: what keeps the store from being examined at all. What goes wrong with single tables is part of the result.
    func examine(_ store: any Datastore) throws -> StoreExamination {
        var result = StoreExamination(product: store.product)
        let tables = try store.tables()
        let total = tables.allSatisfy { $0.estimatedRows != nil } ? tables.reduce(0) { $0 + ($1.estimatedRows ?? 0) } : nil
        var done = 0
        for table in tables {
            do {
                done = try examine(table, of: store, into: &result) { rows in progress(done + rows, total) }
            } catch let error as DatastoreError {
                result.problems.append(
                    Message("patient-data.table-failed", ["table": .text(table.displayName), "why": .message(error.message)]))
                // A lost connection is lost for the tables behind it as well.
                if error.endsConversation { break }
            }
        }
        result.remarks = store.remarks.map(\.message)
        for remark in store.remarks where remark.isLoss { result.problems.append(remark.message) }
        result.remarks.removeAll(where: result.problems.contains)
        return result
    }

    /// - Returns: the rows read so far, of all tables.
    private func examine(
        _ table: Table, of store: any Datastore, into result: inout StoreExamination, progress: (Int) -> Void
    ) throws -> Int {
        guard !table.columns.isEmpty else { return 0 }
        var tallies = table.columns.map { _ in ColumnTally(hash: hash) }
        var sampled = 0
        // A wide table gets fewer rows, so that the tallies of all of its columns stay small.
        let sampleRows = min(sampleRows, max(1_000, Self.sampledCells / table.columns.count))
        try store.scan(table, columns: table.columns.map(\.name), limit: sampleRows) { batch in
            for (index, column) in batch.columns.enumerated() where index < tallies.count { tallies[index].add(column) }
            sampled += batch.rowCount
            progress(sampled)
            return sampled < sampleRows
        }
        let isComplete = sampled < sampleRows
        var examination = TableExamination(
            name: table.displayName, rows: isComplete ? sampled : max(sampled, table.estimatedRows ?? 0), sampledRows: sampled,
            columns: verdicts(on: table, tallies, isComplete: isComplete))
        defer {
            for index in examination.columns.indices {
                let verdict = examination.columns[index].verdict
                examination.columns[index].clearRows = Int((verdict.clearShare * Double(examination.rows)).rounded())
            }
            result.tables.append(examination)
        }
        guard sampled > 0, let plan = PersonPlan(examination.columns) else { return sampled }
        var counter = PersonCounter(plan: plan, hash: hash, today: today)
        var rows = 0
        // What was counted before a failure still is a lower bound.
        defer { result.persons.merge(counter.tally) }
        try store.scan(table, columns: counter.columns, limit: nil) { batch in
            counter.add(batch)
            rows += batch.rowCount
            progress(max(rows, sampled))
            return true
        }
        examination.rows = max(rows, sampled)
        return examination.rows
    }

    private func verdicts(on table: Table, _ tallies: [ColumnTally], isComplete: Bool) -> [ColumnExamination] {
        let classifier = ColumnClassifier()
        let names = SafeNames.of(table)
        var columns = table.columns.indices.map { index in
            ColumnExamination(
                column: table.columns[index], displayName: names[index],
                verdict: classifier.verdict(on: table.columns[index], tallies[index], isComplete: isComplete))
        }
        let identifies = columns.contains { column in
            (column.verdict.kind.isDirectIdentifier || column.verdict.kind == .medicalRecordNumber) && column.verdict.protection != .empty
        }
        for index in columns.indices {
            let verdict = columns[index].verdict
            columns[index].grade = Grade(
                kind: verdict.kind, protection: verdict.protection, isSpecial: verdict.isSpecial, besideIdentifier: identifies)
        }
        return columns
    }
}
