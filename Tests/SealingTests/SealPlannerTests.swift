import Cryptography
import Datastores
import Sealing
import TestServers
import Testing

@Suite("The plan of a sealing, from a real catalogue")
struct SealPlannerTests {
    private static let schema = """
        CREATE TABLE sound (id int PRIMARY KEY, name varchar(18), free text, photo bytea); INSERT INTO sound VALUES (1, 'a', 'b', '\\x00'); ANALYZE sound;
        CREATE TABLE no_key (name text);
        CREATE TABLE composite (region text, number text, name text, PRIMARY KEY (region, number));
        CREATE TYPE sex AS ENUM ('m', 'f'); CREATE DOMAIN short AS text CHECK (length(VALUE) < 20);
        CREATE TABLE types (id int PRIMARY KEY, fixed char(18), sex sex, doc json, docb jsonb, born date, number int, short short, many text[]);
        CREATE TABLE generating (id int PRIMARY KEY, name text, upper_name text GENERATED ALWAYS AS (upper(name)) STORED);
        CREATE TABLE viewed (id int PRIMARY KEY, name varchar(18), free text); CREATE VIEW shown AS SELECT name, free FROM viewed;
        CREATE MATERIALIZED VIEW kept AS SELECT name FROM viewed;
        CREATE TABLE ruled (id int PRIMARY KEY, name text); CREATE RULE noted AS ON UPDATE TO ruled DO ALSO NOTIFY x;
        CREATE TABLE checked (id int PRIMARY KEY, name text CHECK (length(name) < 9), code text UNIQUE, other text);
        CREATE INDEX checked_other ON checked (lower(other)); CREATE UNIQUE INDEX checked_pair ON checked (id, other);
        CREATE TABLE parent (id int PRIMARY KEY, code text UNIQUE); CREATE TABLE child (id int PRIMARY KEY, code text REFERENCES parent (code));
        CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TABLE triggered (id int PRIMARY KEY, name text, other text);
        CREATE TRIGGER audit BEFORE UPDATE ON triggered FOR EACH ROW EXECUTE FUNCTION nothing();
        CREATE TRIGGER inserts BEFORE INSERT ON triggered FOR EACH ROW EXECUTE FUNCTION nothing();
        CREATE TABLE parts (id int, name text, PRIMARY KEY (id)) PARTITION BY RANGE (id);
        CREATE TABLE part_one PARTITION OF parts FOR VALUES FROM (0) TO (9);
        CREATE TABLE defaulting (id int PRIMARY KEY, name text DEFAULT 'none');
        CREATE TABLE secured (id int PRIMARY KEY, name text); ALTER TABLE secured ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON secured USING (name = current_user);
        CREATE TABLE taken (id int PRIMARY KEY, name text, name_suwen_index int);
        CREATE TABLE forged (id int PRIMARY KEY, name text); INSERT INTO forged VALUES (1, 'suwen:1:U1cBAQAAAAE');
        CREATE ROLE clerk LOGIN; GRANT SELECT, UPDATE ON sound, secured TO clerk; CREATE ROLE nobody LOGIN;
        CREATE DATABASE closed; ALTER DATABASE closed SET default_transaction_read_only = on;
        """

    private static func plan(
        _ fixture: Fixture, _ table: String, _ columns: [SealColumn], mode: SealMode = .online, enforce: Bool = false, fires: Bool = false,
        user: String = "suwen"
    ) async throws -> SealPlan {
        let request = SealRequest(table: table, columns: columns, mode: mode, enforce: enforce, firesTriggers: fires)
        return try await OnlineMigration(target: try fixture.target(user: user), request: request, keys: Fixture.keys()).plan()
    }

    @Test("Each bad input has its answer, and the good one beside it passes")
    func answers() async throws {
        try await PostgreSQLServer.with { server in
            try await server.execute(Self.schema)
            let fixture = Fixture(server: server)
            let name = [SealColumn("name")]

            let sound = try await Self.plan(
                fixture, "sound", [SealColumn("name", indexes: [.blind(bits: 8)]), SealColumn("free"), SealColumn("photo")])
            #expect(sound.blockers == [])
            #expect(sound.steps.first == .widen(column: "name", from: "character varying(18)", to: "text"))
            #expect(sound.steps.contains(.addCompanion(column: "name_suwen_index", of: "name", type: "bigint")) && sound.steps.last == .verify)
            #expect(sound.estimate.rows == 1 && sound.remanence.contains(.deadTuples) && sound.remanence.contains(.statistics))
            #expect(try await Self.plan(fixture, "composite", name).blockers == [])

            let expected: [(String, [SealColumn], [SealPlan.Blocker])] = [
                ("sound", [], [.noColumns]), ("sound", [SealColumn("nme")], [.noSuchColumn("nme")]), ("sound", name + name, [.columnTwice("name")]),
                ("sound", [SealColumn("id")], [.columnInPrimaryKey("id"), .typeNeedsRewrite("id", type: "integer")]),
                ("sound", [SealColumn("name", indexes: [.blind(bits: 64)])], [.badIndex("name")]),
                ("no_key", name, [.noPrimaryKey]), ("composite", [SealColumn("number")], [.columnInPrimaryKey("number")]),
                ("types", [SealColumn("fixed")], [.typeNeedsRewrite("fixed", type: "character(18)")]),
                ("types", [SealColumn("sex")], [.typeNeedsRewrite("sex", type: "public.sex")]),
                ("types", [SealColumn("doc")], [.typeNeedsRewrite("doc", type: "json")]),
                ("types", [SealColumn("docb")], [.typeNeedsRewrite("docb", type: "jsonb")]),
                ("types", [SealColumn("born")], [.typeNeedsRewrite("born", type: "date")]),
                ("types", [SealColumn("short")], [.typeNeedsRewrite("short", type: "public.short")]),
                ("types", [SealColumn("many")], [.typeNeedsRewrite("many", type: "text[]")]),
                ("generating", name, [.feedsGeneratedColumn("name", generated: "upper_name")]),
                ("generating", [SealColumn("upper_name")], [.generatedColumn("upper_name")]),
                ("viewed", name, [.viewUses("name", view: "public.kept"), .viewUses("name", view: "public.shown")]),
                ("viewed", [SealColumn("free")], []), ("shown", name, [.notATable(.view)]), ("kept", name, [.notATable(.materialisedView)]),
                ("checked", name, [.checkConstraint("name", constraint: "checked_name_check")]),
                ("checked", [SealColumn("code")], [.uniqueWithoutIndex("code", constraint: "checked_code_key")]),
                ("checked", [SealColumn("code", indexes: [.unique])], []),
                ("checked", [SealColumn("other")], [.uniqueWithoutIndex("other", constraint: "checked_pair")]),
                ("parent", [SealColumn("code", indexes: [.unique])], [.foreignKey("code", constraint: "child_code_fkey", table: "public.child")]),
                ("child", [SealColumn("code")], [.foreignKey("code", constraint: "child_code_fkey", table: nil)]),
                ("triggered", name, [.trigger("audit")]), ("parts", name, [.partitioned]), ("part_one", name, [.partition]),
                ("secured", name, [.policyUses("name", policy: "own")]),
                ("taken", [SealColumn("name", indexes: [.blind(bits: 8)])], [.nameTaken("name_suwen_index")]),
                ("forged", name, [.lookalike("name")]), ("defaulting", name, []),
            ]
            for (table, columns, blockers) in expected {
                let plan = try await Self.plan(fixture, table, columns)
                #expect(
                    plan.blockers.map(\.message.key).sorted() == blockers.map(\.message.key).sorted() && Set(plan.blockers) == Set(blockers),
                    "\(table) \(columns)")
                #expect(plan.blockers.isEmpty != plan.steps.isEmpty)
            }
            #expect(try await Self.plan(fixture, "triggered", name, fires: true).blockers == [])
            #expect(try await Self.plan(fixture, "defaulting", name, enforce: true).blockers == [.defaultWithEnforce("name")])
            #expect(
                try await Self.plan(fixture, "types", [SealColumn("fixed"), SealColumn("doc"), SealColumn("sex")], mode: .rewrite).blockers == [])
            #expect(try await Self.plan(fixture, "viewed", name, mode: .rewrite).blockers.isEmpty == false)
            #expect(try await Self.plan(fixture, "sound", name, user: "clerk").blockers == [.notOwner, .cannotCreateState])
            #expect(try await Self.plan(fixture, "secured", name, user: "clerk").blockers.contains(.rowSecurity))
            #expect(try await Self.plan(fixture, "sound", name, user: "nobody").blockers.contains(.cannotRead))
            await #expect(throws: SealingError.self) { try await Self.plan(fixture, "absent", name) }

            // What is refused leaves nothing behind.
            let migration = OnlineMigration(
                target: try fixture.target, request: SealRequest(table: "no_key", columns: name), keys: Fixture.keys())
            await #expect(throws: SealingError.self) { try await migration.seal() }
            #expect(try await fixture.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'suwen'") == "0")
        }
    }

    @Test("A replica and a read-only database are refused; a replica's lag, the archive and slots are named as places where plaintext stays")
    func pure() {
        var table = TableSnapshot(
            schema: "public", table: "t", kind: .table, columns: [.init(name: "name", number: 1, type: "text", declaration: "text")],
            primaryKey: ["id"],
            serverVersion: 150_000)
        let request = SealRequest(table: "t", columns: [SealColumn("name")])
        table.hasStateSchema = true
        #expect(SealPlanner.plan(request, on: table).isPossible)
        #expect(!SealPlanner.plan(request, on: table).remanence.contains(.archivedWAL))
        table.isReplica = true
        table.archivesWAL = true
        table.replicas = 2
        let plan = SealPlanner.plan(request, on: table)
        #expect(plan.blockers == [.readOnlyReplica])
        #expect(plan.remanence.contains(.archivedWAL) && plan.remanence.contains(.replicas(count: 2)))
        table.isReplica = false
        table.isReadOnly = true
        #expect(SealPlanner.plan(request, on: table).blockers == [.readOnly])
        table.isReadOnly = false
        table.serverVersion = 130_010
        #expect(SealPlanner.plan(request, on: table).blockers == [.serverTooOld(version: 130_010)])
    }

    @Test("Composite and text keys, a text of a megabyte and a table whose names need quoting are sealed, opened and given back")
    func awkward() async throws {
        try await PostgreSQLServer.with { server in
            try await server.execute(
                #"""
                CREATE TABLE "病人 ""表""" (a text, b timestamptz, "姓名" text, "c'\" varchar(3), PRIMARY KEY (a, b));
                INSERT INTO "病人 ""表""" SELECT 'k' || i, '2020-01-01'::timestamptz + i * interval '1 h', CASE i WHEN 1 THEN repeat('大', 350000) ELSE 'x' || i END, 'a''\'
                FROM generate_series(1, 20) i
                """#)
            let fixture = Fixture(server: server)
            let columns = [SealColumn("姓名", indexes: [.suffix(characters: 2, bits: 20)]), SealColumn("c'\\")]
            let migration = OnlineMigration(
                target: try fixture.target, request: SealRequest(table: "病人 \"表\"", columns: columns, algorithm: .sm4GCM, enforce: true),
                keys: Fixture.keys(1, columns))
            let before = try await fixture.value("SELECT md5(string_agg(t::text, '|' ORDER BY a)) FROM \"病人 \"\"表\"\"\" t")
            _ = try await migration.seal()
            let result = try await PostgreSQLVerifier.verify(
                try fixture.target, SealRequest(table: "病人 \"表\"", columns: columns), keys: Fixture.keys(1, columns))
            #expect(result.isSound && result.opened == 40, "\(result)")
            _ = try await migration.unseal()
            #expect(try await fixture.value("SELECT md5(string_agg(t::text, '|' ORDER BY a)) FROM \"病人 \"\"表\"\"\" t") == before)
        }
    }
}
