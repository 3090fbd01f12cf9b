import Cryptography
import Datastores
import Foundation

/// Seals, unseals or rotates columns of a table beside its writers.
///
/// It may be killed at any instant, as may the server, and goes on where it was when it is run again: every change to rows is a transaction of its own
/// that also records how far it came, every change to the table is done again without harm.
struct MySQLMigration: Sendable {
    let target: SealTarget
    let request: SealRequest
    let keys: SealingKeys
    let progress: SealProgress
    let checkpoint: Checkpoint?
    private static let searches = 60
    /// Of a worker, for its thread and connection to be worth it.
    private static let rowsPerWorker = 2_000

    /// Seals all rows; what was sealed before stays as it is. Without verifying.
    func seal() async throws -> SealReport {
        try await change { try $0.recover() }
        let table = try await target.mySQLSnapshot(request, scans: true)
        let plan = MySQLPlanner.plan(request, on: table)
        guard plan.isPossible else { throw SealingError.blocked(plan.blockers) }
        try keys.require(request.columns)
        return try await report(.seal) { tally in
            try await change { try $0.prepare(table) }
            let fresh = try await target.mySQLSnapshot(request, scans: false)
            let columns = try Self.columns(request.columns, fresh)
            try await sweep(.seal, fresh, columns, tally, toTheEnd: !request.enforce)
            if request.enforce {
                try await change { try $0.refusePlaintext(columns) }
                try await finishRows(.seal, fresh, columns, tally)
            }
            try await change { changes in
                try changes.createIndexes()
                try changes.dropPlainIndexes()
                try changes.finishSealing()
            }
        }
    }

    /// Seals anew, under the current keys, what is sealed under older ones: all columns that runs have recorded.
    func rotate() async throws -> SealReport {
        try await change { try $0.recover() }
        let (table, rotation, columns) = try await sealedTable()
        return try await rotation.report(.rotate) { tally in
            try await rotation.sweep(.rotate, table, columns, tally)
            try await rotation.change { try $0.finishSealing() }
        }
    }

    /// Gives the table back as it was before it was sealed: all its sealed columns.
    func unseal() async throws -> SealReport {
        try await change { try $0.recover() }
        let (table, reverse, columns) = try await sealedTable()
        return try await reverse.report(.unseal) { tally in
            try await reverse.change { try $0.prepareUnsealing(table.sealed) }
            let condition = try reverse.statements(.unseal, table, columns).isAnyPending
            for _ in 0..<Self.searches {
                try await reverse.sweep(.unseal, table, columns, tally)
                if try await reverse.change({ try $0.finishUnsealing(table.sealed, isAnySealed: condition) }) { return }
            }
            throw SealingError.neverEnds(rows: 0)
        }
    }

    static func columns(_ wanted: [SealColumn], _ table: MySQLTable) throws -> [MySQLSealedColumn] {
        try wanted.map { wanted in
            guard let column = table.column(wanted.name) else { throw SealingError.blocked([.noSuchColumn(wanted.name)]) }
            return MySQLSealedColumn(wanted, column, form: table.sealed.first { $0.column.name == wanted.name }?.form)
        }
    }

    private func sealedTable() async throws -> (MySQLTable, MySQLMigration, [MySQLSealedColumn]) {
        let table = try await target.mySQLSnapshot(request, scans: false)
        guard !table.sealed.isEmpty else { throw SealingError.notSealed(request.displayName) }
        var request = request
        request.columns = table.sealed.map(\.column)
        try keys.require(request.columns)
        let migration = MySQLMigration(target: target, request: request, keys: keys, progress: progress, checkpoint: checkpoint)
        return (table, migration, try Self.columns(request.columns, table))
    }

    private func change<R: Sendable>(_ body: @escaping @Sendable (MySQLSchemaChanges) throws -> R) async throws -> R {
        let (request, checkpoint) = (request, checkpoint)
        return try await target.connectMySQL { try body(MySQLSchemaChanges(session: $0, request: request, checkpoint: checkpoint)) }
    }

    private func report(_ operation: SealOperation, _ body: (SealTally) async throws -> Void) async throws -> SealReport {
        let start = ContinuousClock.now
        let tally = SealTally()
        try await body(tally)
        var report = SealReport(
            table: request.displayName, operation: operation, mode: .online, cipher: request.cipherName(keys), columns: request.columns.map(\.name))
        report.rows = tally.counts.rows
        report.sealed = tally.counts.changed
        report.conflictsRetried = tally.late
        report.seconds = start.duration(to: .now) / .seconds(1)
        report.rowsPerSecond = report.seconds > 0 ? Double(report.rows) / report.seconds : 0
        return report
    }

    private func statements(_ operation: SealOperation, _ table: MySQLTable, _ columns: [MySQLSealedColumn]) throws -> MySQLStatements {
        guard let key = MySQLKey(table) else { throw SealingError.blocked([.noPrimaryKey]) }
        return MySQLStatements(table: table, key: key, columns: columns, operation: operation, keyIDs: keys.current.mapValues(\.id))
    }

    // MARK: - Rows

    /// All rows once, or the rest of what an earlier run has begun; then what is left.
    private func sweep(
        _ operation: SealOperation, _ table: MySQLTable, _ columns: [MySQLSealedColumn], _ tally: SealTally, toTheEnd: Bool = true
    ) async throws {
        let statements = try statements(operation, table, columns)
        progress.begin(total: table.estimatedRows)
        let ranges = try await ranges(operation, table, statements)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for range in ranges { group.addTask { try await work(range.worker, statements, tally) { try $0.work(range) } } }
            try await group.waitForAll()
        }
        try await finishRows(operation, table, columns, tally, toTheEnd: toTheEnd)
    }

    /// Rows that were locked, that writers have changed or brought in: searches until none is left.
    /// - Parameter toTheEnd: false gives up once a search finds hardly less than the one before: writers bring in plaintext as fast as it is sealed.
    private func finishRows(
        _ operation: SealOperation, _ table: MySQLTable, _ columns: [MySQLSealedColumn], _ tally: SealTally, toTheEnd: Bool = true
    ) async throws {
        let statements = try statements(operation, table, columns)
        try await work(0, statements, tally) { worker in
            var found = 0
            var before: Int?
            for search in 1...Self.searches {
                var done = 0
                found = 0
                var last: MySQLKey.Value?
                repeat {
                    let result = try worker.search(after: last)
                    last = result.last
                    found += result.found.count
                    if !result.found.isEmpty { done += try worker.work(on: result.found) }
                } while last != nil
                tally.add(SealCounts(), late: found)
                if found == 0 { return }
                if !toTheEnd, let before, done > 0, found > before / 2 { return }
                before = found
                // All of them are in others' hands.
                if done == 0 { Thread.sleep(forTimeInterval: min(1, 0.05 * Double(search))) }
            }
            throw SealingError.neverEnds(rows: found)
        }
    }

    /// What is left of an earlier run's sweep, or a new one; nothing when all columns are sealed already.
    private func ranges(_ operation: SealOperation, _ table: MySQLTable, _ statements: MySQLStatements) async throws -> [MySQLWorker.Range] {
        let (request, checkpoint) = (request, checkpoint)
        return try await target.connectMySQL { session in
            try checkpoint?()
            let path = MySQLState.path(request.schema, "suwen_seal_progress")
            let name = MySQLSession.literal(request.table)
            let rows = try session.rows("SELECT operation, worker, next_key, end_key, is_done FROM \(path) WHERE table_name = \(name)")
            let recorded = rows.filter { $0[0] == operation.rawValue }
            if !recorded.isEmpty {
                return try recorded.filter { $0[4] == "0" }.map { row in
                    MySQLWorker.Range(
                        worker: row[1].flatMap(Int.init) ?? 0, last: try row[2].map(MySQLProgress.key), end: try row[3].map(MySQLProgress.key))
                }
            }
            if operation == .seal,
                request.columns.allSatisfy({ column in table.sealed.contains { $0.column.name == column.name && $0.state == "sealed" } })
            {
                return []
            }
            let estimate = table.estimatedRows ?? 0
            let workers = max(1, min(request.workers, estimate / Self.rowsPerWorker))
            var bounds: [MySQLKey.Value] = []
            for worker in 1..<max(2, workers) where workers > 1 {
                var key: MySQLKey.Value?
                try session.stream(statements.key(at: estimate * worker / workers)) {
                    key = try MySQLKey.value($0, count: statements.key.parts.count)
                }
                // The estimate was too high: the last worker takes the rest.
                guard let key else { break }
                bounds.append(key)
            }
            let ranges = (0...bounds.count).map { worker in
                MySQLWorker.Range(worker: worker, last: worker > 0 ? bounds[worker - 1] : nil, end: worker < bounds.count ? bounds[worker] : nil)
            }
            try session.execute("START TRANSACTION")
            try session.execute("DELETE FROM \(path) WHERE table_name = \(name)")
            for range in ranges {
                let keys = [range.last, range.end].map { $0.map { MySQLSession.literal(MySQLProgress.text($0)) } ?? "NULL" }
                try session.execute(
                    "INSERT INTO \(path) VALUES (\(name), \(MySQLSession.literal(operation.rawValue)), \(range.worker), \(keys[0]), \(keys[1]), 0, 0)"
                )
            }
            try session.execute("COMMIT")
            return ranges
        }
    }

    private func work(_ number: Int, _ statements: MySQLStatements, _ tally: SealTally, _ body: @escaping @Sendable (MySQLWorker) throws -> Void)
        async throws
    {
        let (request, keys, progress, checkpoint) = (request, keys, progress, checkpoint)
        try await target.connectMySQL { session in
            try Self.lock(session, request, number)
            let ciphers = try statements.columns.map { column in
                try ColumnCipher(column.column, form: column.form, logicalName: request.logicalName(of: column.column.name), keys: keys)
            }
            let worker = try MySQLWorker(session, request, statements, ciphers, progress, checkpoint)
            defer { tally.add(worker.totals) }
            try body(worker)
        }
    }

    /// Two runs at once would take each other's progress for their own. The server may need a moment to notice that a run before was killed.
    static func lock(_ session: MySQLSession, _ request: SealRequest, _ worker: Int) throws {
        guard try session.rows("SELECT GET_LOCK(\(MySQLSession.literal(MySQLState.lockName(request, worker))), 10)").first?[0] == "1" else {
            throw SealingError.anotherRun(request.displayName)
        }
    }
}
