import Cryptography
import Datastores
import Foundation
import Network
import TestServers
import Testing

@Suite("Database servers")
struct DatastoresIntegrationTests {
    private static let loopback = Scope(networks: ["127.0.0.1"].compactMap { CIDR($0) })

    private func open<R: Sendable>(
        _ url: String, password: String? = nil, _ access: DatastoreAccess = .read, _ body: @escaping @Sendable (any Datastore) throws -> R
    ) async throws -> R {
        try await withDatastore(
            try StoreLocation(url), scope: Self.loopback, password: password.map { Secret($0.utf8) }, access: access, body)
    }

    @Test("PostgreSQL: what is written is read back, with comments and keys; a wrong password is refused; nothing can be written by reading")
    func postgreSQL() async throws {
        try await PostgreSQLServer.with(authentication: .password("right")) { server in
            let url = "postgresql://\(server.user)@127.0.0.1:\(server.port)/postgres"
            try await roundTrip(url, password: "right")
            _ = try await server.execute("CREATE TABLE k (b bytea, n numeric); INSERT INTO k VALUES ('\\x00ff', 1.50), (NULL, NULL)")
            let rows = try await open(url, password: "right") { store in
                let table = try #require(try store.tables().first { $0.name == "k" })
                return try Rows.read(store, table, ["b", "n"])
            }
            #expect(rows == [["\\x00ff", "1.50"], [nil, nil]])
            try await expectRefused(url, "right")
        }
    }

    @Test("MariaDB: what is written is read back, with comments and keys; a wrong password is refused; nothing can be written by reading")
    func mariaDB() async throws {
        try await MariaDBServer.with(authentication: .password("right")) { server in
            let url = "mysql://\(server.user)@127.0.0.1:\(server.port)/\(server.database)"
            try await roundTrip(url, password: "right")
            _ = try await server.execute(
                "CREATE TABLE k (b varbinary(8), n decimal(5,2)); INSERT INTO k VALUES (x'00ff', 1.5), (NULL, NULL)", database: server.database)
            let rows = try await open(url, password: "right") { store in
                let table = try #require(try store.tables().first { $0.name == "k" })
                return try Rows.read(store, table, ["b", "n"])
            }
            #expect(rows == [["\\x00ff", "1.50"], [nil, nil]])
            try await expectRefused(url, "right")
        }
    }

    private func roundTrip(_ url: String, password: String) async throws {
        try await open(url, password: password, .write) { try Rows.write(Rows.awkward, into: $0) }
        let (table, rows, limited) = try await open(url, password: password) { store in
            let table = try #require(try store.tables().first { $0.name == Rows.table.name })
            return (table, try Rows.read(store, table, Rows.columns), try Rows.read(store, table, ["id"], limit: 2))
        }
        #expect(table.comment == Rows.table.comment)
        #expect(table.columns.map(\.comment) == [nil, "说明'", nil])
        #expect(table.columns.map(\.isPrimaryKey) == [true, false, false])
        #expect(Set(rows) == Set(Rows.awkward))
        #expect(limited.count == 2)
        // A table that is there is kept.
        await #expect(throws: DatastoreError.self) { try await open(url, password: password, .write) { try Rows.write([], into: $0) } }
    }

    private func expectRefused(_ url: String, _ password: String) async throws {
        let error = await #expect(throws: DatastoreError.self) { try await open(url, password: "wrong") { _ in } }
        guard case .refused = error?.problem else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(!"\(String(describing: error))".contains("wrong"))
        // Opened for reading: creating is refused before the server is asked.
        await #expect(throws: DatastoreError.self) { try await open(url, password: password) { _ = try $0.create(Rows.table) } }
    }

    @Test("a port where nothing listens is unreachable", arguments: ["postgresql://u@127.0.0.1:1/d", "mysql://u@127.0.0.1:1/d"])
    func unreachable(url: String) async throws {
        let error = await #expect(throws: DatastoreError.self) { try await open(url) { _ in } }
        guard case .unreachable = error?.problem else { return #expect(Bool(false), "\(String(describing: error))") }
    }
}
