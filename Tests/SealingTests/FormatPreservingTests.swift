import Cryptography
import Sealing
import TestServers
import Testing

/// Columns whose sealed values keep their form, on a real PostgreSQL.
@Suite("Format-preserving columns")
struct FormatPreservingTests {
    private static let columns = [
        SealColumn("mobile", protection: .formatPreserving(.mobile), indexes: [.suffix(characters: 4, bits: 10)]),
        SealColumn("card", protection: .formatPreserving(.bankCard)), SealColumn("name"),
    ]

    private static func request(_ mode: SealMode = .online) -> SealRequest {
        SealRequest(table: "patients", columns: columns, mode: mode, batch: 40)
    }

    private static let keys = Fixture.keys(1, columns)

    private func with(_ rows: Int, _ body: (Fixture) async throws -> Void) async throws {
        try await PostgreSQLServer.with { server in
            try await server.execute(
                """
                CREATE TABLE patients (id int PRIMARY KEY, mobile varchar(11), card char(16), name text);
                CREATE INDEX patients_mobile ON patients (mobile);
                INSERT INTO patients SELECT i, CASE WHEN i % 7 > 0 THEN '138' || lpad(i::text, 8, '0') END, '4000000000000002', '病人' || i
                FROM generate_series(1, \(rows)) i; ANALYZE patients;
                """)
            try await body(Fixture(server: server))
        }
    }

    @Test("They look as before, are other values, open, find what a writer brings in, and come back", arguments: SealMode.allCases)
    func roundTrip(mode: SealMode) async throws {
        try await with(300) { fixture in
            let before = try await fixture.dump()
            let engine = try fixture.target.engine()
            let report = try await engine.seal(Self.request(mode), keys: Self.keys, progress: SealProgress())
            #expect(report.rows == 300)
            #expect(
                try await fixture.value(
                    "SELECT count(*) FROM patients WHERE mobile ~ '^138[0-9]{8}$' AND mobile <> '138' || lpad(id::text, 8, '0') AND card ~ '^400000[0-9]{10}$'"
                ) == "258")
            var result = try await engine.verify(SealRequest(table: "patients"), keys: Self.keys, progress: SealProgress())
            #expect(result.isSound && result.opened == 258 + 600, "\(result)")
            // Nothing is left to do, and nothing is sealed twice.
            #expect(try await engine.seal(Self.request(), keys: Self.keys, progress: SealProgress()).sealed == 0)
            try await fixture.server.execute(
                "UPDATE patients SET mobile = '13900000001' WHERE id = 1; UPDATE patients SET mobile = NULL WHERE id = 2; "
                    + "UPDATE patients SET mobile = (SELECT mobile FROM patients WHERE id = 4) WHERE id = 3")
            result = try await engine.verify(SealRequest(table: "patients"), keys: Self.keys, progress: SealProgress())
            #expect(result.plaintext == 2 && result.wrongCompanions == 1)
            #expect(try await engine.seal(Self.request(), keys: Self.keys, progress: SealProgress()).sealed == 2)
            #expect(try await engine.verify(SealRequest(table: "patients"), keys: Self.keys, progress: SealProgress()).isSound)
            try await fixture.server.execute("DELETE FROM patients WHERE id < 4")
            _ = try await engine.unseal(SealRequest(table: "patients"), keys: Self.keys, progress: SealProgress())
            let after = try await fixture.dump()
            #expect(Set(after) == Set(before.filter { !["1\t", "2\t", "3\t"].contains($0.prefix(2)) }), "\(Set(after).symmetricDifference(before))")
        }
    }

    @Test("A run that is killed before any of its statements seals nothing twice, nor does one under the next generation")
    func interruptions() async throws {
        try await with(120) { fixture in
            let before = try await fixture.dump()
            let rotated = Fixture.keys(201, Self.columns, older: [1, 2, 3])
            let plain = SealRequest(table: "patients")
            for (step, keys) in [Self.keys, rotated, rotated].enumerated() {
                for statement in 1... {
                    let engine = try fixture.target.engine(checkpoint: Interruption(before: statement).checkpoint)
                    do {
                        switch step {
                        case 0: _ = try await engine.seal(Self.request(), keys: keys, progress: SealProgress())
                        case 1: _ = try await engine.rotate(plain, keys: keys, progress: SealProgress())
                        default: _ = try await engine.unseal(plain, keys: keys, progress: SealProgress())
                        }
                        break
                    } catch is Interruption.Killed {}
                }
                guard step < 2 else { continue }
                let result = try await fixture.target.engine().verify(plain, keys: keys, progress: SealProgress())
                #expect(result.isSound && result.opened == 103 + 240, "\(result)")
            }
            #expect(try await fixture.dump() == before)
        }
    }

    @Test("A value without the form stops the run, which names its place; unique indexes, numbers and --enforce are refused by the plan")
    func refusals() async throws {
        try await with(20) { fixture in
            try await fixture.server.execute("UPDATE patients SET mobile = 'unknown' WHERE id = 9")
            let engine = try fixture.target.engine()
            do {
                _ = try await engine.seal(Self.request(), keys: Self.keys, progress: SealProgress())
                Issue.record("sealed")
            } catch let error as SealingError {
                #expect(error.description.contains("mobile of the row at ctid") && !error.description.contains("unknown"), "\(error)")
            }
            try await fixture.server.execute("CREATE UNIQUE INDEX one ON patients (mobile)")
            var request = Self.request()
            request.columns.append(SealColumn("id", protection: .formatPreserving(.mobile)))
            request.enforce = true
            let blockers = try await engine.plan(request).blockers
            for wanted: SealPlan.Blocker in [
                .uniqueFormPreserving("mobile", index: "one"), .enforceFormPreserving("mobile"), .formNeedsText("id", type: "integer"),
            ] { #expect(blockers.contains(wanted), "\(blockers)") }
        }
    }

    @Test("Resident IDs keep their check digit; a state that names its domain is read back")
    func residentIDs() async throws {
        let domain = try #require(ResidentIDDomain.standard)
        let protection = Protection.formatPreserving(.residentID(domain))
        #expect(Protection(text: protection.text) == protection)
        #expect(Protection(text: protection.text + "0") == nil && Protection(text: "fpe resident-id 110101;0;0") == nil)
        try await PostgreSQLServer.with { server in
            try await server.execute(
                "CREATE TABLE patients (id int PRIMARY KEY, id_card char(18)); INSERT INTO patients VALUES (1, '110101199003070011'), (2, NULL)")
            let fixture = Fixture(server: server)
            let engine = try fixture.target.engine()
            let columns = [SealColumn("id_card", protection: protection)]
            let keys = Fixture.keys(1, columns)
            let before = try await fixture.dump()
            _ = try await engine.seal(SealRequest(table: "patients", columns: columns), keys: keys, progress: SealProgress())
            let sealed = try await fixture.value("SELECT id_card FROM patients WHERE id = 1")
            #expect(sealed.utf8.count == 18 && sealed != "110101199003070011")
            _ = try await engine.unseal(SealRequest(table: "patients"), keys: keys, progress: SealProgress())
            #expect(try await fixture.dump() == before)
        }
    }
}
