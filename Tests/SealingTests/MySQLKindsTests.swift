import Cryptography
import Sealing
import TestServers
import Testing

/// Keys, character sets and types of MariaDB's tables.
@Suite("Kinds of MariaDB's tables")
struct MySQLKindsTests {
    private static let columns = [SealColumn("name", indexes: [.blind(bits: 8)]), SealColumn("note")]

    private static func lifecycle(_ sql: String, columns: [SealColumn] = columns, rows: Int) async throws {
        try await MySQLFixture.with(sql) { fixture in
            let before = try await fixture.dump()
            for mode in [SealMode.online, .rewrite] {
                let report = try await fixture.seal(MySQLFixture.request(columns: columns, mode: mode, batch: 7))
                #expect(report.rows == rows)
                let result = try await fixture.verify(columns)
                #expect(result.isSound && result.rows == rows && result.opened == report.sealed, "\(result)")
                _ = try await fixture.unseal(columns)
                let after = try await fixture.dump()
                #expect(after == before, "\(mode): \(after.difference(from: before))")
                #expect(try await !fixture.hasState())
            }
        }
    }

    @Test(
        "Keys of text, of several parts, of bytes, dates and decimals name their rows",
        arguments: [
            "code varchar(40) COLLATE utf8mb4_unicode_ci PRIMARY KEY", "code varchar(40) CHARACTER SET gbk PRIMARY KEY",
            "code varchar(40) CHARACTER SET latin1 COLLATE latin1_german2_ci PRIMARY KEY", "code varbinary(40) PRIMARY KEY",
            "code binary(8) PRIMARY KEY",
            "code decimal(20,4) PRIMARY KEY", "code int, PRIMARY KEY (code, visits)", "code varchar(20), PRIMARY KEY (visits, code)",
            "code datetime(3), PRIMARY KEY (code, visits)", "code bigint unsigned PRIMARY KEY",
        ])
    func keys(code: String) async throws {
        let value =
            if code.contains("decimal") || code.contains("int") { "seq * 18014398509481.25" } else if code.contains("date") {
                "TIMESTAMPADD(SECOND, seq DIV 3, '2020-01-01 01:02:03.25')"
            } else if code.contains("bin") { "UNHEX(LPAD(HEX(seq * 77777), 8, '0'))" } else if code.contains("latin1") {
                "CONCAT('Ä', 'k''\\\\', seq * 7 % 100)"
            } else { "CONCAT('键', 'k''\\\\', seq * 7 % 100)" }
        let typed = code.hasPrefix("code int") ? "seq DIV 5" : code.contains("unsigned") ? "18446744073709551615 - seq" : value
        try await Self.lifecycle(
            """
            CREATE TABLE patients (visits int NOT NULL, name varchar(20), note text, \(code));
            INSERT INTO patients (visits, code, name, note) SELECT seq, \(typed), CONCAT('病人', seq), IF(seq % 3 = 0, NULL, REPEAT('记', seq)) FROM seq_1_to_60;
            """, rows: 60)
    }

    @Test("Text of GBK and latin1 comes back byte for byte; what isn't text of its character set stops the run")
    func characterSets() async throws {
        let sql = """
            CREATE TABLE patients (id int PRIMARY KEY, name varchar(20) CHARACTER SET gbk, note text CHARACTER SET latin1, other varchar(9) CHARACTER SET gbk);
            INSERT INTO patients SELECT seq, CONCAT('张三丰', seq), CONCAT('Grüße € ', CHAR(128 + seq % 128 USING latin1)), '其他' FROM seq_1_to_130;
            """
        try await Self.lifecycle(sql, rows: 130)
        try await MySQLFixture.with(sql + "SET sql_mode = ''; UPDATE patients SET name = x'B1FF41' WHERE id = 7;") { fixture in
            let isDamaged = try await fixture.value("SELECT HEX(name) FROM patients WHERE id = 7") == "B1FF41"
            guard isDamaged else { return }
            for mode in SealMode.allCases {
                await #expect(throws: SealingError.self) { try await fixture.seal(MySQLFixture.request(columns: Self.columns, mode: mode)) }
            }
        }
    }

    @Test("A text of a megabyte, one that has no room in its column when it is sealed, and rows that don't fit into one batch")
    func longText() async throws {
        try await Self.lifecycle(
            """
            CREATE TABLE patients (id int PRIMARY KEY, name varchar(20), note mediumtext);
            INSERT INTO patients SELECT seq, 'x', REPEAT('长', 350000) FROM seq_1_to_30;
            """, rows: 30)
        try await MySQLFixture.with(
            "CREATE TABLE patients (id int PRIMARY KEY, name varchar(20), note text); INSERT INTO patients VALUES (1, 'x', REPEAT('y', 60000))"
        ) { fixture in
            let plan = try await fixture.target().engine().plan(MySQLFixture.request(columns: Self.columns))
            #expect(plan.blockers == [.typeNeedsRewrite("note", type: "text")])
        }
    }

    private static let formats = [
        SealColumn("mobile", protection: .formatPreserving(.mobile), indexes: [.suffix(characters: 4, bits: 10)]),
        SealColumn("card", protection: .formatPreserving(.bankCard)), SealColumn("name"),
    ]

    @Test(
        "Columns that keep their form look as before, are other values, open, find what a writer brings in, and come back",
        arguments: SealMode.allCases)
    func formatPreserving(mode: SealMode) async throws {
        try await MySQLFixture.with(
            """
            CREATE TABLE patients (id int PRIMARY KEY, mobile varchar(11), card char(16), name text, KEY patients_mobile (mobile));
            INSERT INTO patients SELECT seq, IF(seq % 7 > 0, CONCAT('138', LPAD(seq, 8, '0')), NULL), '4000000000000002', CONCAT('病人', seq) FROM seq_1_to_300
            """
        ) { fixture in
            let before = try await fixture.dump()
            #expect(try await fixture.seal(MySQLFixture.request(columns: Self.formats, mode: mode)).rows == 300)
            #expect(
                try await fixture.value(
                    "SELECT COUNT(*) FROM patients WHERE mobile RLIKE '^138[0-9]{8}$' AND mobile <> CONCAT('138', LPAD(id, 8, '0')) AND card RLIKE '^400000[0-9]{10}$'"
                ) == "258")
            var result = try await fixture.verify(Self.formats)
            #expect(result.isSound && result.opened == 258 + 600, "\(result)")
            #expect(try await fixture.seal(MySQLFixture.request(columns: Self.formats)).sealed == 0)
            try await fixture.server.execute(
                "UPDATE patients SET mobile = '13900000001' WHERE id = 1; UPDATE patients SET mobile = NULL WHERE id = 2")
            result = try await fixture.verify(Self.formats)
            #expect(result.plaintext == 1 && result.wrongCompanions == 1, "\(result)")
            #expect(try await fixture.seal(MySQLFixture.request(columns: Self.formats)).sealed == 1)
            #expect(try await fixture.verify(Self.formats).isSound)
            let rotated = Fixture.keys(201, Self.formats, older: [1, 2, 3])
            _ = try await fixture.target().engine().rotate(MySQLFixture.request(), keys: rotated, progress: SealProgress())
            #expect(try await fixture.verify(Self.formats, keys: Fixture.keys(201, Self.formats)).isSound)
            _ = try await fixture.target().engine().unseal(MySQLFixture.request(), keys: rotated, progress: SealProgress())
            try await fixture.server.execute("UPDATE patients SET mobile = CONCAT('138', LPAD(id, 8, '0')) WHERE id < 3")
            let after = try await fixture.dump()
            #expect(after == before, "\(after.difference(from: before))")
        }
    }
}
