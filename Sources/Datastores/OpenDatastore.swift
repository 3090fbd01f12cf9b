package import Cryptography
import Foundation
package import Network

/// Opens the store at `location`, lends it to `body` on a thread of its own, and closes it.
///
/// Only addresses that `scope` permits are contacted. A server gets ten seconds to let us in, and may not fall silent for minutes.
/// When the task is cancelled the conversation ends at once and `CancellationError` is thrown.
/// - Parameters:
///   - encoding: `utf-8` or `gb18030`, of a delimited file; nil: recognised.
/// - Throws: ``DatastoreError``, `CancellationError`, or what `body` throws.
package func withDatastore<R: Sendable>(
    _ location: StoreLocation, scope: Scope, password: Secret? = nil, encoding: String? = nil, access: DatastoreAccess = .read,
    _ body: @escaping @Sendable (any Datastore) throws -> R
) async throws -> R {
    let addresses = try await permittedAddresses(of: location, scope: scope)
    let watch = Watch()
    return try await withTaskCancellationHandler {
        try Task.checkCancellation()
        return try await withCheckedThrowingContinuation { continuation in
            // A thread of its own: the work blocks for as long as the store is read, and must not hold one of the cooperative pool.
            let thread = Thread {
                watch.begin()
                let result = Result {
                    do {
                        let opening = Opening(
                            location: location, addresses: addresses, password: password, encoding: encoding, access: access, watch: watch)
                        let store = try opening.store()
                        return try body(store)
                    } catch {
                        throw watch.isCancelled ? CancellationError() : error
                    }
                }
                watch.end()
                continuation.resume(with: result)
            }
            thread.name = "suwen-store"
            thread.stackSize = 8 << 20
            thread.start()
        }
    } onCancel: {
        watch.cancel()
    }
}

private func permittedAddresses(of location: StoreLocation, scope: Scope) async throws(DatastoreError) -> [PermittedAddress] {
    guard let server = location.server else { return [] }
    do throws(ScopeError) {
        return try await scope.resolve(host: server.host, port: server.port)
    } catch {
        let problem: DatastoreError.Problem =
            switch error {
            case .outOfScope(let host, let address): .outOfScope(host: host, address: address?.description)
            case .unresolvable(let host): .unresolvable(host: host)
            }
        throw DatastoreError(store: location.description, problem: problem)
    }
}

/// All that is needed to open a store.
struct Opening: Sendable {
    var location: StoreLocation
    /// At least one for a server; none for a file.
    var addresses: [PermittedAddress]
    var password: Secret?
    var encoding: String?
    var access: DatastoreAccess
    var watch: Watch

    func store() throws(DatastoreError) -> any Datastore {
        switch location.place {
        case .postgreSQL(let server): try PostgreSQLStore(self, server)
        case .mySQL(let server): try MySQLStore(self, server)
        case .sqlite(let path): try SQLiteStore(self, path: path)
        case .file(let path): try FileStore(self, path: path)
        }
    }

    func error(_ problem: DatastoreError.Problem) -> DatastoreError {
        DatastoreError(store: location.description, problem: problem)
    }

    /// Tries the addresses one after the other; only when one can't be reached the next gets its chance.
    func firstReachable<Connection>(_ connect: (PermittedAddress) throws(DatastoreError) -> Connection) throws(DatastoreError) -> Connection {
        var last = error(.unreachable("no address"))
        for address in addresses.prefix(4) {
            do {
                return try connect(address)
            } catch {
                guard case .unreachable = error.problem, !watch.isCancelled else { throw error }
                last = error
            }
        }
        throw last
    }

    func tls(_ server: ServerLocation, _ address: PermittedAddress) -> TLSMode {
        server.tls ?? (address.address.isLoopback ? .prefer : .verifyFull)
    }

    /// Debian's bundle of trusted authorities.
    static let systemAuthorities = "/etc/ssl/certs/ca-certificates.crt"

    static let certificateMend = "name the file of its certificate authority with sslrootcert, or choose a lower %MODE% (require encrypts unchecked)"
}
