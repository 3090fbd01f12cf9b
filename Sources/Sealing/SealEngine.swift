/// What sealing does with tables of one kind of store.
///
/// Every operation may be killed at any instant, as may the server, and goes on where it was when it is run again. What is named in errors, reports
/// and progress are columns and places, never values.
package protocol SealEngine: Sendable {
    /// The judgement on a request, without changing anything.
    func plan(_ request: SealRequest) async throws -> SealPlan
    /// Seals all rows, in the request's mode; what is sealed already stays as it is. Without verifying.
    func seal(_ request: SealRequest, keys: SealingKeys, progress: SealProgress) async throws -> SealReport
    /// Seals anew, under the current keys, what is sealed under older ones: all columns that runs have recorded. Of the request only the table and
    /// what bounds the load count, here and below.
    func rotate(_ request: SealRequest, keys: SealingKeys, progress: SealProgress) async throws -> SealReport
    /// Gives the table back as it was before it was sealed.
    func unseal(_ request: SealRequest, keys: SealingKeys, progress: SealProgress) async throws -> SealReport
    /// Opens every sealed cell, and computes every companion anew, in one snapshot.
    func verify(_ request: SealRequest, keys: SealingKeys, progress: SealProgress) async throws -> SealVerification
    /// How far the table is. Throws ``SealingError/notSealed(_:)`` when no run has recorded anything.
    func status(_ request: SealRequest) async throws -> SealStatus
    /// Reads rows that match `selection`, opened, in the order of the primary key.
    /// - Returns: how many rows it gave to `body`.
    func read(
        _ request: SealRequest, _ selection: SealSelection, keys: SealingKeys, body: @escaping @Sendable (OpenedRow) throws -> Void
    ) async throws -> OpenSummary
    /// The same for many selections, one after the other.
    /// - Parameters:
    ///   - begin: called before each; when it throws, nothing of it is read.
    ///   - end: called after each.
    func read(
        _ request: SealRequest, each selections: [SealSelection], keys: SealingKeys, begin: @escaping @Sendable (SealSelection) throws -> Void,
        end: @escaping @Sendable (SealSelection, OpenSummary) throws -> Void, body: @escaping @Sendable (OpenedRow) throws -> Void
    ) async throws
}

extension SealEngine {
    package func read(
        _ request: SealRequest, each selections: [SealSelection], keys: SealingKeys, begin: @escaping @Sendable (SealSelection) throws -> Void,
        end: @escaping @Sendable (SealSelection, OpenSummary) throws -> Void, body: @escaping @Sendable (OpenedRow) throws -> Void
    ) async throws {
        for selection in selections {
            try begin(selection)
            try end(selection, try await read(request, selection, keys: keys, body: body))
        }
    }
}

/// Called before each statement of a run; may throw to end it there. For tests, and for a caller that wants to stop a run.
package typealias Checkpoint = @Sendable () throws -> Void
