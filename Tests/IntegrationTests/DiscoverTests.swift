import Foundation
import Probes
import TestServers
import Testing

/// `suwen discover` as a user runs it, against real servers.
@Suite("suwen discover")
struct DiscoverTests {
    /// What a scan found, without what depends on the moment.
    private static func findings(_ outcome: SuwenProcess.Outcome) throws -> NSDictionary {
        var json = try outcome.json()
        json["assessedAt"] = nil
        var inventory = json["inventory"] as? [String: Any]
        inventory?["date"] = nil
        json["inventory"] = inventory
        // The scan's own session is the account's last.
        json["grants"] = (json["grants"] as? [[String: Any]])?.map { grant in grant.filter { $0.key != "lastLogin" } }
        return json as NSDictionary
    }

    /// Kills the program at the given moment, unless it is through by then.
    private static func kill(_ arguments: [String], after seconds: Double) async throws {
        let process = Process()
        process.executableURL = SuwenProcess.executable
        process.arguments = arguments
        for pipe in [\Process.standardOutput, \Process.standardError] { process[keyPath: pipe] = FileHandle.nullDevice }
        try process.run()
        let deadline = ContinuousClock.now + .seconds(seconds)
        while process.isRunning, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(5)) }
        if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    @Test("killed ten times and gone on with, a full scan finds what an undisturbed one finds")
    func resumes() async throws {
        try await PostgreSQLServer.with { server in
            let url = "postgresql://\(server.user)@\(server.host):\(server.port)/\(server.database)"
            let made = try await SuwenProcess.run(["sample", "patients", "--rows", "500000", "--seed", "5", "--to", url])
            #expect(made.exitCode == 0, "\(made.errorText)")
            let state = server.folder.path("scan.journal")
            let whole = try await SuwenProcess.run(["discover", url, "--full", "--no-state", "--json"])
            #expect(whole.exitCode == 0, "\(whole.errorText)")
            let arguments = ["discover", url, "--full", "--resume", "--state", state, "--json"]
            var random = SystemRandomNumberGenerator()
            for _ in 0..<10 {
                try await Self.kill(arguments + ["--rate", "60"], after: Double.random(in: 0.1...2.5, using: &random))
                // A scan that was through has removed its state; what follows is a new one.
            }
            let resumed = try await SuwenProcess.run(arguments + ["--log-level", "notice"])
            #expect(resumed.exitCode == 0, "\(resumed.errorText)")
            #expect(try Self.findings(resumed) == Self.findings(whole))
            #expect(!FileManager.default.fileExists(atPath: state))
        }
    }

    @Test("stopped by a signal, a full scan ends at once, keeps its state, and says how to go on", arguments: [SIGINT, SIGTERM])
    func stops(signal: Int32) async throws {
        try await TemporaryFolder.with { folder in
            let store = folder.appendingPathComponent("patients.sqlite").path
            let state = folder.appendingPathComponent("scan.journal").path
            #expect(try await SuwenProcess.run(["sample", "patients", "--rows", "60000", "--to", "sqlite:\(store)"]).exitCode == 0)
            let process = Process()
            process.executableURL = SuwenProcess.executable
            // At this rate it would take a minute.
            process.arguments = ["discover", "sqlite:\(store)", "--full", "--state", state, "--rate", "0.2"]
            let errors = Pipe()
            process.standardError = errors
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            while process.isRunning, !FileManager.default.fileExists(atPath: state) { try await Task.sleep(for: .milliseconds(10)) }
            Glibc.kill(process.processIdentifier, signal)
            let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect([130, 143].contains(process.terminationStatus), "\(process.terminationStatus)")
            #expect(told.contains("stopped") && FileManager.default.fileExists(atPath: state), "\(told)")
        }
    }

    @Test("PostgreSQL: an account that may only read is enough, and only reads reach the server")
    func readsOnlyFromPostgreSQL() async throws {
        let settings = ["log_statement = 'all'", "logging_collector = on", "log_filename = 'statements.log'", "log_line_prefix = '%u|'"]
        try await PostgreSQLServer.with(settings: settings) { server in
            let owner = "postgresql://\(server.user)@\(server.host):\(server.port)/\(server.database)"
            #expect(try await SuwenProcess.run(["sample", "patients", "--rows", "30000", "--to", owner]).exitCode == 0)
            try await server.execute("CREATE ROLE auditor LOGIN; GRANT SELECT ON patients TO auditor;")
            let url = "postgresql://auditor@\(server.host):\(server.port)/\(server.database)"
            for depth in [["--full", "--no-state"], ["--sample", "500"]] {
                let outcome = try await SuwenProcess.run(["discover", url, "--json"] + depth)
                #expect(outcome.exitCode == 0, "\(outcome.errorText)")
                #expect((try outcome.json()["persons"] as? [String: Any])?["distinct"] as? Int == 30_000)
            }
            let log = try String(contentsOfFile: server.folder.path("data/log/statements.log"), encoding: .utf8)
            #expect(log.components(separatedBy: "auditor|").count > 5)
            for line in log.split(separator: "\n") where line.hasPrefix("auditor|") {
                guard let range = line.range(of: #"(statement|execute [^:]*): "#, options: .regularExpression) else { continue }
                let statement = line[range.upperBound...].uppercased()
                #expect(
                    statement.hasPrefix("SELECT ") || statement.hasPrefix("COPY (SELECT ") || statement.hasPrefix("WITH "), "\(statement)")
                for word in ["INTO ", " FOR UPDATE", " FOR SHARE", "LOCK ", "TEMP"] { #expect(!statement.contains(word), "\(statement)") }
            }
            let written = try await server.execute(
                "SELECT sum(temp_files) FROM pg_stat_database; SELECT count(*) FROM pg_class WHERE relpersistence = 't';")
            #expect(written.split(separator: "\n") == ["0", "0"])
        }
    }

    @Test("MariaDB: an account that may only read is enough, and only reads reach the server")
    func readsOnlyFromMariaDB() async throws {
        try await MariaDBServer.with { server in
            let owner = "mysql://\(server.user)@\(server.host):\(server.port)/\(server.database)"
            #expect(try await SuwenProcess.run(["sample", "patients", "--rows", "20000", "--to", owner]).exitCode == 0)
            let log = server.folder.path("general.log")
            try await server.execute(
                """
                CREATE USER auditor@'127.0.0.1'; GRANT SELECT ON \(server.database).* TO auditor@'127.0.0.1';
                SET GLOBAL general_log_file = '\(log)'; SET GLOBAL general_log = ON;
                """)
            let outcome = try await SuwenProcess.run(
                ["discover", "mysql://auditor@\(server.host):\(server.port)/\(server.database)", "--full", "--no-state", "--json"])
            #expect(outcome.exitCode == 0 || outcome.exitCode == 3, "\(outcome.errorText)")
            #expect((try outcome.json()["persons"] as? [String: Any])?["distinct"] as? Int == 20_000)
            let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
            let statements = lines.compactMap { line in line.range(of: "Query\t").map { line[$0.upperBound...].uppercased() } }
                .filter { !$0.hasPrefix("SET GLOBAL") }
            #expect(statements.count > 4)
            for statement in statements {
                #expect(statement.hasPrefix("SELECT ") || statement.hasPrefix("SET SESSION ") || statement.hasPrefix("SHOW "), "\(statement)")
                for word in ["INTO OUTFILE", " FOR UPDATE", "LOCK IN SHARE", "LOCK TABLES", "TEMPORARY"] {
                    #expect(!statement.contains(word), "\(statement)")
                }
            }
        }
    }

    @Test("PostgreSQL: partitions come with their table, children and views apart; arrays, JSON and bytea are looked into")
    func shapes() async throws {
        try await PostgreSQLServer.with { server in
            try await server.execute(
                """
                CREATE TABLE visits (day date, id_card text, mobile text) PARTITION BY RANGE (day);
                CREATE TABLE visits_2025 PARTITION OF visits FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
                CREATE TABLE visits_2026 PARTITION OF visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
                CREATE TABLE people (mobile text);
                CREATE TABLE staff (room text) INHERITS (people);
                CREATE VIEW everybody AS SELECT * FROM visits;
                CREATE TABLE documents (id int, body jsonb, phones text[], raw bytea);
                INSERT INTO visits SELECT date '2025-06-01' + i, null, '139' || lpad((i::bigint * 7919 % 100000000)::text, 8, '0') FROM generate_series(1, 500) i;
                INSERT INTO people SELECT '138' || lpad((i::bigint * 104729 % 100000000)::text, 8, '0') FROM generate_series(1, 300) i;
                INSERT INTO staff SELECT '137' || lpad((i::bigint * 15485863 % 100000000)::text, 8, '0'), 'R' || i FROM generate_series(1, 200) i;
                INSERT INTO documents SELECT i, jsonb_build_object('patient', jsonb_build_object('phone', '136' || lpad((i::bigint * 32452843 % 100000000)::text, 8, '0')), 'n', i),
                    ARRAY['135' || lpad((i::bigint * 49979687 % 100000000)::text, 8, '0'), '13'], decode(md5(i::text), 'hex') FROM generate_series(1, 400) i;
                """)
            let url = "postgresql://\(server.user)@\(server.host):\(server.port)/\(server.database)"
            let outcome = try await SuwenProcess.run(["discover", url, "--full", "--no-state", "--json"])
            let json = try outcome.json()
            let columns = try #require(json["columns"] as? [[String: Any]])
            let kinds = Dictionary(uniqueKeysWithValues: columns.map { ("\($0["table"] ?? "").\($0["column"] ?? "")", $0["kind"] as? String ?? "") })
            let rows = Dictionary(columns.map { ("\($0["table"] ?? "")", $0["rows"] as? Int ?? 0) }) { first, _ in first }
            #expect(rows == ["public.visits": 500, "public.people": 300, "public.staff": 200, "public.documents": 400])
            #expect(kinds["public.visits.mobile"] == "mobile" && kinds["public.people.mobile"] == "mobile")
            #expect(kinds["public.documents.body.patient.phone"] == "mobile")
            #expect(kinds["public.documents.phones[]"] == "mobile")
            #expect(kinds["public.documents.raw"] == "none")
            let store = try #require((json["stores"] as? [[String: Any]])?.first)
            #expect(store["views"] as? [String] == ["public.everybody"])
        }
    }

    @Test("a full scan finds the numbers that no sample saw")
    func findsLate() async throws {
        try await PostgreSQLServer.with { server in
            // Remarks, and behind 200,000 of them numbers of people whom nobody knows.
            let numbers = (0..<400).map { "('\(SyntheticNumbers.idCard($0))')" }.joined(separator: ", ")
            try await server.execute(
                """
                CREATE TABLE notes (remark text);
                INSERT INTO notes SELECT 'no remark ' || i FROM generate_series(1, 200000) i;
                INSERT INTO notes VALUES \(numbers);
                """)
            let url = "postgresql://\(server.user)@\(server.host):\(server.port)/\(server.database)"
            func kind(_ depth: [String]) async throws -> String? {
                let json = try await SuwenProcess.run(["discover", url, "--json"] + depth).json()
                return (json["columns"] as? [[String: Any]])?.first?["kind"] as? String
            }
            #expect(try await kind(["--sample", "1000"]) == "none")
            #expect(try await kind(["--full", "--no-state"]) == "idCard")
        }
    }

    @Test("bad usage is one line and exit code 2")
    func badUsage() async throws {
        for (arguments, part) in [
            (["discover", "ftp://x"], "a store is"), (["discover", "postgresql://u:p@127.0.0.1/db"], "password"),
            (["discover", "one.yaml", "file:/a.csv"], "one.yaml"), (["discover", "file:/nowhere.csv"], "no such file"),
            (["discover", "file:/nowhere.csv", "--sample", "0"], "--sample"),
            (["discover", "sqlite:/nowhere.db"], "no such file"), (["discover", "file:/tmp", "file:/tmp"], "twice"),
            (["discover", "file:/a.csv", "--full", "--sample", "3"], "--full"),
            (["discover", "file:/etc/hostname", "--state", "/proc/x/y", "--full"], "/proc/x"),
        ] {
            let outcome = try await SuwenProcess.run(arguments)
            #expect(outcome.exitCode == 2, "\(arguments): \(outcome.errorText)")
            #expect(outcome.errorText.contains(part), "\(arguments): \(outcome.errorText)")
        }
    }
}

private enum SyntheticNumbers {
    static func idCard(_ index: Int) -> String {
        let digits = "11010519" + String(format: "%02d%02d%02d%03d", 50 + index % 50, 1 + index % 12, 1 + index % 28, index % 1_000)
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits.utf8, weights).reduce(0) { $0 + Int($1.0 - 0x30) * $1.1 }
        return digits + String(Array("10X98765432")[sum % 11])
    }
}

@Suite("suwen discover on damaged databases")
struct DamagedDatabaseTests {
    @Test("a SQLite file with bytes changed anywhere is read as far as it goes, or refused in one line; the program never dies", arguments: 0..<3)
    func damagedSQLite(seed: Int) async throws {
        try await TemporaryFolder.with { folder in
            let whole = folder.appendingPathComponent("whole.sqlite")
            let made = try await SuwenProcess.run(["sample", "patients", "--rows", "300", "--seed", "\(seed)", "--to", "sqlite:\(whole.path)"])
            #expect(made.exitCode == 0, "\(made.errorText)")
            let bytes = Array(try Data(contentsOf: whole))
            let damaged = folder.appendingPathComponent("damaged.sqlite")
            for round in 0..<12 {
                var copy = bytes
                // A few bytes of the header, of pages' heads and of cells; every third file is cut as well.
                for step in 0..<20 { copy[(round * 7_919 + step * step * 104_729 + seed * 31) % copy.count] ^= UInt8(1 << (step % 8)) }
                if round % 3 == 2 { copy.removeLast(copy.count * (round + 1) / 20) }
                try Data(copy).write(to: damaged)
                let outcome = try await SuwenProcess.run(["discover", "sqlite:\(damaged.path)", "--full", "--no-state", "--json"])
                #expect([0, 3].contains(outcome.exitCode), "round \(round): \(outcome.exitCode) \(outcome.errorText)")
                let coverage = try outcome.json()["coverage"] as? [String: Any]
                let left = try #require(coverage?["unexamined"] as? [[String: Any]])
                #expect((outcome.exitCode == 3) == !left.isEmpty)
                for line in left { #expect((line["reason"] as? String)?.contains("\n") == false) }
            }
        }
    }
}
