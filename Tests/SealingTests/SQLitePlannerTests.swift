import Cryptography
import Datastores
import Foundation
import Sealing
import Testing

@Suite("The plan for SQLite")
struct SQLitePlannerTests {
    private func blockers(_ sql: String, _ columns: [SealColumn] = [SealColumn("name")], _ change: (inout SealRequest) -> Void = { _ in })
        async throws
        -> [SealPlan.Blocker]
    {
        let fixture = try await SQLiteFixture(sql)
        var request = SQLiteFixture.request(columns)
        change(&request)
        let before = try await fixture.dump()
        let plan = try await fixture.engine().plan(request)
        #expect(try await fixture.dump() == before)
        if !plan.isPossible {
            // What the plan refuses, the run refuses, and does nothing.
            let keys = SQLiteFixture.keys(
                1, columns.reduce(into: []) { all, column in if !all.contains(where: { $0.name == column.name }) { all.append(column) } })
            let request = request
            let failure = await #expect(throws: SealingError.self) { try await fixture.seal(request, keys: keys) }
            guard case .blocked? = failure else { throw SealingError.malformedAnswer }
            #expect(try await fixture.dump() == before)
        }
        return plan.blockers
    }

    private static let plain = "CREATE TABLE patients (id INTEGER PRIMARY KEY, name TEXT, born TEXT);"

    @Test("A plain table can be sealed; the plan says what is done and what to know")
    func possible() async throws {
        let fixture = try await SQLiteFixture(SQLiteFixture.table() + SQLiteFixture.rows(50))
        let plan = try await fixture.engine().plan(SQLiteFixture.request())
        #expect(plan.isPossible, "\(plan.blockers)")
        #expect(plan.estimate.rows == 50 && plan.steps.contains(.createIndex(on: "id_card_suwen_index", isUnique: true)))
        #expect(
            plan.steps.contains(.dropIndex("by_card")) && plan.steps.contains(.dropIndex("by_mobile"))
                && !plan.steps.contains(.dropIndex("by_visits")))
        #expect(plan.warnings.contains(.view("frequent", column: "name")) && plan.warnings.contains(.hasDefault("mobile")))
        #expect(plan.warnings.contains(.sqlite(.numbersBecomeBytes("note"))) && plan.remanence == [.sqlite(.freePages), .sqlite(.journal), .backups])
    }

    @Test("What stands against it is told, and nothing is done")
    func blocked() async throws {
        let plain = Self.plain
        #expect(try await blockers(plain).isEmpty)
        #expect(try await blockers("CREATE TABLE patients (name TEXT)") == [.noPrimaryKey])
        #expect(
            try await blockers("CREATE TABLE patients (id TEXT PRIMARY KEY, name TEXT); INSERT INTO patients VALUES (NULL, 'x')") == [
                .sqlite(.nullInKey("id"))
            ])
        #expect(try await blockers("CREATE TABLE patients (id TEXT PRIMARY KEY, name TEXT); INSERT INTO patients VALUES ('a', 'x')").isEmpty)
        #expect(try await blockers(plain, []) == [.noColumns])
        #expect(try await blockers(plain, [SealColumn("gone")]) == [.noSuchColumn("gone")])
        #expect(try await blockers(plain, [SealColumn("id")]) == [.columnInPrimaryKey("id")])
        #expect(try await blockers(plain, [SealColumn("name"), SealColumn("name")]) == [.columnTwice("name")])
        #expect(try await blockers(plain, [SealColumn("name", indexes: [.blind(bits: 64)])]) == [.badIndex("name")])
        #expect(
            try await blockers("CREATE TABLE patients (id INTEGER PRIMARY KEY, a TEXT, name TEXT AS (a || 'x') STORED)") == [.generatedColumn("name")]
        )
        #expect(
            try await blockers(
                "CREATE TABLE patients (id INTEGER PRIMARY KEY, \"Name\" TEXT, up TEXT GENERATED ALWAYS AS (upper([name])))", [SealColumn("Name")])
                == [.feedsGeneratedColumn("Name", generated: "up")])
        #expect(
            try await blockers("CREATE TABLE patients (id INTEGER PRIMARY KEY, name TEXT, CONSTRAINT short CHECK (length(name /* , */) < 9))")
                == [.checkConstraint("name", constraint: "short")])
        #expect(try await blockers("CREATE TABLE patients (id INTEGER PRIMARY KEY, name TEXT, n INT CHECK (n > 0))").isEmpty)
        #expect(
            try await blockers("CREATE TABLE names (n TEXT PRIMARY KEY); CREATE TABLE patients (id INTEGER PRIMARY KEY, name TEXT REFERENCES names)")
                == [.foreignKey("name", constraint: "that", table: nil)])
        #expect(
            try await blockers(
                "CREATE TABLE patients (id INTEGER PRIMARY KEY, name TEXT UNIQUE); CREATE TABLE visits (n TEXT REFERENCES Patients (Name))",
                [SealColumn("name", indexes: [.unique])]) == [.foreignKey("name", constraint: "that", table: "visits")])
        #expect(
            try await blockers("CREATE TABLE patients (id INTEGER PRIMARY KEY, name TEXT UNIQUE)")
                == [.uniqueWithoutIndex("name", constraint: "sqlite_autoindex_patients_1")])
        #expect(
            try await blockers("CREATE TABLE patients (id INTEGER PRIMARY KEY, name TEXT UNIQUE)", [SealColumn("name", indexes: [.unique])]).isEmpty)
        #expect(
            try await blockers(plain + "CREATE UNIQUE INDEX u ON patients (name COLLATE NOCASE)", [SealColumn("name", indexes: [.unique])])
                == [.sqlite(.uniqueByOtherRules("name", index: "u"))])
        #expect(
            try await blockers(plain + "CREATE UNIQUE INDEX u ON patients (born) WHERE name > 'a'") == [.uniqueWithoutIndex("name", constraint: "u")])
        #expect(
            try await blockers("CREATE TABLE patients (id INTEGER PRIMARY KEY, name INTEGER) STRICT") == [
                .sqlite(.strictNumber("name", type: "INTEGER"))
            ])
        #expect(try await blockers("CREATE TABLE patients (id INTEGER PRIMARY KEY, name TEXT) STRICT").isEmpty)
        #expect(try await blockers("CREATE VIEW patients AS SELECT 1 AS id, 'x' AS name") == [.notATable(.view)])
        #expect(try await blockers("CREATE VIRTUAL TABLE patients USING fts5(name)") == [.sqlite(.virtualTable)])
        #expect(
            try await blockers(plain + "CREATE VIRTUAL TABLE words USING fts5(name, content='patients', content_rowid='id')")
                == [.sqlite(.fullTextTable("words", column: "name"))])
        #expect(
            try await blockers(
                "CREATE TABLE patients (id INTEGER PRIMARY KEY, name, name_suwen_index)", [SealColumn("name", indexes: [.blind(bits: 4)])])
                == [.nameTaken("name_suwen_index")])
        #expect(try await blockers(plain + "INSERT INTO patients VALUES (1, 'suwen:1:U1cBxyz', '')") == [.lookalike("name")])
        #expect(
            try await blockers("CREATE TABLE patients (id INTEGER PRIMARY KEY, name TEXT DEFAULT 'x')") { $0.enforce = true } == [
                .defaultWithEnforce("name")
            ])
        #expect(
            try await blockers(
                "CREATE TABLE patients (id INTEGER PRIMARY KEY, name); INSERT INTO patients VALUES (1, 13800138000)",
                [SealColumn("name", protection: .formatPreserving(.mobile))]) == [.formNeedsText("name", type: "of numbers or bytes in some rows")])
    }

    @Test(
        "A trigger that would fire stands against it online, unless it may; in a window none fires",
        arguments: [
            ("AFTER UPDATE ON patients", true), ("BEFORE UPDATE OF born, \"name\" ON patients", true), ("AFTER UPDATE OF born ON patients", false),
            ("AFTER INSERT ON patients", false), ("DELETE ON patients", false),
        ])
    func triggers(event: String, fires: Bool) async throws {
        let sql =
            Self.plain + "CREATE TABLE log (t TEXT); INSERT INTO patients VALUES (1, 'a', 'b'); "
            + "CREATE TRIGGER IF NOT EXISTS main.\"update\" \(event) BEGIN INSERT INTO log VALUES ('fired'); UPDATE patients SET born = 'x'; END"
        #expect(try await blockers(sql) == (fires ? [.trigger("update")] : []))
        #expect(try await blockers(sql) { $0.firesTriggers = true }.isEmpty)
        let fixture = try await SQLiteFixture(sql)
        let before = try await fixture.dump()
        let keys = SQLiteFixture.keys(1, [SealColumn("name")])
        try await fixture.seal(SQLiteFixture.request([SealColumn("name")], mode: .rewrite), keys: keys)
        #expect(try await fixture.number("SELECT count(*) FROM log") == 0)
        guard !fires else { return }
        try await fixture.unseal(keys: keys)
        #expect(try await fixture.dump() == before)
    }

    @Test("A column that was sealed in another way is not sealed over")
    func otherDefinition() async throws {
        let fixture = try await SQLiteFixture(Self.plain + "INSERT INTO patients VALUES (1, 'a', 'b')")
        let keys = SQLiteFixture.keys(1, [SealColumn("name")])
        try await fixture.seal(SQLiteFixture.request([SealColumn("name")]), keys: keys)
        await #expect {
            try await fixture.engine().plan(SQLiteFixture.request([SealColumn("name", indexes: [.blind(bits: 4)])]))
        } throws: { error in
            if case SealingError.otherIndexes("name") = error { true } else { false }
        }
    }

    @Test("What is no database, is damaged, or isn't there is told in a word")
    func badFiles() async throws {
        let fixture = try await SQLiteFixture(Self.plain)
        let request = SQLiteFixture.request([SealColumn("name")])
        await #expect(throws: SealingError.self) { try await fixture.engine().status(request) }
        var other = request
        other.table = "gone"
        let missing = other
        await #expect(throws: SealingError.self) { try await fixture.engine().plan(missing) }
        try Data(repeating: 0x41, count: 8_192).write(to: URL(fileURLWithPath: fixture.path))
        let failure = await #expect(throws: DatastoreError.self) { try await fixture.engine().plan(request) }
        #expect(failure?.description.contains("no SQLite database, or is encrypted") == true)
        try FileManager.default.removeItem(atPath: fixture.path)
        await #expect(throws: DatastoreError.self) { try await fixture.engine().plan(request) }
        #expect(!FileManager.default.fileExists(atPath: fixture.path))
    }
}
