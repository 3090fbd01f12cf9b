import Datastores
import Foundation
import GRDB
import Network
import TestServers
import Testing

@Suite("SQLite")
struct SQLiteTests {
    private let file = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-\(UUID().uuidString).sqlite")

    private func open<R: Sendable>(_ access: DatastoreAccess = .read, _ body: @escaping @Sendable (any Datastore) throws -> R) async throws -> R {
        try await withDatastore(try StoreLocation("sqlite:" + file.path), scope: Scope(), access: access, body)
    }

    @Test("what is written is read back")
    func roundTrip() async throws {
        defer { try? FileManager.default.removeItem(at: file) }
        try await open(.write) { try Rows.write(Rows.awkward, into: $0) }
        let (tables, rows) = try await open { store in
            let tables = try store.tables()
            return (tables, try Rows.read(store, try #require(tables.first), Rows.columns))
        }
        #expect(tables.map(\.name) == [Rows.table.name])
        #expect(tables.first?.columns.map(\.isPrimaryKey) == [true, false, false])
        #expect(rows == Rows.awkward)
    }

    @Test("numbers come as text, blobs as hexadecimal; views, generated and shadow tables are told apart")
    func kinds() async throws {
        defer { try? FileManager.default.removeItem(at: file) }
        let queue = try DatabaseQueue(path: file.path)
        try await queue.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE t (a, b BLOB, c GENERATED ALWAYS AS (a + 1)) ;
                    CREATE VIEW v AS SELECT a FROM t;
                    CREATE TABLE w (k TEXT PRIMARY KEY) WITHOUT ROWID;
                    INSERT INTO t (a, b) VALUES (1, x'00ff'), (2.5, NULL);
                    """)
        }
        try queue.close()
        let (names, rows) = try await open { store in
            let tables = try store.tables()
            return (tables.map(\.name), try Rows.read(store, tables[0], ["a", "b", "c"]))
        }
        #expect(names == ["t", "w"])
        #expect(rows == [["1", "\\x00ff", "2"], ["2.5", nil, "3.5"]])
    }

    @Test("a missing file is not made, and what is no database is said to be none")
    func bad() async throws {
        defer { try? FileManager.default.removeItem(at: file) }
        await #expect(throws: DatastoreError.self) { try await open { try $0.tables().count } }
        #expect(!FileManager.default.fileExists(atPath: file.path))
        try Data(repeating: 0x41, count: 4_096).write(to: file)
        await #expect(throws: DatastoreError.self) { try await open { try $0.tables().count } }
    }

    @Test("a table that is there is kept")
    func existing() async throws {
        defer { try? FileManager.default.removeItem(at: file) }
        try await open(.write) { try Rows.write(Rows.awkward, into: $0) }
        await #expect(throws: DatastoreError.self) { try await open(.write) { try Rows.write([], into: $0) } }
        #expect(try await open { try Rows.read($0, try $0.tables()[0], ["id"]).count } == Rows.awkward.count)
    }
}
