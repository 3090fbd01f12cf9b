import Cryptography
import Datastores

/// Seals, unseals or rotates columns of a PostgreSQL table beside its writers.
///
/// It may be killed at any instant, as may the server, and goes on where it was when it is run again: every change to rows is a transaction of its own
/// that also records how far it came, every change to the table is done again without harm.
package struct OnlineMigration: Sendable {
    private let target: SealTarget
    private let request: SealRequest
    private let keys: SealingKeys
    private let progress: SealProgress
    private let checkpoint: Checkpoint?
    /// A sweep that finds fewer rows than this is followed by the last ones.
    private static let sweeps = 50

    package init(target: SealTarget, request: SealRequest, keys: SealingKeys, progress: SealProgress = SealProgress(), checkpoint: Checkpoint? = nil)
    {
        self.target = target
        self.request = request
        self.keys = keys
        self.progress = progress
        self.checkpoint = checkpoint
    }

    /// The judgement, without doing anything.
    package func plan() async throws -> SealPlan {
        let settled = try await settled()
        return SealPlanner.plan(settled.request, on: try await settled.snapshot())
    }

    private func snapshot() async throws -> TableSnapshot {
        let request = request
        let found = try await target.connect { session -> TableSnapshot? in
            guard var table = try PostgreSQLSnapshot.read(session, schema: request.schema, table: request.table, columns: request.columns.map(\.name))
            else { return nil }
            guard table.canSelect, !table.hasRowSecurity || table.bypassesRowSecurity, table.kind == .table else { return table }
            for wanted in request.columns where !table.sealedColumns.contains(wanted.name) {
                guard let column = table.column(wanted.name), let form = ColumnForm(column, .envelope) else { continue }
                let sql = "SELECT EXISTS (SELECT FROM ONLY \(request.qualifiedName) WHERE \(SealedCondition.isSealed(wanted.name, form)))"
                if try session.rows(sql).first?[0] == "t" { table.lookalikes.insert(wanted.name) }
            }
            return table
        }
        guard let found else { throw SealingError.noSuchTable(request.displayName) }
        return found
    }

    /// Seals all rows; what was sealed before stays as it is. Without verifying.
    package func seal() async throws -> SealReport { try await settled().sealRows() }

    private func settled() async throws -> OnlineMigration {
        let wanted = request
        let recorded = try await target.connect {
            try PostgreSQLState.sealedColumns($0, schema: wanted.schema, table: wanted.table).map(\.column)
        }
        return OnlineMigration(target: target, request: try request.settled(by: recorded), keys: keys, progress: progress, checkpoint: checkpoint)
    }

    private func sealRows() async throws -> SealReport {
        let table = try await snapshot()
        let plan = SealPlanner.plan(request, on: table)
        guard plan.isPossible else { throw SealingError.blocked(plan.blockers) }
        let forms = Dictionary(
            request.columns.compactMap { wanted in
                table.column(wanted.name).flatMap { ColumnForm($0, wanted.protection) }.map { (wanted.name, $0) }
            },
            uniquingKeysWith: { first, _ in first })
        try keys.require(request.columns)
        return try await report(.seal) { tally in
            try await change { try $0.prepare(table) }
            try await sweep(.seal, table, forms, tally, toTheEnd: !request.enforce)
            if request.enforce {
                try await change { try $0.refusePlaintext(forms) }
                try await sweep(.seal, table, forms, tally)
            }
            try await change { changes in
                try changes.createIndexes()
                try changes.dropPlainIndexes()
                if request.enforce { try changes.validateConstraints() }
                try changes.finishSealing()
            }
        }
    }

    /// Seals anew, under the current keys, what is sealed under older ones; the request's columns must be sealed.
    package func rotate() async throws -> SealReport {
        let (table, columns) = try await sealedTable()
        let rotation = with(columns)
        return try await rotation.report(.rotate) { tally in
            try await rotation.sweep(.rotate, table, Self.forms(columns), tally)
            try await rotation.change { try $0.finishSealing() }
        }
    }

    /// Gives the table back as it was before it was sealed: all its sealed columns.
    package func unseal() async throws -> SealReport {
        let (table, columns) = try await sealedTable()
        let reverse = with(columns)
        let forms = Self.forms(columns)
        return try await reverse.report(.unseal) { tally in
            try await reverse.change { try $0.prepareUnsealing() }
            let condition = reverse.request.statements(.unseal, table, forms, keys).isAnyPending
            for _ in 0..<Self.sweeps {
                try await reverse.sweep(.unseal, table, forms, tally)
                if try await reverse.change({ try $0.finishUnsealing(columns, isAnySealed: condition) }) { return }
            }
            throw SealingError.neverEnds(rows: 0)
        }
    }

    private static func forms(_ columns: [PostgreSQLState.SealedColumn]) -> [String: ColumnForm] {
        Dictionary(columns.map { ($0.column.name, $0.form) }, uniquingKeysWith: { first, _ in first })
    }

    /// The same for the columns that a run has recorded.
    private func with(_ columns: [PostgreSQLState.SealedColumn]) -> OnlineMigration {
        var request = request
        request.columns = columns.map(\.column)
        return OnlineMigration(target: target, request: request, keys: keys, progress: progress, checkpoint: checkpoint)
    }

    private func sealedTable() async throws -> (TableSnapshot, [PostgreSQLState.SealedColumn]) {
        let request = request
        let found = try await target.connect { session in
            (
                try PostgreSQLSnapshot.read(session, schema: request.schema, table: request.table, columns: []),
                try PostgreSQLState.sealedColumns(session, schema: request.schema, table: request.table)
            )
        }
        guard let table = found.0 else { throw SealingError.noSuchTable(request.displayName) }
        guard !found.1.isEmpty else { throw SealingError.notSealed(request.displayName) }
        try keys.require(found.1.map(\.column))
        return (table, found.1)
    }

    private func change<R: Sendable>(_ body: @escaping @Sendable (OnlineSchemaChanges) throws -> R) async throws -> R {
        let (request, checkpoint) = (request, checkpoint)
        return try await target.connect { try body(OnlineSchemaChanges(session: $0, request: request, checkpoint: checkpoint)) }
    }

    private func report(_ operation: SealOperation, _ body: (SealTally) async throws -> Void) async throws -> SealReport {
        let clock = ContinuousClock()
        let start = clock.now
        let tally = SealTally()
        try await body(tally)
        var report = SealReport(
            table: request.displayName, operation: operation, mode: .online, cipher: request.cipherName(keys), columns: request.columns.map(\.name))
        report.rows = tally.counts.rows
        report.sealed = tally.counts.changed
        report.conflictsRetried = tally.late
        report.seconds = clock.now.duration(to: start) / .seconds(-1)
        report.rowsPerSecond = report.seconds > 0 ? Double(report.rows) / report.seconds : 0
        return report
    }

    // MARK: - Sweeps

    /// Goes over the table until a sweep finds nothing left to do.
    /// - Parameter toTheEnd: false gives up once sweeps find hardly less than those before them: writers bring in plaintext as fast as it is sealed.
    private func sweep(
        _ operation: SealOperation, _ table: TableSnapshot, _ forms: [String: ColumnForm], _ tally: SealTally, toTheEnd: Bool = true
    ) async throws {
        let statements = request.statements(operation, table, forms, keys)
        progress.begin(total: table.estimatedRows)
        var last: Int?
        for _ in 0..<Self.sweeps {
            let ranges = try await ranges(operation)
            let before = tally.counts.rows + tally.late
            try await work(ranges, statements, table, forms, tally)
            let found = tally.counts.rows + tally.late - before
            if found == 0, ranges.isWhole { return }
            if !toTheEnd, ranges.isWhole, let last, found > last / 2 { return }
            last = ranges.isWhole ? found : nil
        }
        throw SealingError.neverEnds(rows: last ?? 0)
    }

    private struct Ranges {
        var parts: [HeapWorker.Range]
        /// Whether this is a sweep from the first page to the last, and not the rest of one.
        var isWhole: Bool
    }

    /// What is left of an earlier run's sweep, or a new one.
    private func ranges(_ operation: SealOperation) async throws -> Ranges {
        let (request, checkpoint) = (request, checkpoint)
        return try await target.connect { session in
            try checkpoint?()
            let names = [request.schema, request.table]
            let left = try session.rows(
                """
                SELECT worker, next_page, end_page FROM suwen.seal_progress
                WHERE table_schema = $1 AND table_name = $2 AND operation = $3 AND next_page < end_page ORDER BY worker
                """, names + [operation.rawValue]
            ).compactMap { row -> HeapWorker.Range? in
                let numbers = row.compactMap { $0.flatMap(Int.init) }
                return numbers.count == 3 ? HeapWorker.Range(worker: numbers[0], nextPage: numbers[1], endPage: numbers[2]) : nil
            }
            if !left.isEmpty { return Ranges(parts: left, isWhole: false) }
            let pages =
                try session.rows(
                    "SELECT pg_relation_size(to_regclass($1)) / current_setting('block_size')::bigint", [request.qualifiedName]
                ).first?[0].flatMap(Int.init) ?? 0
            let workers = max(1, min(request.workers, pages / 64))
            let parts = (0..<workers).map { worker in
                HeapWorker.Range(worker: worker, nextPage: pages * worker / workers, endPage: pages * (worker + 1) / workers)
            }
            try session.rows("BEGIN")
            try session.rows("DELETE FROM suwen.seal_progress WHERE table_schema = $1 AND table_name = $2", names)
            for part in parts {
                try session.rows(
                    "INSERT INTO suwen.seal_progress VALUES ($1, $2, $3, $4::int, $5::bigint, $6::bigint)",
                    names + [operation.rawValue, String(part.worker), String(part.nextPage), String(part.endPage)])
            }
            try session.rows("COMMIT")
            return Ranges(parts: parts, isWhole: true)
        }
    }

    private func work(
        _ ranges: Ranges, _ statements: HeapStatements, _ table: TableSnapshot, _ forms: [String: ColumnForm], _ tally: SealTally
    ) async throws {
        let pages = max(1, table.heapBytes / max(1, table.pageSize))
        let rowsPerPage = max(1, (table.estimatedRows ?? pages * 50) / pages)
        let pagesPerBatch = max(1, request.batch / rowsPerPage)
        let (request, keys, progress, checkpoint, target) = (request, keys, progress, checkpoint, target)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for range in ranges.parts {
                group.addTask {
                    try await target.connect { session in
                        try Self.lock(session, request, range.worker)
                        let ciphers = try request.ciphers(forms, keys)
                        let worker = try HeapWorker(session, request, statements, ciphers, progress, checkpoint)
                        defer { tally.add(worker.totals, late: worker.conflicts) }
                        try worker.work(range, pagesPerBatch: pagesPerBatch)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// Two runs at once would take each other's progress for their own. The server may need a moment to notice that a run before was killed.
    private static func lock(_ session: PostgreSQLSession, _ request: SealRequest, _ worker: Int) throws {
        try session.execute("SET lock_timeout = '10s'")
        do {
            try session.rows("SELECT pg_advisory_lock(hashtext('suwen seal ' || $1), $2::int)", [request.displayName, String(worker)])
        } catch let failure as PostgreSQLFailure where failure.sqlState == "55P03" {
            throw SealingError.anotherRun(request.displayName)
        }
    }
}
