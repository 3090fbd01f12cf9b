import Cryptography
import Datastores
import Dispatch
import Network
import Sealing
import Synchronization
import TestServers
import Testing

/// A table in MariaDB with people who don't exist.
struct MySQLFixture: Sendable {
    let server: MariaDBServer

    static let table = """
        CREATE TABLE patients (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, name text NOT NULL COMMENT '姓名', id_card varchar(18) COMMENT 'a''b\\\\c',
            mobile varchar(20) DEFAULT '', photo blob, visits int NOT NULL DEFAULT 0,
            touched timestamp NOT NULL DEFAULT '2001-01-01 00:00:00' ON UPDATE current_timestamp(), total int GENERATED ALWAYS AS (visits * 2) STORED,
            UNIQUE KEY card (id_card), KEY by_mobile (mobile) COMMENT 'by mobile', KEY by_visits (visits))
            ENGINE = InnoDB AUTO_INCREMENT = 900000 CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci COMMENT '患者';
        """

    /// Rows 1…count; every seventh has NULLs, every eleventh empty values.
    static func rows(_ count: Int) -> String {
        """
        INSERT INTO patients (id, name, id_card, mobile, photo)
        SELECT seq, IF(seq % 11 = 0, '', CONCAT('病人', seq)), IF(seq % 7 = 0, NULL, CONCAT('11010119900', LPAD(seq, 7, '0'))),
            IF(seq % 7 = 0, NULL, IF(seq % 11 = 0, '', CONCAT('1380013', LPAD(seq % 10000, 4, '0')))),
            IF(seq % 5 = 0, NULL, UNHEX(MD5(seq)))
        FROM seq_1_to_\(count);
        """
    }

    static func with(_ rows: Int, _ body: (MySQLFixture) async throws -> Void) async throws {
        try await with(table + Self.rows(rows), body)
    }

    static func with(_ sql: String, settings: [String] = [], _ body: (MySQLFixture) async throws -> Void) async throws {
        try await MariaDBServer.with(settings: settings) { server in
            try await server.execute(sql + ";ANALYZE TABLE patients;")
            try await body(MySQLFixture(server: server))
        }
    }

    func target(user: String = "root") throws -> SealTarget {
        SealTarget(
            location: try StoreLocation("mysql://\(user)@127.0.0.1:\(server.port)/test"),
            scope: Scope(networks: ["127.0.0.1"].compactMap { CIDR($0) }))
    }

    static func request(
        enforce: Bool = false, columns: [SealColumn] = Fixture.columns, mode: SealMode = .online, batch: Int = 50
    ) -> SealRequest {
        SealRequest(schema: "test", table: "patients", columns: columns, mode: mode, batch: batch, enforce: enforce)
    }

    func seal(_ request: SealRequest = request(), keys: SealingKeys? = nil, checkpoint: Checkpoint? = nil) async throws -> SealReport {
        try await target().engine(checkpoint: checkpoint).seal(request, keys: keys ?? Fixture.keys(1, request.columns), progress: SealProgress())
    }

    func unseal(_ columns: [SealColumn] = Fixture.columns, checkpoint: Checkpoint? = nil) async throws -> SealReport {
        try await target().engine(checkpoint: checkpoint).unseal(Self.request(columns: []), keys: Fixture.keys(1, columns), progress: SealProgress())
    }

    func verify(_ columns: [SealColumn] = Fixture.columns, keys: SealingKeys? = nil) async throws -> SealVerification {
        try await target().engine().verify(Self.request(columns: []), keys: keys ?? Fixture.keys(1, columns), progress: SealProgress())
    }

    func value(_ sql: String) async throws -> String {
        try await server.execute(sql).split(whereSeparator: \.isNewline).joined(separator: "\n")
    }

    func dump() async throws -> [String] { try await server.dump(table: "patients").split(separator: "\n").map(String.init) }

    /// Whether nothing of a run is left.
    func hasState() async throws -> Bool { try await value("SHOW TABLES LIKE '%suwen%'") != "" }
}

/// A writer who comes by an index to a row late in a batch (the run has done more than it by then), before each of the first statements of a run: the run goes on once the writer has finished, or waits for a lock.
final class MySQLIndexWriter: Sendable {
    private let fixture: MySQLFixture
    private let state = Mutex<(calls: Int, writers: [Task<String?, Never>], waits: Int)>((0, [], 0))

    init(_ fixture: MySQLFixture) { self.fixture = fixture }

    var checkpoint: Checkpoint {
        { [self] in
            let call = state.withLock { state in
                state.calls += 1
                return state.calls
            }
            guard call <= 40 else { return }
            let done = DispatchSemaphore(value: 0)
            let isOver = Flag()
            let writer = Task { [fixture] () -> String? in
                defer { isOver.set() }
                do {
                    try await fixture.server.execute("SELECT COUNT(*) FROM patients FORCE INDEX (by_mobile) WHERE mobile = '13800130040' FOR UPDATE")
                    return nil
                } catch { return "\(error)" }
            }
            Task { [self] in
                while !isOver.isSet {
                    guard (try? await fixture.value("SHOW GLOBAL STATUS LIKE 'Innodb_row_lock_current_waits'"))?.hasSuffix("\t0") ?? false else {
                        state.withLock { $0.waits += 1 }
                        break
                    }
                }
                done.signal()
            }
            done.wait()
            state.withLock { $0.writers.append(writer) }
        }
    }

    /// How often a writer waited, and what failed. An index that is gone by now isn't a failure.
    func outcome() async -> (waits: Int, failures: [String]) {
        let (writers, waits) = state.withLock { ($0.writers, $0.waits) }
        var failures: [String] = []
        for writer in writers { if let failure = await writer.value, !failure.contains("1176") { failures.append(failure) } }
        return (waits, failures)
    }
}

/// Set once, from another task.
final class Flag: Sendable {
    private let state = Mutex(false)

    var isSet: Bool { state.withLock { $0 } }
    func set() { state.withLock { $0 = true } }
}
