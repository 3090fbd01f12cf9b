import Cryptography
import Datastores
import Sealing
import TestServers
import Testing

@Suite("Online sealing of PostgreSQL")
struct OnlineMigrationTests {
    private func with(_ rows: Int, _ body: (Fixture) async throws -> Void) async throws {
        try await PostgreSQLServer.with { server in
            try await server.execute(Fixture.table + Fixture.rows(rows) + "ANALYZE patients;")
            try await body(Fixture(server: server))
        }
    }

    @Test("Sealing leaves no plaintext, opens everywhere, keeps NULL, and unsealing gives the dump back")
    func roundTrip() async throws {
        try await with(1_000) { fixture in
            let before = try await fixture.dump()
            let nulls = try await fixture.value("SELECT count(*) FILTER (WHERE mobile IS NULL), count(photo) FROM patients")
            let report = try await fixture.migration().seal()
            #expect(report.rows == 1_000)
            let result = try await fixture.verify()
            #expect(result.isSound, "\(result)")
            var whole = report
            whole.add(result)
            #expect(whole.verified == report.sealed && whole.alreadySealed == 0 && whole.skippedNull == 142 * 2 + 200)
            #expect(result.rows == 1_000 && result.opened == 1_000 + 858 * 2 + 800 && result.opened == report.sealed)
            #expect(try await fixture.value("SELECT count(*) FILTER (WHERE mobile IS NULL), count(photo) FROM patients") == nulls)
            #expect(try await !fixture.server.dump(table: "patients").contains("病人"))
            // Again: nothing to do.
            #expect(try await fixture.migration().seal().rows == 0)
            let back = try await fixture.migration().unseal()
            #expect(back.sealed == report.sealed)
            let after = try await fixture.dump()
            #expect(after == before, "\(Set(after).symmetricDifference(before))")
            #expect(try await fixture.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'suwen'") == "0")
        }
    }

    @Test("A run that is killed before any of its statements goes on where it was; nothing is sealed twice, and the same backwards")
    func interruptions() async throws {
        try await with(300) { fixture in
            let before = try await fixture.dump()
            var runs = 0
            for backwards in [false, true] {
                for statement in 1... {
                    let interruption = Interruption(before: statement)
                    do {
                        let migration = try fixture.migration(Fixture.request(enforce: false), checkpoint: interruption.checkpoint)
                        _ = backwards ? try await migration.unseal() : try await migration.seal()
                        break
                    } catch is Interruption.Killed { runs += 1 }
                }
                if backwards { continue }
                let result = try await fixture.verify()
                #expect(result.isSound && result.rows == 300, "\(result)")
                // An envelope in an envelope would be more than twice as long as its value.
                #expect(try await fixture.value("SELECT max(length(id_card)) FROM patients") == "80")
            }
            #expect(runs > 40)
            #expect(try await fixture.dump() == before)
        }
    }

    @Test("A swapped cell, one from another column, a changed one and a key that is gone are found, by their place and without their value")
    func damage() async throws {
        try await with(100) { fixture in
            _ = try await fixture.migration().seal()
            try await fixture.server.execute(
                """
                UPDATE patients SET name = (SELECT name FROM patients WHERE id = 2) WHERE id = 1;
                UPDATE patients SET name = id_card WHERE id = 3;
                UPDATE patients SET name = overlay(name placing 'AA' from 60) WHERE id = 4;
                UPDATE patients SET name = '张三' WHERE id = 5;
                UPDATE patients SET mobile_suwen_index = mobile_suwen_index # 1 WHERE id = 6;
                """)
            let result = try await fixture.verify()
            #expect(result.failed == 3 && result.plaintext == 1 && result.wrongCompanions == 1)
            #expect(result.failures.count == 5 && result.failures.allSatisfy { $0.description.contains("of the row at ctid (") })
            #expect(!result.failures.description.contains("张三"))
            let none = try await fixture.verify(keys: Fixture.keys(201))
            #expect(none.opened == 0 && none.failed == 99 + 2 * 86 + 80)
            #expect(none.failures.first?.reason.contains("can't be had") == true)
        }
    }

    @Test("What a writer brings in between any two statements of a run lasts, and is sealed")
    func writerInBetween() async throws {
        try await with(100) { fixture in
            let interloper = Interloper { try await fixture.server.execute("SET lock_timeout = '100ms'; " + $0) }
            let report = try await fixture.migration(checkpoint: interloper.checkpoint).seal()
            #expect(report.conflictsRetried > 0)
            #expect(try await fixture.migration().seal().failed == 0)
            #expect(try await fixture.verify().isSound)
            _ = try await fixture.migration().unseal()
            let values = interloper.written
            #expect(values.count > 10)
            for (row, value) in values {
                #expect(
                    try await fixture.value("SELECT string_agg(name, '|') FROM patients WHERE id IN (\(row), \(row + 50))") == "\(value)|\(value)")
            }
            print("a writer in between: \(values.count) rows written, \(report.conflictsRetried) conflicts")
        }
    }

    @Test("A run whose connections the server ends, again and again, comes to its end; status tells where it is")
    func brokenConnections() async throws {
        try await with(3_000) { fixture in
            let broken = Interruption(before: .max)
            let failures = try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask {
                    for failures in 0... {
                        do {
                            var request = Fixture.request()
                            request.batch = 20
                            _ = try await fixture.migration(request, checkpoint: broken.checkpoint).seal()
                            return failures
                        } catch is PostgreSQLFailure {} catch is DatastoreError {}
                    }
                    return 0
                }
                for _ in 0..<8 {
                    try await fixture.server.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'suwen' AND pid <> pg_backend_pid()")
                }
                return try await group.reduce(0, +)
            }
            #expect(try await fixture.verify().isSound)
            let status = try await fixture.target.engine().status(SealRequest(table: "patients"))
            #expect(status.columns.count == 4 && status.columns.allSatisfy { $0.state == "sealed" } && status.share == nil)
            print("broken connections: \(failures) runs ended early, \(broken.statements) statements")
        }
    }

    @Test("A table that enforces refuses plaintext, takes envelopes, and lets plaintext in again once it is unsealed")
    func enforcement() async throws {
        try await with(100) { fixture in
            try await fixture.server.execute("ALTER TABLE patients ALTER mobile DROP DEFAULT")
            _ = try await fixture.migration(Fixture.request(enforce: true)).seal()
            await #expect(throws: TestServerError.self) { try await fixture.server.execute("UPDATE patients SET name = 'x' WHERE id = 1") }
            try await fixture.server.execute("UPDATE patients SET mobile = NULL, mobile_suwen_index = NULL, mobile_suwen_last4 = NULL WHERE id = 1")
            #expect(try await fixture.verify().isSound)
            _ = try await fixture.migration().unseal()
            try await fixture.server.execute("UPDATE patients SET name = 'x' WHERE id = 1")
        }
    }

    @Test("Rotation seals anew under the new generation, and then the old one isn't needed")
    func rotation() async throws {
        try await with(200) { fixture in
            _ = try await fixture.migration().seal()
            let both = Fixture.keys(201, older: [1, 2, 3, 4])
            #expect(try await fixture.verify(keys: both).isSound)
            let report = try await fixture.migration(keys: both).rotate()
            #expect(report.rows == 200)
            #expect(try await fixture.verify(keys: Fixture.keys(201)).isSound)
            #expect(try await fixture.verify().opened == 0)
            #expect(try await fixture.migration(keys: both).rotate().rows == 0)
        }
    }

    @Test("A row is found by its companion, and only that row")
    func search() async throws {
        try await with(100) { fixture in
            _ = try await fixture.migration().seal()
            let index = try BlindIndex(key: Fixture.key(2), column: "public.patients.id_card", definition: .unique)
            var digits: [UInt8] = []
            try Array("110101199000000033".utf8).withUnsafeBytes { try index.appendHexadecimal(of: $0, to: &digits) }
            let value = String(decoding: digits, as: UTF8.self)
            #expect(try await fixture.value("SELECT id FROM patients WHERE id_card_suwen_index = '\(value)'") == "33")
        }
    }
}
