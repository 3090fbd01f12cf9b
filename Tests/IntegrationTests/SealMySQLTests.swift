import Foundation
import TestServers
import Testing

/// `suwen seal`, `unseal` and `rotate` as a user runs them, on a real MariaDB with a real keyring.
@Suite("suwen seal on MariaDB")
struct SealMySQLTests {
    private static let passphrase = ["KEYRING": "a passphrase of nobody"]

    private static func suwen(_ arguments: [String]) async throws -> SuwenProcess.Outcome {
        try await SuwenProcess.run(arguments, environment: passphrase)
    }

    @Test("a table is planned, sealed, verified, rotated and given back as it was", arguments: ["online", "rewrite"])
    func wholeLife(mode: String) async throws {
        try await MariaDBServer.with { server in
            let url = "mysql://\(server.user)@\(server.host):\(server.port)/\(server.database)"
            try await server.execute(
                """
                CREATE TABLE patients (id int AUTO_INCREMENT PRIMARY KEY, name varchar(30) NOT NULL, id_card varchar(18), mobile varchar(20), diagnosis text,
                    UNIQUE KEY card (id_card), KEY mobile (mobile)) CHARACTER SET utf8mb4 COMMENT '患者';
                INSERT INTO patients (name, id_card, mobile, diagnosis) SELECT CONCAT('病人', seq), CONCAT('11010119900', LPAD(seq, 7, '0')),
                    CONCAT('138', LPAD(seq, 8, '0')), '高血压' FROM seq_1_to_3000;
                """)
            let before = try await server.dump(table: "patients")
            let place = [url, "--table", "test.patients"]
            let columns = ["--column", "id_card:index=unique", "--column", "mobile:index:suffix=4", "--column", "name", "--column", "diagnosis"]
            let keyring = server.folder.path("clinic.keyring")
            let keys = ["--keyring", keyring, "--passphrase-from", "env:KEYRING"]
            #expect(try await Self.suwen(["keys", "create", keyring, "--passphrase-from", "env:KEYRING"]).exitCode == 0)

            let plan = try await Self.suwen(["seal", "plan"] + place + columns + ["--mode", mode, "--json"])
            #expect(try plan.exitCode == 0 && plan.json()["isPossible"] as? Bool == true, "\(plan.outputText) \(plan.errorText)")
            #expect(try await server.dump(table: "patients") == before)

            let sealed = try await Self.suwen(["seal", "run"] + place + columns + keys + ["--mode", mode, "--enforce", "--json"])
            let report = try sealed.json()
            #expect(sealed.exitCode == 0, "\(sealed.errorText)")
            #expect(report["schema"] as? String == "suwen.seal/1" && report["verified"] as? Int == 12_000 && report["failed"] as? Int == 0)
            #expect(try await !server.dump(table: "patients").contains("高血压"))

            let status = try await Self.suwen(["seal", "status"] + place + ["--json"])
            #expect((try status.json()["columns"] as? [Any])?.count == 4)
            let rotate = ["keys", "rotate", keyring, "--column", "test.patients.name", "--passphrase-from", "env:KEYRING"]
            #expect(try await Self.suwen(rotate).exitCode == 0)
            let rotated = try await Self.suwen(["rotate"] + place + keys + ["--json"])
            #expect(try rotated.exitCode == 0 && rotated.json()["sealed"] as? Int == 3_000, "\(rotated.errorText)")
            #expect(try await Self.suwen(["seal", "verify"] + place + keys).exitCode == 0)

            // A cell in another row's place is refused, and found by its place.
            try await server.execute(
                "CREATE TABLE kept AS SELECT name FROM patients WHERE id = 1; UPDATE patients a JOIN patients b ON b.id = 2 SET a.name = b.name WHERE a.id = 1"
            )
            let damaged = try await Self.suwen(["seal", "verify"] + place + keys + ["--json"])
            #expect(try damaged.exitCode == 3 && damaged.json()["failed"] as? Int == 1)
            try await server.execute("UPDATE patients SET name = (SELECT name FROM kept) WHERE id = 1; DROP TABLE kept")

            let unsealed = try await Self.suwen(["unseal"] + place + keys + ["--json"])
            #expect(unsealed.exitCode == 0, "\(unsealed.errorText)")
            #expect(try await server.dump(table: "patients") == before)
        }
    }
}
