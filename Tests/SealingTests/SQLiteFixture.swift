import Cryptography
import Datastores
import Foundation
import Network
import Sealing
import Synchronization
import Testing

/// A SQLite file with people who don't exist, gone with the object.
final class SQLiteFixture: Sendable {
    let folder: URL
    let path: String

    init(_ sql: String = "", journal: String = "delete", folder parent: URL = FileManager.default.temporaryDirectory) async throws {
        folder = parent.appendingPathComponent("suwen-sqlite-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appendingPathComponent("clinic.db").path
        try #require(FileManager.default.createFile(atPath: path, contents: nil))
        try await execute("PRAGMA journal_mode = \(journal);" + sql)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    static let columns = [
        SealColumn("name"), SealColumn("id_card", indexes: [.unique]),
        SealColumn("mobile", indexes: [.blind(bits: 12), .suffix(characters: 4, bits: 10)]), SealColumn("photo"), SealColumn("note"),
    ]

    /// How a table may be keyed: what stands in the place of the key's column, and behind the last.
    enum Keys: String, CaseIterable, Sendable {
        case number = "id INTEGER PRIMARY KEY"
        case text = "id TEXT PRIMARY KEY NOT NULL"
        case untyped = "id PRIMARY KEY NOT NULL"
        case withoutRowID = "ward TEXT NOT NULL COLLATE NOCASE, id INTEGER NOT NULL"
        case composite = "ward BLOB NOT NULL, id INTEGER NOT NULL "

        var end: String {
            switch self {
            case .number, .text, .untyped: ")"
            case .withoutRowID: ",\n    PRIMARY KEY (ward, id)\n) WITHOUT ROWID"
            case .composite: ", PRIMARY KEY (ward, id DESC))"
            }
        }

        var names: String { self == .withoutRowID || self == .composite ? "ward, id" : "id" }

        func values(_ row: String) -> String {
            switch self {
            case .number: row
            case .text: "'P' || \(row)"
            // 1, '2', 3.5 and bytes side by side.
            case .untyped: "CASE \(row) % 4 WHEN 0 THEN \(row) WHEN 1 THEN '' || \(row) WHEN 2 THEN \(row) + 0.5 ELSE CAST('k' || \(row) AS BLOB) END"
            case .withoutRowID: "'w' || \(row) % 5, \(row)"
            case .composite: "CAST('w' || \(row) % 5 AS BLOB), \(row)"
            }
        }
    }

    static func table(_ keys: Keys = .number) -> String {
        """
        CREATE TABLE patients (\(keys.rawValue), name TEXT NOT NULL, -- the patient's
            id_card VARCHAR(18) UNIQUE, mobile varchar(20) DEFAULT '', photo BLOB, note, visits INT NOT NULL DEFAULT 0 CHECK (visits >= 0)\(keys.end);
        CREATE UNIQUE INDEX by_card ON patients (id_card);
        CREATE INDEX by_mobile ON patients (mobile COLLATE NOCASE, visits) WHERE mobile <> '';
        CREATE INDEX by_visits ON patients (visits);
        CREATE TABLE log (text TEXT);
        CREATE TRIGGER arrival AFTER INSERT ON patients BEGIN INSERT INTO log VALUES ('in'); END;
        CREATE TRIGGER visit AFTER UPDATE OF visits ON patients BEGIN INSERT INTO log VALUES ('visit'); END;
        CREATE VIEW frequent AS SELECT name, visits FROM patients WHERE visits > 3;
        """
    }

    /// Rows 1…count; every seventh has NULLs, every eleventh empty values; notes are of all types.
    static func rows(_ count: Int, _ keys: Keys = .number, from first: Int = 1) -> String {
        """
        WITH RECURSIVE n(i) AS (SELECT \(first) UNION ALL SELECT i + 1 FROM n WHERE i < \(first + count - 1))
        INSERT INTO patients (\(keys.names), name, id_card, mobile, photo, note)
        SELECT \(keys.values("i")), CASE WHEN i % 11 = 0 THEN '' ELSE '病人' || i END, CASE WHEN i % 7 = 0 THEN NULL ELSE '11010119900' || printf('%07d', i) END,
            CASE WHEN i % 7 = 0 THEN NULL WHEN i % 11 = 0 THEN '' ELSE '1380013' || printf('%04d', i % 10000) END,
            CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN x'' ELSE CAST('photo of ' || i AS BLOB) END,
            CASE i % 9 WHEN 0 THEN i WHEN 1 THEN i / 7.0 WHEN 2 THEN 'note ' || i WHEN 3 THEN CAST('note ' || i AS BLOB) WHEN 4 THEN -9223372036854775807 - 1
                WHEN 5 THEN 9e999 WHEN 6 THEN '' || i WHEN 7 THEN 5.0 END
        FROM n;
        """
    }

    func execute(_ sql: String) async throws { try await withSQLite(location) { try $0.execute(sql) } }

    func rows(_ sql: String) async throws -> [[SQLiteValue]] { try await withSQLite(location) { try $0.rows(sql) } }

    func number(_ sql: String) async throws -> Int { Int(try await rows(sql).first?.first?.integer ?? -1) }

    var location: StoreLocation { get throws { try StoreLocation("sqlite:\(path)") } }

    func engine(_ checkpoint: Checkpoint? = nil) throws -> SQLiteEngine {
        SQLiteEngine(target: SealTarget(location: try location, scope: Scope()), checkpoint: checkpoint)
    }

    static func request(_ columns: [SealColumn] = columns, mode: SealMode = .online, enforce: Bool = false) -> SealRequest {
        SealRequest(schema: "main", table: "patients", columns: columns, mode: mode, batch: 20, enforce: enforce)
    }

    static func keys(_ first: UInt32 = 1, _ columns: [SealColumn] = columns, older: [UInt32] = []) -> SealingKeys {
        Fixture.keys(first, columns, older: older)
    }

    @discardableResult
    func seal(_ request: SealRequest = request(), keys: SealingKeys = keys(), _ checkpoint: Checkpoint? = nil) async throws -> SealReport {
        try await engine(checkpoint).seal(request, keys: keys, progress: SealProgress())
    }

    @discardableResult
    func unseal(keys: SealingKeys = keys(), _ checkpoint: Checkpoint? = nil) async throws -> SealReport {
        try await engine(checkpoint).unseal(Self.request([]), keys: keys, progress: SealProgress())
    }

    func verify(keys: SealingKeys = keys()) async throws -> SealVerification {
        try await engine().verify(Self.request([]), keys: keys, progress: SealProgress())
    }

    /// What `.dump` writes, sorted: definitions, and every value in a form that tells its type and all its digits.
    func dump() async throws -> [String] {
        try await withSQLite(location) { session in
            var lines = try session.rows("SELECT type || ' ' || name || ': ' || sql FROM sqlite_schema WHERE sql IS NOT NULL").compactMap {
                $0[0].text
            }
            for table in try session.rows("SELECT name FROM sqlite_schema WHERE type = 'table'").compactMap({ $0[0].text }) {
                let columns = try session.rows("SELECT name FROM pragma_table_xinfo(?)", [.text(table)]).compactMap { $0[0].text }
                let values = columns.map { "quote(\(SQLiteSession.identifier($0)))" }.joined(separator: " || ',' || ")
                lines += try session.rows("SELECT \(values) FROM \(SQLiteSession.identifier(table))").compactMap { $0[0].text }.map {
                    "\(table): \($0)"
                }
            }
            guard try session.rows("PRAGMA integrity_check") == [[.text("ok")]] else { throw SealingError.malformedAnswer }
            return lines.sorted()
        }
    }

    /// How often bytes stand in the file, its log and its journal.
    func occurrences(of text: String) throws -> Int {
        let wanted = Data(text.utf8)
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).reduce(0) { sum, file in
            let data = try Data(contentsOf: file)
            var (count, start) = (0, data.startIndex)
            while let found = data.range(of: wanted, in: start..<data.endIndex) { (count, start) = (count + 1, found.upperBound) }
            return sum + count
        }
    }
}

/// A number that several threads see.
final class SharedCount: Sendable {
    private let state = Mutex(0)
    var value: Int { state.withLock { $0 } }
    func add() { state.withLock { $0 += 1 } }
}
