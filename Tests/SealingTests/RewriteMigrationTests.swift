import Datastores
import Sealing
import TestServers
import Testing

@Suite("Sealing by rewriting a PostgreSQL table")
struct RewriteMigrationTests {
    private static let columns =
        Fixture.columns + [SealColumn("born"), SealColumn("record"), SealColumn("ward", indexes: [.blind(bits: 4)]), SealColumn("kind")]

    private static let types = """
        CREATE TYPE kind AS ENUM ('in', 'out');
        ALTER TABLE patients ADD born date, ADD record jsonb, ADD ward char(6) DEFAULT 'W', ADD kind kind,
            ADD total int GENERATED ALWAYS AS (visits * 2) STORED;
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''fired''; END';
        """

    private static let fill = """
        UPDATE patients SET born = '1990-01-01'::date + id::int, record = jsonb_build_object('n', id), ward = 'W' || id % 9, kind = 'out' WHERE id % 3 > 0;
        CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON patients FOR EACH ROW EXECUTE FUNCTION touch();
        ANALYZE patients;
        """

    private func with(_ rows: Int, _ body: (Fixture) async throws -> Void) async throws {
        try await PostgreSQLServer.with { server in
            try await server.execute(Fixture.table + Self.types + Fixture.rows(rows) + Self.fill)
            try await body(Fixture(server: server))
        }
    }

    private func migration(_ fixture: Fixture, _ checkpoint: Checkpoint? = nil) throws -> RewriteMigration {
        RewriteMigration(
            target: try fixture.target, request: SealRequest(table: "patients", columns: Self.columns, mode: .rewrite),
            keys: Fixture.keys(1, Self.columns), checkpoint: checkpoint)
    }

    @Test("Every type is sealed, nothing fires, and unsealing gives the dump back")
    func roundTrip() async throws {
        try await with(500) { fixture in
            let before = try await fixture.dump()
            let report = try await migration(fixture).seal()
            #expect(report.rows == 500)
            let result = try await PostgreSQLVerifier.verify(
                try fixture.target, SealRequest(table: "patients", columns: Self.columns), keys: Fixture.keys(1, Self.columns))
            #expect(result.isSound && result.opened == report.sealed && result.nulls == report.skippedNull, "\(result)")
            try await fixture.server.execute("ALTER TABLE patients DISABLE TRIGGER touch")
            _ = try await OnlineMigration(
                target: try fixture.target, request: SealRequest(table: "patients", columns: []), keys: Fixture.keys(1, Self.columns)
            ).unseal()
            try await fixture.server.execute("ALTER TABLE patients ENABLE TRIGGER touch")
            let after = try await fixture.dump()
            #expect(after == before, "\(Set(after).symmetricDifference(before))")
        }
    }

    @Test("A rewrite that is killed before any of its statements leaves the table as it was")
    func interruptions() async throws {
        try await with(60) { fixture in
            let before = try await fixture.dump()
            for statement in 1... {
                do {
                    _ = try await migration(fixture, Interruption(before: statement).checkpoint).seal()
                    Issue.record("the run ended before it was killed")
                    break
                } catch is Interruption.Killed {
                    // ANALYZE, the last statement, comes after the end.
                    if try await fixture.value("SELECT count(*) FROM pg_attribute WHERE attname = 'ward_suwen_index' AND attnum > 0") != "0" { break }
                    #expect(try await fixture.dump() == before)
                }
            }
        }
    }
}
