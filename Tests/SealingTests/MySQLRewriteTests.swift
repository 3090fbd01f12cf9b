import Sealing
import TestServers
import Testing

@Suite("Sealing by rewriting a MariaDB table")
struct MySQLRewriteTests {
    private static let columns =
        Fixture.columns + [
            SealColumn("born"), SealColumn("record"), SealColumn("ward", indexes: [.blind(bits: 4)]), SealColumn("kind"), SealColumn("dose"),
            SealColumn("hash"),
            SealColumn("seen"), SealColumn("tiny"),
        ]

    private static let types = """
        ALTER TABLE patients ADD born date DEFAULT '2000-01-01' COMMENT 'born', ADD record json, ADD ward char(6) DEFAULT 'W', ADD kind enum('in', 'out'),
            ADD dose float NOT NULL DEFAULT 0, ADD hash binary(4), ADD seen datetime(3), ADD tiny tinytext, ADD flags bit(5) DEFAULT b'10110', ADD place point,
            ADD weight double, ADD title varchar(9) CHARACTER SET gbk DEFAULT '其他', ADD KEY born (born), ADD KEY title (title), ADD CHECK (visits < 1000);
        """

    private static let fill = """
        UPDATE patients SET born = '1990-01-01' + INTERVAL id DAY, record = JSON_OBJECT('n', id), ward = CONCAT('W', id % 9), kind = 'out', dose = id / 7,
            hash = UNHEX('00FF0041'), seen = '2020-02-02 10:11:12.125', tiny = '短', place = POINT(id, 1), weight = id / 3, touched = '2001-01-01 00:00:00'
        WHERE id % 3 > 0;
        UPDATE patients SET touched = '2001-01-01 00:00:00';
        """

    private func with(_ rows: Int, _ body: (MySQLFixture) async throws -> Void) async throws {
        try await MySQLFixture.with(MySQLFixture.table + Self.types + MySQLFixture.rows(rows) + Self.fill, body)
    }

    @Test("Every type is sealed, the rest is as it was, and unsealing gives the dump back", arguments: [false, true])
    func roundTrip(enforce: Bool) async throws {
        try await with(5_000) { fixture in
            if enforce {
                try await fixture.server.execute(
                    "ALTER TABLE patients ALTER mobile DROP DEFAULT, ALTER born DROP DEFAULT, ALTER ward DROP DEFAULT, ALTER dose DROP DEFAULT")
            }
            let before = try await fixture.dump()
            let kept =
                "SELECT MD5(GROUP_CONCAT(id, visits, touched, total, flags + 0, ST_AsText(place), weight, HEX(title) ORDER BY id)) FROM patients"
            try await fixture.server.execute("SET GLOBAL group_concat_max_len = 100000000")
            let digest = try await fixture.value(kept)
            let report = try await fixture.seal(MySQLFixture.request(enforce: enforce, columns: Self.columns, mode: .rewrite))
            #expect(report.rows == 5_000)
            let result = try await fixture.verify(Self.columns)
            #expect(result.isSound && result.opened == report.sealed && result.nulls == report.skippedNull, "\(result)")
            #expect(try await fixture.value(kept) == digest)
            if enforce {
                await #expect(throws: TestServerError.self) {
                    try await fixture.server.execute("UPDATE patients SET born = '1999-01-01' WHERE id = 1")
                }
            }
            #expect(try await fixture.seal(MySQLFixture.request(columns: Self.columns)).sealed == 0)
            _ = try await fixture.unseal(Self.columns)
            let after = try await fixture.dump()
            #expect(after == before, "\(after.difference(from: before))")
            #expect(try await !fixture.hasState())
        }
    }

    @Test("A rewrite that is killed before any of its statements is brought to its end by the next, or undone by unsealing")
    func interruptions() async throws {
        try await with(60) { fixture in
            let before = try await fixture.dump()
            for statement in 1... {
                let isLast: Bool
                do {
                    _ = try await fixture.seal(
                        MySQLFixture.request(columns: Self.columns, mode: .rewrite), checkpoint: Interruption(before: statement).checkpoint)
                    isLast = true
                } catch is Interruption.Killed { isLast = false }
                // Whatever was left, the table is whole: sealed or not.
                #expect(try await fixture.value("SELECT COUNT(*), COUNT(id_card) FROM patients") == "60\t52")
                if try await fixture.hasState(), try await fixture.value("SHOW TABLES LIKE 'suwen_sealed_column'") != "" {
                    do { _ = try await fixture.unseal(Self.columns) } catch SealingError.notSealed {}
                } else if try await fixture.hasState() {
                    do { _ = try await fixture.unseal(Self.columns) } catch SealingError.notSealed {}
                }
                let after = try await fixture.dump()
                #expect(after == before, "before statement \(statement): \(after.difference(from: before))")
                if isLast { break }
            }
        }
    }

    @Test("Writers who come while the table is written anew wait, and lose nothing")
    func writers() async throws {
        try await with(6_000) { fixture in
            let columns = Fixture.columns
            let written = try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask {
                    _ = try await fixture.seal(MySQLFixture.request(columns: columns, mode: .rewrite))
                    return 0
                }
                for writer in 0..<3 {
                    group.addTask {
                        var count = 0
                        for step in 0..<40 {
                            try await fixture.server.execute("UPDATE patients SET visits = visits + 1 WHERE id = \(step * 3 + writer + 1)")
                            count += 1
                        }
                        return count
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(try await fixture.value("SELECT SUM(visits), COUNT(*) FROM patients") == "\(written)\t6000")
            #expect(try await fixture.verify(columns).isSound)
        }
    }
}
