import Datastores

/// Seals tables of SQLite files (library 3.37 or newer).
///
/// SQLite has one writer at a time: online, it is we for the time of a batch, and others wait meanwhile. Whatever a run does is a transaction that also
/// records how far it came.
package struct SQLiteEngine: SealEngine {
    let target: SealTarget
    let checkpoint: Checkpoint?

    package init(target: SealTarget, checkpoint: Checkpoint? = nil) {
        self.target = target
        self.checkpoint = checkpoint
    }

    package func plan(_ request: SealRequest) async throws -> SealPlan {
        try await connect { session in
            let table = try SQLiteTable.read(session, request, looksAtRows: true)
            return SQLitePlanner.plan(try request.settled(by: table.recorded.map(\.column)), on: table)
        }
    }

    package func seal(_ request: SealRequest, keys: SealingKeys, progress: SealProgress) async throws -> SealReport {
        try await run(.seal, request, keys, progress)
    }

    package func rotate(_ request: SealRequest, keys: SealingKeys, progress: SealProgress) async throws -> SealReport {
        try await run(.rotate, request, keys, progress)
    }

    package func unseal(_ request: SealRequest, keys: SealingKeys, progress: SealProgress) async throws -> SealReport {
        try await run(.unseal, request, keys, progress)
    }

    private func connect<R: Sendable>(_ body: @escaping @Sendable (SQLiteSession) throws -> R) async throws -> R {
        do { return try await withSQLite(target.location, body) } catch let failure as SQLiteFailure { throw failure.datastoreError }
    }

    private func run(_ operation: SealOperation, _ request: SealRequest, _ keys: SealingKeys, _ progress: SealProgress) async throws -> SealReport {
        let (target, checkpoint) = (target, checkpoint)
        let clock = ContinuousClock()
        let start = clock.now
        var report = try await connect { session in
            guard !session.isReadOnly else { throw SealingError.blocked([.sqlite(.readOnlyFile)]) }
            let lock = try SQLiteRunLock(target, table: request.displayName)
            return try withExtendedLifetime(lock) {
                let recorded = try SQLiteState.sealedColumns(session, table: request.table).map(\.column)
                let request = try operation == .seal ? request.settled(by: recorded) : request
                let migration = SQLiteMigration(session: session, request: request, keys: keys, progress: progress, checkpoint: checkpoint)
                return switch operation {
                case .seal: try request.mode == .online ? migration.seal() : migration.rewrite()
                case .rotate: try migration.rotate()
                case .unseal: try migration.unseal()
                }
            }
        }
        report.seconds = start.duration(to: clock.now) / .seconds(1)
        report.rowsPerSecond = report.seconds > 0 ? Double(report.rows) / report.seconds : 0
        return report
    }

    package func verify(_ request: SealRequest, keys: SealingKeys, progress: SealProgress) async throws -> SealVerification {
        try await connect { try SQLiteVerifier.verify($0, request, keys, progress) }
    }

    package func status(_ request: SealRequest) async throws -> SealStatus {
        try await connect { session in
            let columns = try SQLiteState.sealedColumns(session, table: request.table)
            guard !columns.isEmpty else { throw SealingError.notSealed(request.displayName) }
            let progress = try SQLiteState.progress(session, table: request.table)
            return SealStatus(
                columns: columns.map { SealStatus.Column(column: $0.column, state: $0.state, declaration: $0.declaration) },
                share: try progress.flatMap { try Self.share($0, session, request) }, rowsDone: progress?.rowsDone ?? 0)
        }
    }

    private static func share(_ progress: SQLiteState.Progress, _ session: SQLiteSession, _ request: SealRequest) throws -> Double? {
        let table = try SQLiteTable.read(session, request)
        guard table.isLocatedByNumber, let last = progress.lastRow, let locator = table.locator.first else { return nil }
        // The ends of the numbers, which are found without reading the table.
        let name = SQLiteSession.identifier(request.table)
        let ends = try session.rows("SELECT (SELECT min(\(locator)) FROM \(name)), (SELECT max(\(locator)) FROM \(name))").first?.map(\.integer)
        guard let first = ends?[0], let end = ends?[1], end > first else { return nil }
        return min(1, max(0, (Double(last) - Double(first)) / (Double(end) - Double(first))))
    }

    package func read(
        _ request: SealRequest, _ selection: SealSelection, keys: SealingKeys, body: @escaping @Sendable (OpenedRow) throws -> Void
    ) async throws -> OpenSummary {
        try await connect { try SQLiteReader.read($0, request, selection, keys, body) }
    }
}
