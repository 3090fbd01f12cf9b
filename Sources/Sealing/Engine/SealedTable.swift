package import Cryptography
package import Datastores
package import Network

/// Where a table is, and with which keys it is worked on.
package struct SealTarget: Sendable {
    package var location: StoreLocation
    package var scope: Scope
    package var password: Secret?

    package init(location: StoreLocation, scope: Scope, password: Secret? = nil) {
        self.location = location
        self.scope = scope
        self.password = password
    }

    func connect<R: Sendable>(_ body: @escaping @Sendable (PostgreSQLSession) throws -> R) async throws -> R {
        try await withPostgreSQL(location, scope: scope, password: password, body)
    }
}

extension SealRequest {
    var qualifiedName: String { PostgreSQLSession.identifier(schema) + "." + PostgreSQLSession.identifier(table) }

    /// A cipher for each column. They belong to one thread.
    func ciphers(_ forms: [String: ColumnForm], _ keys: SealingKeys) throws -> [ColumnCipher] {
        try columns.map { column in
            try ColumnCipher(column, form: forms[column.name] ?? .text, logicalName: logicalName(of: column.name), keys: keys)
        }
    }

    func statements(_ operation: SealOperation, _ table: TableSnapshot, _ forms: [String: ColumnForm], _ keys: SealingKeys) -> HeapStatements {
        HeapStatements(
            table: qualifiedName, primaryKey: table.primaryKey, columns: columns.map { ($0, forms[$0.name] ?? .text) }, operation: operation,
            keyIDs: keys.current.mapValues(\.id))
    }
}
