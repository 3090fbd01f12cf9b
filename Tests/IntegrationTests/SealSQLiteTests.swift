import Datastores
import Foundation
import Testing

/// `suwen seal`, `rotate`, `open` and `unseal` as a user runs them, on a SQLite file with a real keyring.
@Suite("suwen seal on SQLite")
struct SealSQLiteTests {
    private static let environment = ["KEYRING": "a passphrase of nobody"]
    private static let columns = [
        "--column", "id_card:index=unique", "--column", "mobile:index:suffix=4", "--column", "name", "--column", "diagnosis",
    ]

    private struct Clinic: Sendable {
        let folder: URL
        var path: String { folder.appendingPathComponent("clinic.sqlite").path }
        var url: String { "sqlite:\(path)" }
        var place: [String] { [url, "--table", "patients"] }
        var keyring: String { folder.appendingPathComponent("clinic.keyring").path }
        var keys: [String] { ["--keyring", keyring, "--passphrase-from", "env:KEYRING"] }

        func rows(_ sql: String) async throws -> [[SQLiteValue]] { try await withSQLite(try StoreLocation(url)) { try $0.rows(sql) } }
        func execute(_ sql: String) async throws { try await withSQLite(try StoreLocation(url)) { try $0.execute(sql) } }
        func everything() async throws -> [[SQLiteValue]] {
            try await rows("SELECT sql FROM sqlite_schema WHERE name <> 'oracle' ORDER BY name") + rows("SELECT * FROM patients ORDER BY patient_no")
        }
    }

    private static func suwen(_ arguments: [String]) async throws -> SuwenProcess.Outcome {
        try await SuwenProcess.run(arguments, environment: environment)
    }

    private static func with(rows: Int, _ body: (Clinic) async throws -> Void) async throws {
        try await TemporaryFolder.with { folder in
            let clinic = Clinic(folder: folder)
            #expect(try await suwen(["sample", "patients", "--rows", "\(rows)", "--to", clinic.url]).exitCode == 0)
            #expect(try await suwen(["keys", "create", clinic.keyring, "--passphrase-from", "env:KEYRING"]).exitCode == 0)
            try await body(clinic)
        }
    }

    @Test("a table is planned, sealed, searched, rotated and given back as it was", arguments: ["online", "rewrite"])
    func wholeLife(mode: String) async throws {
        try await Self.with(rows: 3_000) { clinic in
            try await clinic.execute(
                "PRAGMA journal_mode = WAL; CREATE INDEX by_mobile ON patients (mobile); CREATE VIEW names AS SELECT name FROM patients")
            let before = try await clinic.everything()
            let plan = try await Self.suwen(["seal", "plan"] + clinic.place + Self.columns + ["--mode", mode, "--json"])
            #expect(try plan.exitCode == 0 && plan.json()["isPossible"] as? Bool == true, "\(plan.outputText) \(plan.errorText)")
            #expect(try await clinic.everything() == before)

            let mobile = try #require(try await clinic.rows("SELECT mobile FROM patients WHERE patient_no = 'P00000007'").first?[0].text)
            let sealed = try await Self.suwen(["seal", "run"] + clinic.place + Self.columns + clinic.keys + ["--mode", mode, "--enforce", "--json"])
            let report = try sealed.json()
            #expect(sealed.exitCode == 0, "\(sealed.errorText)")
            #expect(report["verified"] as? Int == 12_000 && report["failed"] as? Int == 0 && report["mode"] as? String == mode)
            let left = try await clinic.rows("SELECT count(*) FROM patients WHERE name NOT GLOB 'suwen:1:*' OR diagnosis NOT GLOB 'suwen:1:*'")
            #expect(left == [[.integer(0)]])
            #expect(try await Self.suwen(["seal", "status"] + clinic.place + ["--json"]).json()["rowsDone"] as? Int == 0)
            await #expect(throws: SQLiteFailure.self) { try await clinic.execute("UPDATE patients SET name = 'x' WHERE patient_no = 'P00000001'") }

            let rotation = ["keys", "rotate", clinic.keyring, "--column", "main.patients.name", "--passphrase-from", "env:KEYRING"]
            #expect(try await Self.suwen(rotation).exitCode == 0)
            let rotated = try await Self.suwen(["rotate"] + clinic.place + clinic.keys + ["--json"])
            #expect(try rotated.exitCode == 0 && rotated.json()["sealed"] as? Int == 3_000, "\(rotated.errorText)")
            #expect(try await Self.suwen(["seal", "verify"] + clinic.place + clinic.keys).exitCode == 0)

            let record = ["--why", "a test", "--record", clinic.folder.appendingPathComponent("openings.jsonl").path, "--json"]
            let opened = try await Self.suwen(["open"] + clinic.place + clinic.keys + ["--key", "P00000007"] + record)
            let row = (try opened.json()["rows"] as? [[String: Any]])?.first
            #expect(row?["mobile"] as? String == mobile, "\(opened.errorText)")

            try await clinic.execute(
                """
                CREATE TABLE oracle AS SELECT * FROM patients;
                UPDATE patients SET name = (SELECT name FROM oracle WHERE patient_no = 'P00000002') WHERE patient_no = 'P00000001'
                """)
            let damaged = try await Self.suwen(["seal", "verify"] + clinic.place + clinic.keys + ["--json"])
            #expect(try damaged.exitCode == 3 && damaged.json()["failed"] as? Int == 1)
            try await clinic.execute(
                "UPDATE patients SET name = (SELECT name FROM oracle WHERE patient_no = 'P00000001') WHERE patient_no = 'P00000001'; DROP TABLE oracle"
            )

            let unsealed = try await Self.suwen(["unseal"] + clinic.place + clinic.keys + ["--json"])
            #expect(unsealed.exitCode == 0, "\(unsealed.errorText)")
            #expect(try await clinic.everything() == before)
        }
    }

    /// What the writers have done together, until they are to end.
    private actor Writers {
        private(set) var transactions = 0
        private(set) var isOver = false
        func end() { isOver = true }
        func add() { transactions += 1 }
    }

    /// Inserts, changes and deletes, and keeps the same in a table of its own, in the same transactions.
    private static func write(_ clinic: Clinic, writer: Int, _ writers: Writers) async throws {
        var count = 0
        while await !writers.isOver {
            count += 1
            let own = "W\(writer)-\(count)"
            let row = "P" + String(format: "%08d", (count * 37 + writer * 1_009) % 20_000 + 1)
            let sql =
                switch count % 3 {
                case 0: "INSERT INTO patients (patient_no, name) VALUES ('\(own)', '新人\(own)'); INSERT INTO oracle VALUES ('\(own)', '新人\(own)')"
                case 1:
                    "UPDATE patients SET name = '改\(own)' WHERE patient_no = '\(row)'; UPDATE oracle SET name = '改\(own)' WHERE patient_no = '\(row)'"
                default: "DELETE FROM patients WHERE patient_no = '\(row)'; DELETE FROM oracle WHERE patient_no = '\(row)'"
                }
            do { try await clinic.execute("BEGIN IMMEDIATE; \(sql); COMMIT") } catch let failure as SQLiteFailure where failure.isBusy { continue }
            await writers.add()
            try await Task.sleep(for: .milliseconds(3))
        }
    }

    @Test("killed again and again beside four writers, it loses nothing and leaves nothing in plaintext", arguments: ["delete", "wal"])
    func kills(journal: String) async throws {
        try await Self.with(rows: 20_000) { clinic in
            try await clinic.execute(
                "PRAGMA journal_mode = \(journal); CREATE TABLE oracle (patient_no TEXT PRIMARY KEY, name TEXT); INSERT INTO oracle SELECT patient_no, name FROM patients"
            )
            let arguments = ["seal", "run"] + clinic.place + ["--column", "name:index", "--batch", "200"] + clinic.keys
            let writers = Writers()
            var random = SystemRandomNumberGenerator()
            var kills = 0
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 1...4 { group.addTask { try await Self.write(clinic, writer: writer, writers) } }
                for _ in 0..<30 {
                    let process = Process()
                    process.executableURL = SuwenProcess.executable
                    process.arguments = arguments
                    process.environment = ProcessInfo.processInfo.environment.merging(Self.environment) { $1 }
                    process.standardOutput = FileHandle.nullDevice
                    process.standardError = FileHandle.nullDevice
                    try process.run()
                    // The moment is what is random here: there is nothing to wait for.
                    try await Task.sleep(for: .milliseconds(Int.random(in: 20...900, using: &random)))
                    if process.isRunning {
                        kill(process.processIdentifier, SIGKILL)
                        kills += 1
                    }
                    process.waitUntilExit()
                }
                await writers.end()
                try await group.waitForAll()
            }
            let last = try await Self.suwen(arguments + ["--json"])
            #expect(try last.exitCode == 0 && last.json()["failed"] as? Int == 0 && last.json()["plaintext"] as? Int == 0, "\(last.errorText)")
            #expect(try await Self.suwen(["seal", "verify"] + clinic.place + clinic.keys).exitCode == 0)
            #expect(try await Self.suwen(["unseal"] + clinic.place + clinic.keys).exitCode == 0)
            let differing = try await clinic.rows(
                """
                SELECT count(*) FROM (SELECT * FROM (SELECT patient_no, name FROM patients EXCEPT SELECT * FROM oracle)
                    UNION ALL SELECT * FROM (SELECT * FROM oracle EXCEPT SELECT patient_no, name FROM patients))
                """)
            #expect(differing == [[.integer(0)]] && kills > 5)
            print("\(journal): \(kills) kills, \(await writers.transactions) transactions of four writers; rows that differ: \(differing)")
        }
    }

    @Test("a table that has grown is sealed again with the indexes that it has")
    func grown() async throws {
        try await Self.with(rows: 300) { clinic in
            let run = ["seal", "run"] + clinic.place + ["--column", "mobile:index"] + clinic.keys + ["--json"]
            #expect(try await Self.suwen(run).exitCode == 0)
            try await clinic.execute(
                """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
                INSERT INTO patients (patient_no, mobile) SELECT 'N' || i, '1390000' || substr('000' || i, -4) FROM n
                """)
            let again = try await Self.suwen(run)
            #expect(try again.exitCode == 0 && again.json()["verified"] as? Int == 5_300, "\(again.errorText)")
        }
    }

    @Test("what can't be sealed is one line and exit code 2, and nothing is done")
    func refusals() async throws {
        try await TemporaryFolder.with { folder in
            let clinic = Clinic(folder: folder)
            try #require(FileManager.default.createFile(atPath: clinic.path, contents: nil))
            try await clinic.execute(
                "CREATE TABLE keyless (name TEXT); CREATE TABLE patients (id INTEGER PRIMARY KEY, name TEXT CHECK (length(name) < 9))")
            let text = folder.appendingPathComponent("text.sqlite")
            try Data(repeating: 0x41, count: 5_000).write(to: text)
            for (arguments, part) in [
                (["seal", "plan", clinic.url, "--table", "keyless", "--column", "name"], "primary key"),
                (["seal", "plan", clinic.url, "--table", "patients", "--column", "name"], "check constraint"),
                (["seal", "plan", clinic.url, "--table", "gone", "--column", "name"], "no table"),
                (["seal", "plan", "sqlite:\(text.path)", "--table", "patients", "--column", "name"], "no SQLite database"),
                (["seal", "plan", "sqlite:\(text.path).gone", "--table", "patients", "--column", "name"], "No such file"),
                (["seal", "status", clinic.url, "--table", "patients"], "not sealed"),
            ] {
                let outcome = try await Self.suwen(arguments + (arguments[1] == "plan" ? ["--language", "en"] : []))
                #expect(outcome.exitCode == 2, "\(arguments): \(outcome.exitCode) \(outcome.errorText)")
                #expect((outcome.errorText + outcome.outputText).contains(part), "\(arguments): \(outcome.errorText) \(outcome.outputText)")
            }
        }
    }
}
