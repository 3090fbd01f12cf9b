import Datastores
import Foundation
import Network
import TestServers
import Testing

/// A PostgreSQL with a table of people who don't exist, its oracle, and a keyring.
struct SealScene {
    static let columns = ["--column", "id_card:index=unique", "--column", "mobile:index=10:suffix=4", "--column", "name", "--column", "photo"]
    static let names = ["id_card", "mobile", "name", "photo"]

    let server: PostgreSQLServer
    let folder: URL
    let rows: Int
    let keyring: String
    private let keys: [String]

    static func with(rows: Int, isolation: isolated (any Actor)? = #isolation, _ body: (SealScene) async throws -> Void) async throws {
        // What a transaction wrote before it committed is in the operating system's hands, where no SIGKILL gets at it: fsync may stay off.
        try await PostgreSQLServer.with(settings: ["synchronous_commit = on"]) { server in
            try await server.execute(OracleWriters.tables(rows: rows))
            let scene = SealScene(server: server, folder: server.folder.url, rows: rows)
            try await scene.keys(["create", "--make-key-file"])
            try await body(scene)
        }
    }

    private init(server: PostgreSQLServer, folder: URL, rows: Int) {
        self.server = server
        self.folder = folder
        self.rows = rows
        keyring = folder.appendingPathComponent("clinic.keyring").path
        keys = ["--key-file", folder.appendingPathComponent("root.key").path]
    }

    // MARK: - Suwen

    func suwen(_ arguments: [String]) async throws -> SuwenRun.End { try await SuwenRun(arguments, in: folder).end() }

    /// `seal run`, `seal verify`, `rotate`, `unseal`, with the table and the keys.
    func command(_ words: [String], _ options: [String] = [], database: String = "postgres") -> [String] {
        words + ["postgresql://\(server.user)@\(server.host):\(server.port)/\(database)", "--table", "public.patients", "--json"] + options
            + ["--keyring", keyring] + keys
    }

    func seal(_ options: [String] = []) -> [String] { command(["seal", "run"], Self.columns + ["--batch", "40"] + options) }

    func run(_ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation) async throws -> [String: Any] {
        let end = try await suwen(arguments)
        #expect(end.status == 0 && !end.isKilled, "\(arguments.prefix(2)): \(end.status) \(end.output) \(end.errors)", sourceLocation: sourceLocation)
        return try end.json()
    }

    func keys(_ words: [String]) async throws {
        let end = try await suwen(["keys", words[0], keyring] + words.dropFirst() + keys)
        #expect(end.status == 0, "\(words): \(end.errors)")
    }

    // MARK: - What there is

    func value(_ sql: String, database: String = "postgres") async throws -> String {
        try await server.execute(sql, database: database).split(whereSeparator: \.isNewline).joined(separator: "\n")
    }

    func number(_ sql: String, database: String = "postgres") async throws -> Int { Int(try await value(sql, database: database)) ?? -1 }

    private static func isSealed(_ column: String) -> String {
        column == "photo" ? "substring(photo from 1 for 3) = '\\x535701'" : "\(column) LIKE 'suwen:1:%'"
    }

    func plaintext() async throws -> Int {
        try await number(
            "SELECT count(*) FROM patients WHERE NOT (" + Self.names.map { "coalesce(\(Self.isSealed($0)), true)" }.joined(separator: " AND ") + ")")
    }

    /// How many rows hold a sealed cell: of an opened table, those that were sealed twice.
    func sealed(database: String = "postgres") async throws -> Int {
        try await number("SELECT count(*) FROM patients WHERE " + Self.names.map(Self.isSealed).joined(separator: " OR "), database: database)
    }

    /// How many cells of `name` each key has sealed (docs/envelope.md: the key's number is in bytes 4 to 7).
    func generations() async throws -> [String: Int] {
        let text = try await value(
            """
            SELECT encode(substring(decode(translate(substring(name from 9 for 12), '-_', '+/'), 'base64') from 5 for 4), 'hex'), count(*)
            FROM patients WHERE name LIKE 'suwen:1:%' GROUP BY 1
            """)
        let pairs = text.split(separator: "\n").map { $0.split(separator: "|") }
        return Dictionary(pairs.compactMap { pair in Int(pair.last ?? "").map { (String(pair[0]), $0) } }) { first, _ in first }
    }

    /// Compares an opened table with the oracle.
    /// - Returns: how many rows were compared, and how many are in one of both only.
    func compare(database: String = "postgres") async throws -> (rows: Int, different: Int) {
        let columns = "id, name, id_card, mobile, photo, visits"
        let sides = [("patients", "oracle"), ("oracle", "patients")].map { a, b in
            "SELECT * FROM (SELECT \(columns) FROM \(a) EXCEPT ALL SELECT \(columns) FROM \(b)) AS \(a)_only"
        }
        let different = try await number("SELECT count(*) FROM (\(sides.joined(separator: " UNION ALL "))) AS different", database: database)
        let counts = try await value("SELECT (SELECT count(*) FROM patients), (SELECT count(*) FROM oracle)", database: database).split(
            separator: "|")
        #expect(counts.count == 2 && counts.first == counts.last)
        return (Int(counts.first ?? "") ?? 0, different)
    }

    // MARK: - Kills

    struct Kills {
        var program = 0
        var server = 0
        /// Kills at which a transaction of the run was open.
        var inTransaction = 0
        /// Kills at which a sweep over the table was under way.
        var inSweep = 0
        /// Runs that had ended by themselves before.
        var early: [String] = []

        mutating func add(_ moment: Moment) {
            if moment.isInTransaction { inTransaction += 1 }
            if moment.isInSweep { inSweep += 1 }
        }

        static func += (a: inout Kills, b: Kills) {
            a.program += b.program
            a.server += b.server
            a.inTransaction += b.inTransaction
            a.inSweep += b.inSweep
            a.early += b.early
        }
    }

    /// Keeps a row locked while `body` runs: the batch that it belongs to waits.
    func holding<R>(id: Int, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> R) async throws -> R {
        let server = server
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                // Ended by the server, below.
                _ = try? await server.execute("BEGIN; SELECT FROM patients WHERE id = \(id) FOR UPDATE; SELECT pg_sleep(600)")
            }
            let holders = "FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)' AND wait_event = 'PgSleep'"
            while try await number("SELECT count(*) \(holders)") == 0 {}
            let result: Result<R, any Error>
            do { result = .success(try await body()) } catch { result = .failure(error) }
            try await server.execute("SELECT pg_terminate_backend(pid) \(holders)")
            try await group.waitForAll()
            return try result.get()
        }
    }

    /// Starts a command again and again, and kills it, or the server, at a random moment: once in eight wherever it is by then, else after it has come
    /// to the rows.
    func kill(_ command: [String], times: Int, serverTimes: Int, _ random: inout SeededGenerator) async throws -> Kills {
        var kills = Kills()
        for isServer in (Array(repeating: false, count: times) + Array(repeating: true, count: serverTimes)).shuffled(using: &random) {
            // A run that ended before its moment doesn't count, unless they all do.
            for _ in 0..<5 {
                let start = try await value("SELECT clock_timestamp()")
                let run = try SuwenRun(command, in: folder)
                let delay = UInt32.random(in: 0...300_000, using: &random)
                let isAnywhere = Int.random(in: 0..<8, using: &random) == 0
                let state = try await watch(run.identifier, since: start, isAnywhere: isAnywhere, delay: delay, kills: !isServer)
                if state != nil, isServer { try await server.crash() }
                let end = try await run.end()
                guard let state, isServer ? end.status != 0 : end.isKilled else {
                    kills.early.append("\(end.status) \(end.errors)")
                    continue
                }
                kills.add(state)
                if isServer {
                    kills.server += 1
                    #expect(!end.isKilled && end.status == 2 && end.errors.split(separator: "\n").count == 1, "\(end)")
                } else {
                    kills.program += 1
                }
                break
            }
        }
        return kills
    }

    struct Moment {
        var isInTransaction: Bool
        var isInSweep: Bool
    }

    /// Waits for a run's moment, sees what it is at, and ends it without anything in between.
    /// - Parameter delay: in microseconds.
    /// - Returns: nil when it had ended before.
    private func watch(_ identifier: pid_t, since start: String, isAnywhere: Bool, delay: UInt32, kills: Bool) async throws -> Moment? {
        let location = try StoreLocation("postgresql://\(server.user)@\(server.host):\(server.port)/\(server.database)")
        return try await withPostgreSQL(location, scope: Scope(networks: [CIDR(server.host)].compactMap(\.self))) { session in
            try session.execute("SET application_name = 'watcher'")
            // Not those of the run before, which the server may not have missed yet.
            let own = "FROM pg_stat_activity WHERE application_name = 'suwen' AND backend_start > $1::timestamptz"
            let reading = "SELECT EXISTS (SELECT \(own) AND query LIKE 'COPY (SELECT ctid, xmin%')"
            while !isAnywhere, Foundation.kill(identifier, 0) == 0, try session.rows(reading, [start]).first?[0] == "f" { usleep(2_000) }
            usleep(delay)
            let isKnown = try session.rows("SELECT to_regclass('suwen.seal_progress') IS NOT NULL").first?[0] == "t"
            let progress = isKnown ? "EXISTS (SELECT FROM suwen.seal_progress WHERE next_page < end_page)" : "false"
            let row = try session.rows("SELECT EXISTS (SELECT \(own) AND xact_start IS NOT NULL), EXISTS (SELECT \(own)) AND \(progress)", [start])
            guard Foundation.kill(identifier, kills ? SIGKILL : 0) == 0 else { return nil }
            return Moment(isInTransaction: row.first?[0] == "t", isInSweep: row.first?[1] == "t")
        }
    }
}
