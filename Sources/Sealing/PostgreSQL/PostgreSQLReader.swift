import Cryptography
import Datastores

/// Reads rows of a sealed table, opened.
enum PostgreSQLReader {
    static func read(
        _ target: SealTarget, _ request: SealRequest, _ selection: SealSelection, keys: SealingKeys,
        body: @escaping @Sendable (OpenedRow) throws -> Void
    ) async throws -> OpenSummary {
        throw SealingError.unsupported("not yet")
    }
}
