package import Datastores
package import Estate
package import Network

/// Opens a declared store, lends it, and closes it. The seam where tests put stores of their own.
package protocol StoreOpener: Sendable {
    /// - Throws: `DatastoreError`, `SecretError`, `CancellationError`, or what `body` throws.
    func with<Result: Sendable>(
        _ store: Store, scope: Scope, _ body: @escaping @Sendable (any Datastore) throws -> Result
    ) async throws -> Result
}

/// Opens what the estate's URL says, read-only, with the declared password, and only within the scope.
package struct DeclaredStoreOpener: StoreOpener {
    package init() {}

    package func with<Result: Sendable>(
        _ store: Store, scope: Scope, _ body: @escaping @Sendable (any Datastore) throws -> Result
    ) async throws -> Result {
        let location = try StoreLocation(store.url)
        let password = try store.passwordFrom?.load()
        return try await withDatastore(location, scope: scope, password: password, encoding: store.encoding, access: .read, body)
    }
}
