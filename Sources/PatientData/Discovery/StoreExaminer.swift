import Datastores
import Estate
import Findings
import Network
import ReferenceData
import Synchronization

/// Examines one store: a survey on one connection, then the rows that have to be read in full, on several.
struct StoreExaminer: Sendable {
    let opener: any StoreOpener
    let scope: Scope
    let options: DiscoveryOptions
    let journal: ScanJournal
    let limiter: RateLimiter?
    let today: CivilDate
    /// Rows read, and how many there may be.
    let progress: @Sendable (Int, Int?) -> Void

    /// - Throws: what keeps the store from being examined at all. What goes wrong with single tables is part of the result.
    func examine(_ store: Store) async throws -> StoreExamination {
        let (options, hash, progress) = (options, journal.hash, progress)
        let survey = try await opener.with(store, scope: scope) { opened in
            try StoreSurvey(of: opened, named: store.name, options: options, hash: hash) { progress($0, nil) }
        }
        let work = try ScanWork(survey.items, of: store.name, journal: journal, estimatedRows: survey.estimatedRows)
        if !work.isEmpty { try await read(store, work) }
        return try settle(survey, store.name, work.outcome)
    }

    /// Reads the chunks on as many connections as there is work for.
    private func read(_ store: Store, _ work: ScanWork) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<max(1, min(options.connections, work.chunkCount)) {
                group.addTask {
                    try await opener.with(store, scope: scope) { opened in try self.read(opened, work) }
                }
            }
            do {
                try await group.waitForAll()
            } catch let error as DatastoreError {
                // What was read until then stands; the rest is told in coverage.
                work.fail(error)
            }
        }
    }

    private func read(_ opened: any Datastore, _ work: ScanWork) throws {
        while let (item, chunk) = work.next() {
            var scanner = ChunkScanner(item.plan, hash: journal.hash, today: today)
            do {
                try opened.scan(item.table, columns: item.plan.columns.map(\.name), chunk: chunk, limit: nil) { batch in
                    scanner.add(batch)
                    progress(work.noteRows(batch.rowCount), work.estimatedRows)
                    limiter?.take(batch.columns.reduce(0) { $0 + $1.bytes.count })
                    return true
                }
                try journal.record(item.key, chunk, scanner)
            } catch let error as DatastoreError {
                // What came before the failure counts, as a lower bound.
                try journal.record(item.key, chunk, scanner)
                work.fail(item, error)
                if error.endsConversation { throw error }
            }
        }
        work.note(opened.remarks)
    }

    // MARK: Outcome

    private func settle(_ survey: StoreSurvey, _ store: String, _ outcome: ScanWork.Outcome) throws -> StoreExamination {
        var result = survey.result
        for item in survey.items {
            let key = ScanJournal.TableKey(store: store, table: item.examination.name)
            result.tables.append(settled(item, of: store, journal.table(key), failed: outcome.failures[key] != nil))
            if let error = outcome.failures[key] { result.problems.append(.tableFailed(item.examination.table, error)) }
        }
        let keys = result.tables.map { ScanJournal.TableKey(store: store, table: $0.name) }
        result.persons = try PersonReckoning(journal: journal).count(keys)
        if let lost = outcome.lost { result.problems.append(lost.message) }
        // Of what was read in full, the survey has seen a part: it only adds what nobody else has said.
        let remarks = DatastoreRemark.merged(outcome.remarks)
        for remark in remarks + survey.remarks.filter({ known in !remarks.contains { $0.isSameKind(as: known) } }) {
            if remark.isLoss { result.problems.append(remark.message) } else { result.remarks.append(remark.message) }
        }
        return result
    }

    private func settled(_ item: StoreSurvey.Item, of store: String, _ state: ScanJournal.TableState?, failed: Bool) -> TableExamination {
        var table = item.examination
        if let state, let plan = item.plan {
            table.rows = max(state.rows, table.sampledRows)
            table.isFull = options.isFull && !failed
            for (index, planned) in plan.columns.enumerated() where index < state.counts.count {
                guard let place = table.columns.firstIndex(where: { $0.path == nil && $0.column.name == planned.name }) else { continue }
                let counts = state.counts[index]
                table.columns[place].verdict = table.columns[place].verdict.settled(
                    by: counts, mayBeLate: options.rules?.suppresses(store: store, table: table.table, column: planned.name) != true)
                table.columns[place].isCounted = !failed
                if state.rows > table.sampledRows { table.columns[place].distinct = min(counts.values, counts.distinct.estimate) }
            }
        }
        let grades = Grading(reading: options.reading).grades(of: table.columns.map(\.gradingColumn))
        for index in table.columns.indices {
            let verdict = table.columns[index].verdict
            table.columns[index].grade = grades[index] ?? verdict.customKind.flatMap { options.rules?.kind(id: $0) }.map(Grade.init)
            table.columns[index].clearRows = Int((verdict.clearShare * Double(table.rows)).rounded())
        }
        return table
    }
}
