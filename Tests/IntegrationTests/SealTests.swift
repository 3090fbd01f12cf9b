import Foundation
import TestServers
import Testing

/// `suwen seal`, `unseal` and `rotate` as a user runs them, on a real PostgreSQL with a real keyring.
@Suite("suwen seal")
struct SealTests {
    private static let passphrase = ["KEYRING": "a passphrase of nobody"]

    private static func suwen(_ arguments: [String]) async throws -> SuwenProcess.Outcome {
        try await SuwenProcess.run(arguments, environment: passphrase)
    }

    @Test("a table is planned, sealed, verified, rotated and given back as it was", arguments: ["online", "rewrite"])
    func wholeLife(mode: String) async throws {
        try await PostgreSQLServer.with { server in
            let url = "postgresql://\(server.user)@\(server.host):\(server.port)/\(server.database)"
            #expect(try await Self.suwen(["sample", "patients", "--rows", "3000", "--to", url]).exitCode == 0)
            let before = try await server.execute("SELECT * FROM patients ORDER BY patient_no; \\d patients")
            let place = [url, "--table", "public.patients"]
            let columns = ["--column", "id_card:index=unique", "--column", "mobile:index:suffix=4", "--column", "name", "--column", "diagnosis"]
            let keyring = server.folder.path("clinic.keyring")
            let keys = ["--keyring", keyring, "--passphrase-from", "env:KEYRING"]
            #expect(try await Self.suwen(["keys", "create", keyring, "--passphrase-from", "env:KEYRING"]).exitCode == 0)

            let plan = try await Self.suwen(["seal", "plan"] + place + columns + ["--mode", mode, "--json"])
            #expect(try plan.exitCode == 0 && plan.json()["isPossible"] as? Bool == true, "\(plan.outputText) \(plan.errorText)")
            #expect(try await server.execute("SELECT * FROM patients ORDER BY patient_no; \\d patients") == before)

            let sealed = try await Self.suwen(["seal", "run"] + place + columns + keys + ["--mode", mode, "--enforce", "--json"])
            let report = try sealed.json()
            #expect(sealed.exitCode == 0, "\(sealed.errorText)")
            #expect(report["schema"] as? String == "suwen.seal/1" && report["verified"] as? Int == 12_000 && report["failed"] as? Int == 0)
            let left = try await server.execute("SELECT count(*) FROM patients WHERE name NOT LIKE 'suwen:1:%' OR diagnosis NOT LIKE 'suwen:1:%'")
            #expect(left.hasPrefix("0"))

            let status = try await Self.suwen(["seal", "status"] + place + ["--json"])
            #expect((try status.json()["columns"] as? [Any])?.count == 4)
            #expect(
                try await Self.suwen(["keys", "rotate", keyring, "--column", "public.patients.name", "--passphrase-from", "env:KEYRING"]).exitCode
                    == 0)
            let rotated = try await Self.suwen(["rotate"] + place + keys + ["--json"])
            #expect(try rotated.exitCode == 0 && rotated.json()["sealed"] as? Int == 3_000, "\(rotated.errorText)")
            #expect(try await Self.suwen(["seal", "verify"] + place + keys).exitCode == 0)

            // A cell in another row's place is refused, and found by its place.
            try await server.execute("CREATE TABLE kept AS SELECT * FROM patients ORDER BY patient_no LIMIT 1")
            try await server.execute(
                "UPDATE patients SET name = (SELECT name FROM patients WHERE patient_no = 'P00000002') WHERE patient_no = 'P00000001'")
            let damaged = try await Self.suwen(["seal", "verify"] + place + keys + ["--json"])
            #expect(try damaged.exitCode == 3 && damaged.json()["failed"] as? Int == 1)
            try await server.execute("UPDATE patients SET name = (SELECT name FROM kept) WHERE patient_no = 'P00000001'; DROP TABLE kept")

            try await Self.open(place + keys, record: server.folder.path("openings.jsonl"), folder: server.folder.path("rows.csv"))

            let unsealed = try await Self.suwen(["unseal"] + place + keys + ["--json"])
            #expect(unsealed.exitCode == 0, "\(unsealed.errorText)")
            #expect(try await server.execute("SELECT * FROM patients ORDER BY patient_no; \\d patients") == before)
        }
    }

    /// Rows are found by key, by value and by the end of a value, shown or written into a file, and each opening is recorded without the value.
    private static func open(_ arguments: [String], record: String, folder file: String) async throws {
        let open = ["open"] + arguments + ["--record", record, "--why", "a test"]
        let byKey = try await suwen(open + ["--key", "P00000007", "--json"])
        let row = try #require((try byKey.json()["rows"] as? [[String: Any]])?.first, "\(byKey.errorText)")
        let (mobile, name) = (try #require(row["mobile"] as? String), try #require(row["name"] as? String))
        #expect(!mobile.hasPrefix("suwen:") && row["mobile_suwen_index"] == nil)
        var environment = passphrase
        environment["VALUE"] = mobile
        environment["LAST4"] = String(mobile.suffix(4))
        for more in [["--value-from", "env:VALUE"], ["--ends-with", "--value-from", "env:LAST4"]] {
            let found = try await SuwenProcess.run(open + ["--where", "mobile", "--json"] + more, environment: environment)
            let rows = try found.json()["rows"] as? [[String: Any]] ?? []
            #expect(rows.contains { $0["patient_no"] as? String == "P00000007" && $0["name"] as? String == name }, "\(found.errorText)")
            #expect(rows.allSatisfy { ($0["mobile"] as? String)?.hasSuffix(mobile.suffix(4)) == true })
        }
        let table = try await SuwenProcess.run(
            open + ["--where", "mobile", "--value-from", "env:VALUE", "--columns", "patient_no,name"], environment: environment)
        #expect(table.outputText.contains(name) && !table.outputText.contains(mobile))
        #expect(try await suwen(open + ["--all", "--to", file]).exitCode == 0)
        let written = try String(contentsOfFile: file, encoding: .utf8)
        #expect(written.split(separator: "\n").count == 3_001 && written.contains(mobile))
        let unsearchable = try await SuwenProcess.run(open + ["--where", "diagnosis", "--value-from", "env:VALUE"], environment: environment)
        #expect(unsearchable.exitCode == 2 && unsearchable.errorText.contains("mobile") && !unsearchable.errorText.contains(mobile))
        let recorded = try String(contentsOfFile: record, encoding: .utf8)
        #expect(recorded.split(separator: "\n").count == 12 && !recorded.contains(mobile) && recorded.contains("a test"))
        let refused = try await suwen(["open"] + arguments + ["--record", "/dev/full", "--why", "a test", "--all"])
        #expect(refused.exitCode == 2 && refused.outputText.isEmpty)
    }

    @Test("a column keeps its form by the command line, which finds the form out; leftovers are looked for")
    func formsAndLeftovers() async throws {
        try await PostgreSQLServer.with { server in
            let url = "postgresql://\(server.user)@\(server.host):\(server.port)/\(server.database)"
            #expect(try await Self.suwen(["sample", "patients", "--rows", "500", "--to", url]).exitCode == 0)
            let keyring = server.folder.path("clinic.keyring")
            let keys = ["--keyring", keyring, "--passphrase-from", "env:KEYRING"]
            #expect(try await Self.suwen(["keys", "create", keyring, "--passphrase-from", "env:KEYRING"]).exitCode == 0)
            let place = [url, "--table", "public.patients"]
            let sealed = try await Self.suwen(["seal", "run"] + place + keys + ["--column", "mobile:fpe", "--column", "id_card:fpe", "--json"])
            #expect(sealed.exitCode == 0, "\(sealed.errorText)")
            #expect(
                try await server.execute("SELECT count(*) FROM patients WHERE mobile !~ '^1[0-9]{10}$' OR id_card !~ '^[0-9]{17}[0-9X]$'").hasPrefix(
                    "0"))
            let status = try await Self.suwen(["seal", "status"] + place)
            #expect(status.outputText.contains("fpe=mobile") && status.outputText.contains("fpe=resident-id"))
            let none = try await Self.suwen(["seal", "plan"] + place + ["--column", "name:fpe"])
            #expect(none.exitCode == 2 && none.errorText.contains("name:fpe"), "\(none.errorText)")
            let left = try await Self.suwen(["seal", "verify"] + place + keys + ["--remanence", server.folder.path("data"), "--json"])
            #expect(left.exitCode == 3, "\(left.errorText)")
            #expect((try left.json()["files"] as? [Any])?.isEmpty == false)
        }
    }

    @Test("what can't be sealed is one line and exit code 2, and nothing is done")
    func refusals() async throws {
        try await PostgreSQLServer.with { server in
            let url = "postgresql://\(server.user)@\(server.host):\(server.port)/\(server.database)"
            try await server.execute("CREATE TABLE keyless (name text); CREATE TABLE t (id int PRIMARY KEY, name text)")
            for (arguments, part) in [
                (["seal", "plan", url, "--table", "public.keyless", "--column", "name"], "primary key"),
                (["seal", "plan", url, "--table", "public.t", "--column", "nobody"], "no column"),
                (["seal", "plan", url, "--table", "public.t", "--column", "name:index=99"], "63"),
                (["seal", "plan", url, "--table", "public.gone", "--column", "name"], "no table"),
                (["seal", "verify", url, "--table", "public.t", "--keyring", "/nowhere", "--passphrase-from", "env:KEYRING"], "/nowhere"),
                (["seal", "status", url, "--table", "public.t"], "not sealed"),
                (["seal", "plan", "file:/x", "--table", "t", "--column", "name"], "sealed in place"),
                (["seal", "plan", url, "--table", "public.t", "--column", "name:as=latin"], "as=digits"),
            ] {
                let outcome = try await Self.suwen(arguments + (arguments[1] == "plan" ? ["--language", "en"] : []))
                #expect(outcome.exitCode == 2, "\(arguments): \(outcome.exitCode) \(outcome.errorText)")
                #expect((outcome.errorText + outcome.outputText).contains(part), "\(arguments): \(outcome.errorText)")
            }
        }
    }

    @Test("known answers of the ciphers are right on this machine")
    func selftest() async throws {
        let outcome = try await Self.suwen(["selftest", "crypto", "--json"])
        #expect(try outcome.exitCode == 0 && outcome.json()["schema"] as? String == "suwen.selftest/1")
    }
}
