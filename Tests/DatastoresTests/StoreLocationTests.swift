import Datastores
import Network
import Testing

@Suite("Store URLs")
struct StoreLocationTests {
    private static let serverURLs: [(text: String, host: String, port: UInt16, user: String, database: String)] = [
        ("postgresql://u@db.example.cn:5433/clinic", "db.example.cn", 5_433, "u", "clinic"),
        ("postgres://u%40x@192.0.2.1/a%20b", "192.0.2.1", 5_432, "u@x", "a b"),
        ("mysql://u@[2001:db8::1]/d", "2001:db8::1", 3_306, "u", "d"),
        ("mariadb://root@127.0.0.1:3307/d?ssl=disable", "127.0.0.1", 3_307, "root", "d"),
    ]

    @Test("servers are read", arguments: serverURLs)
    func servers(text: String, host: String, port: UInt16, user: String, database: String) throws {
        let server = try #require(try StoreLocation(text).server)
        #expect(server.host == host && server.port == port && server.user == user)
        #expect(server.database == database)
    }

    @Test(
        "a password, an unknown scheme or parameter, and what is no URL are refused",
        arguments: [
            "postgresql://u:secret@h/d", "oracle://u@h/d", "postgresql://", "mysql://u@h:99999/d", "", "sqlite:",
            "postgresql://u@h/d?sslmode=whatever",
        ])
    func refused(text: String) {
        let error = #expect(throws: DatastoreError.self) { try StoreLocation(text) }
        #expect(error.map { !"\($0)".contains("secret") } == true)
    }

    @Test("an address outside the scope is not contacted")
    func scope() async throws {
        let location = try StoreLocation("postgresql://u@127.0.0.1:1/d")
        let error = await #expect(throws: DatastoreError.self) { try await withDatastore(location, scope: Scope()) { _ in } }
        #expect(error?.problem == .outOfScope(host: "127.0.0.1", address: "127.0.0.1"))
    }
}
