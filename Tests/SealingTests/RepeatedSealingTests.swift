import Cryptography
import Datastores
import Sealing
import TestServers
import Testing

/// Runs over tables that an earlier run has sealed, and that writers who know nothing of it have changed since.
@Suite("Sealing a sealed table again")
struct RepeatedSealingTests {
    private func with(_ body: (Fixture) async throws -> Void) async throws {
        try await PostgreSQLServer.with { server in
            try await server.execute(Fixture.table + Fixture.rows(100) + "ANALYZE patients;")
            let fixture = Fixture(server: server)
            _ = try await fixture.migration().seal()
            try await body(fixture)
        }
    }

    @Test("Later runs cut digests to as many bits as the first, whatever the table's size asks for by then")
    func bits() async throws {
        try await with { fixture in
            try await fixture.server.execute("INSERT INTO patients (name, mobile) VALUES ('新', '13900000000')")
            var columns = Fixture.columns
            columns[2].indexes = [.blind(bits: 20), .suffix(characters: 4, bits: 18)]
            _ = try await fixture.migration(Fixture.request(columns: columns)).seal()
            let result = try await fixture.verify()
            #expect(result.isSound && result.rows == 101, "\(result)")
        }
    }

    @Test("A run of some columns leaves the state of the others as it is")
    func states() async throws {
        try await PostgreSQLServer.with { server in
            try await server.execute(Fixture.table + Fixture.rows(300) + "ANALYZE patients;")
            let fixture = Fixture(server: server)
            let killed = Interruption(before: 14)
            do {
                _ = try await fixture.migration(Fixture.request(columns: [SealColumn("name")]), checkpoint: killed.checkpoint).seal()
            } catch is Interruption.Killed {}
            _ = try await fixture.migration(Fixture.request(columns: [SealColumn("photo")])).seal()
            let states = try await fixture.target.engine().status(SealRequest(table: "patients")).columns.map { "\($0.column.name) \($0.state)" }
            #expect(states == ["name sealing", "photo sealed"])
        }
    }

    @Test("Other indexes than the first run's are refused, and nothing is done")
    func otherIndexes() async throws {
        try await with { fixture in
            let before = try await fixture.dump()
            for indexes in [[], [.unique], [.blind(bits: 12)], [.blind(bits: 12), .suffix(characters: 3, bits: 10)]] as [[BlindIndexDefinition]] {
                var columns = Fixture.columns
                columns[2].indexes = indexes
                await #expect { try await fixture.migration(Fixture.request(columns: columns)).seal() } throws: { error in
                    if case SealingError.otherIndexes("mobile") = error { true } else { false }
                }
            }
            #expect(try await fixture.dump() == before)
        }
    }

    @Test("Unique values that writers exchanged between rows are sealed, each with its own digest")
    func exchanged() async throws {
        try await with { fixture in
            try await fixture.server.execute(
                """
                UPDATE patients SET id_card = CASE id WHEN 1 THEN '110101199000000002' ELSE '110101199000000001' END WHERE id IN (1, 2);
                UPDATE patients SET id_card = '110101199000000003' WHERE id = 90; UPDATE patients SET id_card = 'X' WHERE id = 3;
                """)
            #expect(try await fixture.migration().seal().rows == 4)
            let result = try await fixture.verify()
            #expect(result.isSound && result.rows == 100, "\(result)")
            _ = try await fixture.migration().unseal()
            #expect(
                try await fixture.value("SELECT string_agg(right(id_card, 1), ' ' ORDER BY id) FROM patients WHERE id IN (1, 2, 3, 90)") == "2 1 X 3")
        }
    }

    @Test("A value that two rows have in spite of its unique index ends the run, and is told as such")
    func twice() async throws {
        try await with { fixture in
            try await fixture.server.execute("UPDATE patients SET id_card = '110101199000000002' WHERE id = 1")
            await #expect { try await fixture.migration().seal() } throws: { ($0 as? PostgreSQLFailure)?.sqlState == "23505" }
            try await fixture.server.execute("UPDATE patients SET id_card = '110101199000000001' WHERE id = 1")
            _ = try await fixture.migration().seal()
            #expect(try await fixture.verify().isSound)
        }
    }
}
