import Datastores

/// Seals tables of PostgreSQL 14 or newer.
package struct PostgreSQLEngine: SealEngine {
    let target: SealTarget
    let checkpoint: Checkpoint?

    private func migration(_ request: SealRequest, _ keys: SealingKeys, _ progress: SealProgress) -> OnlineMigration {
        OnlineMigration(target: target, request: request, keys: keys, progress: progress, checkpoint: checkpoint)
    }

    package func plan(_ request: SealRequest) async throws -> SealPlan {
        try await migration(request, SealingKeys([:]), SealProgress()).plan()
    }

    package func seal(_ request: SealRequest, keys: SealingKeys, progress: SealProgress) async throws -> SealReport {
        switch request.mode {
        case .online: try await migration(request, keys, progress).seal()
        case .rewrite: try await RewriteMigration(target: target, request: request, keys: keys, progress: progress, checkpoint: checkpoint).seal()
        }
    }

    package func rotate(_ request: SealRequest, keys: SealingKeys, progress: SealProgress) async throws -> SealReport {
        try await migration(request, keys, progress).rotate()
    }

    package func unseal(_ request: SealRequest, keys: SealingKeys, progress: SealProgress) async throws -> SealReport {
        try await migration(request, keys, progress).unseal()
    }

    package func verify(_ request: SealRequest, keys: SealingKeys, progress: SealProgress) async throws -> SealVerification {
        try await PostgreSQLVerifier.verify(target, request, keys: keys, progress: progress)
    }

    package func status(_ request: SealRequest) async throws -> SealStatus { try await SealStatus.read(target, request) }

    package func read(
        _ request: SealRequest, _ selection: SealSelection, keys: SealingKeys, body: @escaping @Sendable (OpenedRow) throws -> Void
    ) async throws -> OpenSummary {
        // One selection has one summary, given from one thread.
        nonisolated(unsafe) var summary = OpenSummary()
        try await read(request, each: [selection], keys: keys, begin: { _ in }, end: { summary = $1 }, body: body)
        return summary
    }

    package func read(
        _ request: SealRequest, each selections: [SealSelection], keys: SealingKeys, begin: @escaping @Sendable (SealSelection) throws -> Void,
        end: @escaping @Sendable (SealSelection, OpenSummary) throws -> Void, body: @escaping @Sendable (OpenedRow) throws -> Void
    ) async throws {
        try await target.connect { session in
            let reader = try PostgreSQLReader(session, request, keys)
            for selection in selections {
                try begin(selection)
                try end(selection, try reader.read(selection, body))
            }
        }
    }
}

extension SealTarget {
    func connect<R: Sendable>(_ body: @escaping @Sendable (PostgreSQLSession) throws -> R) async throws -> R {
        try await withPostgreSQL(location, scope: scope, password: password, body)
    }
}
