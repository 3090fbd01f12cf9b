import Cryptography
import Datastores
import Dispatch
import Network
import Sealing
import Synchronization
import TestServers
import Testing

/// A table with people who don't exist, and keys for it.
struct Fixture: Sendable {
    let server: PostgreSQLServer

    static let columns = [
        SealColumn("name"), SealColumn("id_card", indexes: [.unique]),
        SealColumn("mobile", indexes: [.blind(bits: 12), .suffix(characters: 4, bits: 10)]), SealColumn("photo"),
    ]

    static let table = """
        CREATE TABLE patients (id bigserial PRIMARY KEY, name text NOT NULL, id_card varchar(18) COLLATE "C" UNIQUE, mobile varchar(20) DEFAULT '',
            photo bytea, visits int NOT NULL DEFAULT 0);
        COMMENT ON TABLE patients IS '患者'; COMMENT ON COLUMN patients.mobile IS '手机号';
        CREATE INDEX patients_mobile ON patients (mobile varchar_pattern_ops) WHERE mobile <> ''; COMMENT ON INDEX patients_mobile IS 'by mobile';
        CREATE INDEX patients_visits ON patients (visits);
        CREATE ROLE reader; GRANT SELECT ON patients TO reader; GRANT UPDATE (visits) ON patients TO reader;
        """

    /// Rows 1…count; every seventh has NULLs, every eleventh empty values.
    static func rows(_ count: Int) -> String {
        """
        INSERT INTO patients (name, id_card, mobile, photo)
        SELECT CASE WHEN i % 11 = 0 THEN '' ELSE '病人' || i END, CASE WHEN i % 7 = 0 THEN NULL ELSE '11010119900' || lpad(i::text, 7, '0') END,
            CASE WHEN i % 7 = 0 THEN NULL WHEN i % 11 = 0 THEN '' ELSE '1380013' || lpad((i % 10000)::text, 4, '0') END,
            CASE WHEN i % 5 = 0 THEN NULL ELSE decode(md5(i::text), 'hex') END
        FROM generate_series(1, \(count)) i;
        """
    }

    static func key(_ id: UInt32, _ algorithm: SealingAlgorithm = .aes256GCM) -> DataKey {
        DataKey(id: id, algorithm: algorithm, secret: Secret((0..<32).map { UInt8(truncatingIfNeeded: Int(id) &* 31 &+ $0 &* 7) }))
    }

    static func keys(_ first: UInt32 = 1, _ columns: [SealColumn] = columns, older: [UInt32] = []) -> SealingKeys {
        let current = columns.enumerated().map { ($1.name, key(first + UInt32($0))) }
        let known = Set(current.map(\.1.id) + older)
        return SealingKeys(current: Dictionary(uniqueKeysWithValues: current)) {
            guard known.contains($0) else { throw NoSuchKey() }
            return key($0)
        }
    }

    struct NoSuchKey: Error {}

    var target: SealTarget {
        get throws { try target(user: server.user) }
    }

    func target(user: String, database: String = "postgres") throws -> SealTarget {
        SealTarget(
            location: try StoreLocation("postgresql://\(user)@127.0.0.1:\(server.port)/\(database)"),
            scope: Scope(networks: ["127.0.0.1"].compactMap { CIDR($0) }))
    }

    func migration(
        _ request: SealRequest = Fixture.request(), keys: SealingKeys = Fixture.keys(), checkpoint: Checkpoint? = nil
    ) throws -> OnlineMigration {
        OnlineMigration(target: try target, request: request, keys: keys, checkpoint: checkpoint)
    }

    static func request(enforce: Bool = false, columns: [SealColumn] = columns) -> SealRequest {
        SealRequest(table: "patients", columns: columns, batch: 50, enforce: enforce)
    }

    func verify(keys: SealingKeys = Fixture.keys()) async throws -> SealVerification {
        try await PostgreSQLVerifier.verify(try target, Fixture.request(), keys: keys)
    }

    func value(_ sql: String) async throws -> String {
        try await server.execute(sql).split(whereSeparator: \.isNewline).joined(separator: "\n")
    }

    /// The dump with its rows sorted: where a row lies in the file is nobody's business.
    func dump() async throws -> [String] {
        try await server.dump(table: "patients").split(separator: "\n").map(String.init).filter {
            !$0.hasPrefix("\\restrict") && !$0.hasPrefix("\\unrestrict")
        }.sorted()
    }
}

/// Ends a run before its n-th statement, as a kill would.
final class Interruption: Sendable {
    struct Killed: Error {}
    private let state: Mutex<(seen: Int, limit: Int)>

    init(before statement: Int) { state = Mutex((0, statement)) }

    var statements: Int { state.withLock { $0.seen } }

    var checkpoint: Checkpoint {
        { [self] in
            let isOver = state.withLock { state in
                state.seen += 1
                return state.seen >= state.limit
            }
            if isOver { throw Killed() }
        }
    }
}

/// A writer who gets in before each of the first statements of a run, which waits for it.
final class Interloper: Sendable {
    private let write: @Sendable (_ statement: String) async throws -> Void
    private let state = Mutex<(calls: Int, written: [Int: String])>((0, [:]))

    /// - Parameter write: throws where the run holds a lock: then nothing was written.
    init(write: @escaping @Sendable (_ statement: String) async throws -> Void) { self.write = write }

    /// What was written last, by the number of the row; the row fifty further has the same.
    var written: [Int: String] { state.withLock { $0.written } }

    var checkpoint: Checkpoint {
        { [self] in
            let call = state.withLock { state in
                state.calls += 1
                return state.calls
            }
            guard call <= 90 else { return }
            let done = DispatchSemaphore(value: 0)
            Task { [self] in
                let (row, value) = (call % 45 + 1, "neu\(call)")
                if (try? await write("UPDATE patients SET name = '\(value)' WHERE id IN (\(row), \(row + 50))")) != nil {
                    state.withLock { $0.written[row] = value }
                }
                done.signal()
            }
            done.wait()
        }
    }
}
