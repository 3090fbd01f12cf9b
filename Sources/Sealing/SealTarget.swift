package import Cryptography
package import Datastores
package import Network

/// Where tables are, and how to get at them.
package struct SealTarget: Sendable {
    package var location: StoreLocation
    package var scope: Scope
    package var password: Secret?

    package init(location: StoreLocation, scope: Scope, password: Secret? = nil) {
        self.location = location
        self.scope = scope
        self.password = password
    }

    /// What seals the tables of this kind of store.
    /// - Throws: ``SealingError/unsupported(_:)``.
    package func engine(checkpoint: Checkpoint? = nil) throws -> any SealEngine {
        switch location.place {
        case .postgreSQL: return PostgreSQLEngine(target: self, checkpoint: checkpoint)
        case .mySQL: return MySQLEngine(target: self, checkpoint: checkpoint)
        case .sqlite: return SQLiteEngine(target: self, checkpoint: checkpoint)
        case .file: throw SealingError.unsupported("\(location): files can't be sealed in place; postgresql://, mysql:// and sqlite: can")
        }
    }
}
