import Cryptography
import Datastores
import Foundation

/// Seals, unseals or rotates columns of a table, on one connection.
struct SQLiteMigration {
    let session: SQLiteSession
    let request: SealRequest
    let keys: SealingKeys
    let progress: SealProgress
    let checkpoint: Checkpoint?

    /// Sweeps until one finds nothing.
    private static let sweeps = 50
    /// Each after the ten seconds that ``SQLiteSession`` waits for a lock.
    private static let attempts = 12
    private static let releases = 3

    func seal() throws -> SealReport {
        let table = try judged()
        try begin()
        var counts = SealCounts()
        try transaction { try changes.prepare(try judged(looksAtRows: false), progress: .seal) }
        try sweep(.seal, &counts, toTheEnd: !request.enforce)
        if request.enforce {
            try transaction { try changes.refusePlaintext() }
            try sweep(.seal, &counts)
        }
        try transaction { try changes.createIndexes() }
        try transaction { try changes.finishSealing(table) }
        // What an earlier run in a window left to do.
        if try SQLiteState.progress(session, table: request.table)?.operation == SQLiteState.vacuum { try vacuum() }
        try truncateLog()
        return report(.seal, counts)
    }

    /// All in one transaction, in which nobody else writes; then the file is written anew, so that its free pages hold nothing of what was there.
    func rewrite() throws -> SealReport {
        _ = try judged()
        try begin()
        var counts = SealCounts()
        try transaction {
            counts = SealCounts()
            // Judged again: what was true before the lock may have changed.
            let before = try judged()
            try changes.prepare(before, progress: nil)
            // Nobody sees them missing.
            for trigger in before.userTriggers { try run("DROP TRIGGER \(SQLiteSession.identifier(trigger.name))") }
            try changes.dropPlainIndexes()
            let sweep = try newSweep(.seal)
            var last: [SQLiteValue]?
            while let first = try sweep.next(after: last) {
                let done = try sweep.batch(from: first)
                last = done.last
                counts += done.counts
                progress.add(done.counts.rows)
            }
            try changes.createIndexes()
            if request.enforce { try changes.refusePlaintext() }
            for trigger in before.userTriggers { try run(trigger.definition) }
            try changes.finishSealing(before)
            try SQLiteState.setProgress(session, table: request.table, SQLiteState.Progress(operation: SQLiteState.vacuum, rowsDone: 0))
        }
        try vacuum()
        try truncateLog()
        return report(.seal, counts)
    }

    func rotate() throws -> SealReport {
        let rotation = try recorded()
        try rotation.begin()
        var counts = SealCounts()
        try rotation.sweep(.rotate, &counts)
        try transaction {
            guard try SQLiteState.progress(session, table: request.table)?.operation == SealOperation.rotate.rawValue else { return }
            try SQLiteState.endProgress(session, table: request.table)
        }
        try truncateLog()
        return rotation.report(.rotate, counts)
    }

    func unseal() throws -> SealReport {
        let reverse = try recorded()
        try reverse.begin()
        var counts = SealCounts()
        try transaction { try reverse.changes.prepareUnsealing() }
        for _ in 0..<Self.sweeps {
            try reverse.sweep(.unseal, &counts)
            var isDone = false
            try transaction {
                isDone = try !reverse.newSweep(.unseal).isAnyPending
                if isDone { try reverse.changes.finishUnsealing() }
            }
            if isDone {
                try truncateLog()
                return reverse.report(.unseal, counts)
            }
        }
        throw SealingError.neverEnds(rows: 0)
    }

    // MARK: - Parts

    private var changes: SQLiteSchemaChanges { SQLiteSchemaChanges(session: session, request: request, checkpoint: checkpoint) }

    private func judged(looksAtRows: Bool = true) throws -> SQLiteTable {
        try keys.require(request.columns)
        let table = try SQLiteTable.read(session, request, looksAtRows: looksAtRows)
        let plan = SQLitePlanner.plan(request, on: table)
        guard plan.isPossible else { throw SealingError.blocked(plan.blockers) }
        return table
    }

    /// The same for the columns that a run has recorded.
    private func recorded() throws -> SQLiteMigration {
        _ = try SQLiteTable.read(session, request)
        let columns = try SQLiteState.sealedColumns(session, table: request.table).map(\.column)
        guard !columns.isEmpty else { throw SealingError.notSealed(request.displayName) }
        try keys.require(columns)
        var request = request
        request.columns = columns
        return SQLiteMigration(session: session, request: request, keys: keys, progress: progress, checkpoint: checkpoint)
    }

    private func begin() throws {
        // What is written over is overwritten with zeros; views that are broken already don't stand against our changes.
        try run("PRAGMA secure_delete = ON")
        try run("PRAGMA legacy_alter_table = ON")
        // In KiB. Sealed values go to places all over an index: with SQLite's 2 MiB each of its pages would be written many times in a batch.
        try run("PRAGMA cache_size = -98304")
    }

    private func newSweep(_ operation: SealOperation) throws -> SQLiteSweep {
        try SQLiteSweep(session, SQLiteTable.read(session, request), request, operation, keys, checkpoint)
    }

    /// Goes over the table until a whole sweep finds nothing left to do. One that an earlier run began goes on where it was.
    /// - Parameter toTheEnd: false gives up once sweeps find hardly less than those before them: writers bring in plaintext as fast as it is sealed.
    private func sweep(_ operation: SealOperation, _ counts: inout SealCounts, toTheEnd: Bool = true) throws {
        let sweep = try newSweep(operation)
        let table = try SQLiteTable.read(session, request)
        progress.begin(total: nil)
        let left = try SQLiteState.progress(session, table: request.table)
        var last = left?.operation == operation.rawValue && table.isLocatedByNumber ? left?.lastRow.map { [SQLiteValue.integer($0)] } : nil
        var rows = 0
        for _ in 0..<Self.sweeps {
            let isWhole = last == nil
            let before = rows
            rows = try pass(sweep, operation, table, from: last, &counts)
            if isWhole, rows == 0 { return }
            if !toTheEnd, isWhole, before > 0, rows > before / 2 { return }
            last = nil
        }
        throw SealingError.neverEnds(rows: rows)
    }

    /// - Returns: rows written.
    private func pass(
        _ sweep: SQLiteSweep, _ operation: SealOperation, _ table: SQLiteTable, from start: [SQLiteValue]?, _ counts: inout SealCounts
    ) throws -> Int {
        let clock = ContinuousClock()
        let begun = clock.now
        var last = start
        var rows = 0
        while true {
            var first: [SQLiteValue]?
            try patiently { first = try sweep.next(after: last) }
            guard let first else { break }
            let turn = clock.now
            var done = SealCounts()
            try releasing(sweep, operation) {
                try transaction {
                    let result = try sweep.batch(from: first)
                    (last, done) = (result.last, result.counts)
                    try checkpoint?()
                    try record(operation, table, last, rows: counts.rows + done.rows)
                }
            }
            counts += done
            rows += done.rows
            progress.add(done.rows)
            // SQLite's queue is first come, first served at best: writers who wait get a moment after each batch.
            var wait = max(0.002, turn.duration(to: clock.now) / .seconds(8))
            if let rate = request.rate { wait = max(wait, Double(rows) / Double(rate) - begun.duration(to: clock.now) / .seconds(1)) }
            Thread.sleep(forTimeInterval: wait)
        }
        try transaction { try record(operation, table, nil, rows: counts.rows) }
        return rows
    }

    /// A writer may have given a value to another row, while the row that had it still has its companion: that is taken away, and the batch tried again.
    /// More often, and two rows hold the same value.
    private func releasing(_ sweep: SQLiteSweep, _ operation: SealOperation, _ body: () throws -> Void) throws {
        for attempt in 1... {
            do { return try body() } catch let failure as SQLiteFailure {
                guard failure.isUniqueness, operation == .seal, attempt <= Self.releases else { throw failure }
                try transaction { try sweep.releaseUnique() }
            }
        }
    }

    private func record(_ operation: SealOperation, _ table: SQLiteTable, _ last: [SQLiteValue]?, rows: Int) throws {
        let number = table.isLocatedByNumber ? last?.first?.integer : nil
        let left = try SQLiteState.progress(session, table: request.table)
        // A file that is still to be written anew stays so.
        if left?.operation == SQLiteState.vacuum { return }
        try SQLiteState.setProgress(
            session, table: request.table, SQLiteState.Progress(operation: operation.rawValue, lastRow: number, rowsDone: rows))
    }

    private func report(_ operation: SealOperation, _ counts: SealCounts) -> SealReport {
        var report = SealReport(
            table: request.displayName, operation: operation, mode: operation == .seal ? request.mode : .online, cipher: request.cipherName(keys),
            columns: request.columns.map(\.name))
        report.rows = counts.rows
        report.sealed = counts.changed
        report.skippedNull = counts.nulls
        return report
    }

    // MARK: - Transactions

    private func run(_ sql: String) throws {
        try checkpoint?()
        try session.execute(sql)
    }

    /// Runs `body` again while somebody else holds the file.
    private func patiently(_ body: () throws -> Void) throws {
        for attempt in 1... {
            do { return try body() } catch let failure as SQLiteFailure where failure.isBusy && attempt < Self.attempts {
                Thread.sleep(forTimeInterval: 0.05 * Double(attempt))
            }
        }
    }

    /// One transaction, from its beginning the only writer.
    private func transaction(_ body: () throws -> Void) throws {
        try patiently {
            do {
                try run("BEGIN IMMEDIATE")
                try body()
                try run("COMMIT")
            } catch {
                if session.isInTransaction, error is SQLiteFailure || error is SealingError { try? session.execute("ROLLBACK") }
                throw error
            }
        }
    }

    /// Needs room for a second copy of the file, and as much again for the journal.
    private func vacuum() throws {
        try patiently { try run("VACUUM") }
        try transaction { try SQLiteState.endProgress(session, table: request.table) }
    }

    /// The log keeps pages as they were. While others read it can't be cut, and their next checkpoint has to.
    private func truncateLog() throws {
        do { try run("PRAGMA wal_checkpoint(TRUNCATE)") } catch let failure as SQLiteFailure where failure.isBusy {}
    }
}
