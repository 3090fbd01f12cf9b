import Datastores

/// Seals InnoDB's tables in MySQL 8.0.16 or newer and MariaDB 10.6 or newer.
package struct MySQLEngine: SealEngine {
    let target: SealTarget
    let checkpoint: Checkpoint?

    private func migration(_ request: SealRequest, _ keys: SealingKeys, _ progress: SealProgress) -> MySQLMigration {
        MySQLMigration(target: target, request: request, keys: keys, progress: progress, checkpoint: checkpoint)
    }

    package func plan(_ request: SealRequest) async throws -> SealPlan {
        let table = try await target.mySQLSnapshot(request, scans: true)
        return MySQLPlanner.plan(try request.settled(by: table.sealed.map(\.column)), on: table)
    }

    package func seal(_ request: SealRequest, keys: SealingKeys, progress: SealProgress) async throws -> SealReport {
        let recorded = try await target.connectMySQL { try MySQLState.sealedColumns($0, schema: request.schema, table: request.table) }
        let request = try request.settled(by: recorded.map(\.column))
        switch request.mode {
        case .online: return try await migration(request, keys, progress).seal()
        case .rewrite: return try await MySQLRewrite(target: target, request: request, keys: keys, progress: progress, checkpoint: checkpoint).seal()
        }
    }

    package func rotate(_ request: SealRequest, keys: SealingKeys, progress: SealProgress) async throws -> SealReport {
        try await migration(request, keys, progress).rotate()
    }

    package func unseal(_ request: SealRequest, keys: SealingKeys, progress: SealProgress) async throws -> SealReport {
        try await migration(request, keys, progress).unseal()
    }

    package func verify(_ request: SealRequest, keys: SealingKeys, progress: SealProgress) async throws -> SealVerification {
        try await MySQLVerifier.verify(target, request, keys: keys, progress: progress)
    }

    package func status(_ request: SealRequest) async throws -> SealStatus {
        try await target.connectMySQL { session in
            guard let table = try MySQLSnapshot.read(session, request) else { throw SealingError.noSuchTable(request.displayName) }
            guard !table.sealed.isEmpty else { throw SealingError.notSealed(request.displayName) }
            let row = try session.rows(
                """
                SELECT SUM(is_done = 0), COALESCE(SUM(rows_done), 0) FROM \(MySQLState.path(request.schema, "suwen_seal_progress"))
                WHERE table_name = \(MySQLSession.literal(request.table))
                """
            ).first
            let done = row?[1].flatMap(Int.init) ?? 0
            var share: Double?
            if let left = row?[0].flatMap(Int.init), left > 0, let rows = table.estimatedRows, rows > 0 {
                share = min(1, Double(done) / Double(rows))
            }
            return SealStatus(
                columns: table.sealed.map { SealStatus.Column(column: $0.column, state: $0.state, declaration: $0.declaration) }, share: share,
                rowsDone: done)
        }
    }

    package func read(
        _ request: SealRequest, _ selection: SealSelection, keys: SealingKeys, body: @escaping @Sendable (OpenedRow) throws -> Void
    ) async throws -> OpenSummary {
        try await MySQLReader.read(target, request, selection, keys: keys, body: body)
    }
}

extension SealTarget {
    func connectMySQL<R: Sendable>(_ body: @escaping @Sendable (MySQLSession) throws -> R) async throws -> R {
        try await connectMySQL(1) { try body($0[0]) }
    }

    func connectMySQL<R: Sendable>(_ connections: Int, _ body: @escaping @Sendable ([MySQLSession]) throws -> R) async throws -> R {
        try await withMySQL(location, scope: scope, password: password, connections: connections, body)
    }

    /// - Parameter scans: whether the request's columns are looked through.
    func mySQLSnapshot(_ request: SealRequest, scans: Bool) async throws -> MySQLTable {
        let found = try await connectMySQL { try MySQLSnapshot.read($0, request, scanned: scans ? request.columns.map(\.name) : []) }
        guard let found else { throw SealingError.noSuchTable(request.displayName) }
        return found
    }
}
