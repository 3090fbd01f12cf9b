import Cryptography
import Datastores
import Foundation
import Sealing
import TestServers
import Testing

@Suite("Online sealing of MariaDB")
struct MySQLOnlineTests {
    @Test("Sealing leaves no plaintext, opens everywhere, keeps NULL, and unsealing gives the dump back")
    func roundTrip() async throws {
        try await MySQLFixture.with(5_000) { fixture in
            let before = try await fixture.dump()
            let report = try await fixture.seal(MySQLFixture.request(batch: 700))
            #expect(report.rows == 5_000)
            let result = try await fixture.verify()
            #expect(result.isSound && result.rows == 5_000 && result.opened == report.sealed, "\(result)")
            #expect(try await fixture.value("SELECT SUM(mobile IS NULL), COUNT(photo), SUM(touched > '2001-01-01') FROM patients") == "714\t4000\t0")
            #expect(try await !fixture.server.dump(table: "patients").contains("病人"))
            // Whoever knows nothing of the companions goes on as before.
            #expect(try await fixture.value("SELECT * FROM patients WHERE id = 1").split(separator: "\t").count == 8)
            #expect(try await fixture.seal().rows == 0)
            let status = try await fixture.target().engine().status(MySQLFixture.request())
            #expect(status.columns.count == 4 && status.columns.allSatisfy { $0.state == "sealed" } && status.share == nil)
            #expect(try await fixture.unseal().sealed == report.sealed)
            let after = try await fixture.dump()
            #expect(after == before, "\(after.difference(from: before))")
            #expect(try await !fixture.hasState())
        }
    }

    @Test("A run that is killed before any of its statements goes on where it was; nothing is sealed twice, and the same backwards")
    func interruptions() async throws {
        try await MySQLFixture.with(300) { fixture in
            let before = try await fixture.dump()
            var runs = 0
            for backwards in [false, true] {
                for statement in 1... {
                    let checkpoint = Interruption(before: statement).checkpoint
                    do {
                        _ = backwards ? try await fixture.unseal(checkpoint: checkpoint) : try await fixture.seal(checkpoint: checkpoint)
                        break
                    } catch is Interruption.Killed { runs += 1 }
                }
                if backwards { continue }
                let result = try await fixture.verify()
                #expect(result.isSound && result.rows == 300, "\(result)")
                // An envelope in an envelope would be more than twice as long as its value.
                #expect(try await fixture.value("SELECT MAX(LENGTH(id_card)) FROM patients") == "80")
            }
            #expect(runs > 25)
            let after = try await fixture.dump()
            #expect(after == before, "\(after.difference(from: before))")
            #expect(try await !fixture.hasState())
        }
    }

    @Test("Writers lose nothing while runs come and are killed, and in the end all is sealed", .timeLimit(.minutes(3)))
    func writers() async throws {
        try await MySQLFixture.with(4_000) { fixture in
            try await fixture.server.execute("CREATE TABLE oracle (PRIMARY KEY (id)) AS SELECT id, name, id_card, mobile, visits FROM patients")
            let (kills, victims) = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
                for writer in 0..<4 { group.addTask { (0, try await Self.write(fixture, writer)) } }
                group.addTask {
                    var kills = 0
                    var random = SystemRandomNumberGenerator()
                    while kills < 25 {
                        let interruption = Interruption(before: Int.random(in: 1...60, using: &random))
                        do { _ = try await fixture.seal(checkpoint: interruption.checkpoint) } catch is Interruption.Killed {
                        } catch SealingError.neverEnds {}
                        kills += 1
                    }
                    return (kills, 0)
                }
                return try await group.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
            }
            let report = try await fixture.seal()
            let result = try await fixture.verify()
            #expect(result.isSound, "\(result)")
            _ = try await fixture.unseal()
            let lost = try await fixture.value(
                """
                SELECT (SELECT COUNT(*) FROM oracle) <> (SELECT COUNT(*) FROM patients) OR EXISTS (SELECT 1 FROM oracle o JOIN patients p USING (id)
                WHERE NOT (BINARY o.name <=> BINARY p.name AND BINARY o.id_card <=> BINARY p.id_card AND BINARY o.mobile <=> BINARY p.mobile AND o.visits = p.visits))
                """)
            #expect(lost == "0")
            // The writers lock rows in one order: a deadlock could only be with the run.
            #expect(victims == 0)
            print(
                "MariaDB, writers: \(kills) kills, \(result.rows) rows, \(result.opened) cells opened, \(report.conflictsRetried) late in the last run"
            )
        }
    }

    /// Inserts, updates and deletes, each in one transaction with the same in the oracle. Rows are apart from other writers' by their number.
    /// - Returns: how often it was a deadlock's victim.
    private static func write(_ fixture: MySQLFixture, _ writer: Int) async throws -> Int {
        let target = try fixture.target()
        return try await withMySQL(target.location, scope: target.scope) { sessions in
            let session = sessions[0]
            try session.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
            var victims = 0
            for step in 0..<300 {
                let row = String(4 * (step * 7 % 1_000) + writer)
                let fresh = String(100_000 + step * 4 + writer)
                let changes = ["patients", "oracle"].map { table in
                    switch step % 4 {
                    case 0: "INSERT INTO \(table) (id, name, id_card, mobile, visits) VALUES (\(fresh), 'neu\(fresh)', 'x\(fresh)', '139\(fresh)', 1)"
                    // Sealed columns are written in plaintext, as by an application that knows nothing.
                    case 1: "UPDATE \(table) SET name = 'neu\(step)', mobile = NULL WHERE id = \(row)"
                    case 2: "UPDATE \(table) SET visits = visits + 1 WHERE id = \(row)"
                    default: "DELETE FROM \(table) WHERE id = \(row)"
                    }
                }
                while true {
                    do {
                        for statement in ["START TRANSACTION"] + changes + ["COMMIT"] { try session.execute(statement) }
                        break
                    } catch let failure as MySQLFailure where failure.isUncertainCommit {
                        // In both tables or in neither: the next step follows.
                        print("MariaDB, writers: a COMMIT of a writer's failed")
                        try session.execute("ROLLBACK")
                        break
                    } catch let failure as MySQLFailure where failure.isConflict {
                        if failure.code == 1213 { victims += 1 }
                        try session.execute("ROLLBACK")
                    }
                }
            }
            return victims
        }
    }

    @Test("A writer who has locked an index that the run changes, and waits for a row of the run's, isn't a deadlock's victim")
    func noDeadlock() async throws {
        try await MySQLFixture.with(100) { fixture in
            let writer = MySQLIndexWriter(fixture)
            _ = try await fixture.seal(checkpoint: writer.checkpoint)
            let outcome = await writer.outcome()
            #expect(outcome.waits > 0 && outcome.failures.isEmpty, "\(outcome)")
            #expect(try await fixture.verify().isSound)
        }
    }

    @Test("What a writer brings in between any two statements of a run lasts, and is sealed")
    func writerInBetween() async throws {
        try await MySQLFixture.with(100) { fixture in
            let interloper = Interloper {
                try await fixture.server.execute("SET innodb_lock_wait_timeout = 0, lock_wait_timeout = 1; " + $0)
            }
            let report = try await fixture.seal(checkpoint: interloper.checkpoint)
            #expect(try await fixture.seal().failed == 0)
            #expect(try await fixture.verify().isSound)
            _ = try await fixture.unseal()
            let values = interloper.written
            #expect(values.count > 10)
            for (row, value) in values {
                #expect(
                    try await fixture.value("SELECT GROUP_CONCAT(name SEPARATOR '|') FROM patients WHERE id IN (\(row), \(row + 50))")
                        == "\(value)|\(value)")
            }
            print("MariaDB, a writer in between: \(values.count) rows written, \(report.conflictsRetried) late")
        }
    }

    @Test("A swapped cell, one from another column, a changed one and a key that is gone are found, by their place and without their value")
    func damage() async throws {
        try await MySQLFixture.with(100) { fixture in
            _ = try await fixture.seal()
            try await fixture.server.execute(
                """
                UPDATE patients a JOIN patients b ON b.id = 2 SET a.name = b.name WHERE a.id = 1;
                UPDATE patients SET name = id_card WHERE id = 3;
                UPDATE patients SET name = INSERT(name, 60, 2, 'AA') WHERE id = 4;
                UPDATE patients SET name = '张三' WHERE id = 5;
                UPDATE patients SET mobile_suwen_index = mobile_suwen_index ^ 1 WHERE id = 6;
                """)
            let result = try await fixture.verify()
            #expect(result.failed == 3 && result.plaintext == 1 && result.wrongCompanions == 1, "\(result)")
            #expect(result.failures.count == 5 && result.failures.allSatisfy { $0.description.contains("of the row whose id is ") })
            #expect(!result.failures.description.contains("张三"))
            let none = try await fixture.verify(keys: Fixture.keys(201))
            #expect(none.opened == 0 && none.failed == 99 + 2 * 86 + 80)
        }
    }

    @Test("A table that enforces refuses plaintext, takes envelopes, and lets plaintext in again once it is unsealed")
    func enforcement() async throws {
        try await MySQLFixture.with(100) { fixture in
            let before = try await fixture.dump()
            #expect(try await fixture.target().engine().plan(MySQLFixture.request(enforce: true)).blockers == [.defaultWithEnforce("mobile")])
            let columns = Fixture.columns.filter { $0.name != "mobile" }
            let request = MySQLFixture.request(enforce: true, columns: columns)
            _ = try await fixture.seal(request)
            await #expect(throws: TestServerError.self) { try await fixture.server.execute("UPDATE patients SET name = 'x' WHERE id = 1") }
            await #expect(throws: TestServerError.self) { try await fixture.server.execute("UPDATE patients SET photo = 'x' WHERE id = 1") }
            try await fixture.server.execute("UPDATE patients SET id_card = NULL, id_card_suwen_index = NULL, visits = 0 WHERE id = 1")
            #expect(try await fixture.verify(columns).isSound)
            #expect(try await fixture.seal(request).sealed == 0)
            _ = try await fixture.unseal(columns)
            try await fixture.server.execute("UPDATE patients SET id_card = '110101199000000001', touched = '2001-01-01 00:00:00' WHERE id = 1")
            let after = try await fixture.dump()
            #expect(after == before, "\(after.difference(from: before))")
        }
    }

    @Test("Rotation seals anew under the new generation, and then the old one isn't needed", arguments: [1 as UInt32, 0xF3A5_9C41])
    func rotation(next: UInt32) async throws {
        try await MySQLFixture.with(200) { fixture in
            _ = try await fixture.seal(keys: Fixture.keys(next == 1 ? 31 : 1))
            let old: [UInt32] = next == 1 ? [31, 32, 33, 34] : [1, 2, 3, 4]
            let both = Fixture.keys(next, older: old)
            #expect(try await fixture.verify(keys: both).isSound)
            let engine = try fixture.target().engine()
            #expect(try await engine.rotate(MySQLFixture.request(), keys: both, progress: SealProgress()).rows == 200)
            #expect(try await fixture.verify(keys: Fixture.keys(next)).isSound)
            #expect(try await engine.rotate(MySQLFixture.request(), keys: both, progress: SealProgress()).rows == 0)
        }
    }

    @Test("Later runs keep the first one's bits, refuse other indexes, and seal unique values that writers have exchanged")
    func again() async throws {
        try await MySQLFixture.with(100) { fixture in
            _ = try await fixture.seal()
            try await fixture.server.execute(
                """
                INSERT INTO patients (name, mobile) VALUES ('新', '13900000000');
                UPDATE patients SET id_card = 'X' WHERE id = 3; UPDATE patients SET id_card = '110101199000000002' WHERE id = 1;
                UPDATE patients SET id_card = '110101199000000001' WHERE id = 2; UPDATE patients SET id_card = '110101199000000003' WHERE id = 90;
                """)
            var columns = Fixture.columns
            columns[2].indexes = [.blind(bits: 20), .suffix(characters: 4, bits: 18)]
            _ = try await fixture.seal(MySQLFixture.request(columns: columns))
            let result = try await fixture.verify()
            #expect(result.isSound && result.rows == 101, "\(result)")
            columns[2].indexes = [.blind(bits: 12)]
            await #expect { try await fixture.seal(MySQLFixture.request(columns: columns)) } throws: { error in
                if case SealingError.otherIndexes("mobile") = error { true } else { false }
            }
        }
    }

    @Test("A run of some columns leaves the state of the others as it is")
    func states() async throws {
        try await MySQLFixture.with(300) { fixture in
            let killed = Interruption(before: 14)
            do {
                _ = try await fixture.seal(MySQLFixture.request(columns: [SealColumn("name")]), checkpoint: killed.checkpoint)
            } catch is Interruption.Killed {}
            _ = try await fixture.seal(MySQLFixture.request(columns: [SealColumn("photo")]))
            let states = try await fixture.target().engine().status(MySQLFixture.request()).columns.map { "\($0.column.name) \($0.state)" }
            #expect(states == ["name sealing", "photo sealed"])
        }
    }

    @Test("Rows are read by key, by value, by the last characters; only the right ones")
    func reading() async throws {
        try await MySQLFixture.with(300) { fixture in
            _ = try await fixture.seal()
            let engine = try fixture.target().engine()
            func read(_ selection: SealSelection) async throws -> ([[String?]], OpenSummary) {
                let rows = Collected()
                let summary = try await engine.read(MySQLFixture.request(), selection, keys: Fixture.keys()) { rows.add($0) }
                return (rows.values, summary)
            }
            let byCard = try await read(.value(column: "id_card", text: "110101199000000033", part: .whole))
            #expect(byCard.0.count == 1 && byCard.0[0][0] == "33" && byCard.0[0][1] == "" && byCard.0[0].count == 8)
            let byMobile = try await read(.value(column: "mobile", text: "13800130124", part: .whole))
            #expect(byMobile.0.map { $0[0] } == ["124"] && byMobile.0[0][1] == "病人124")
            #expect(try await read(.value(column: "mobile", text: "0124", part: .suffix)).0.map { $0[0] } == ["124"])
            #expect(
                try await read(.key(["7"])).0 == [["7", "病人7", nil, nil, "\\x8f14e45fceea167a5a36dedd4bea2543", "0", "2001-01-01 00:00:00", "0"]])
            let all = try await read(.all(limit: 10))
            #expect(all.1.rows == 10 && all.0.map { $0[0] } == (1...10).map { String($0) })
            await #expect(throws: SealingError.self) { try await read(.key(["x"])) }
        }
    }

    @Test("A run whose connections the server ends, again and again, comes to its end")
    func brokenConnections() async throws {
        try await MySQLFixture.with(3_000) { fixture in
            let failures = try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask {
                    for failures in 0... {
                        do {
                            _ = try await fixture.seal(MySQLFixture.request(batch: 20))
                            return failures
                        } catch is MySQLFailure {} catch is DatastoreError {}
                    }
                    return 0
                }
                for _ in 0..<8 {
                    let ids = try await fixture.value("SELECT id FROM information_schema.PROCESSLIST WHERE id <> CONNECTION_ID() AND USER = 'root'")
                    for id in ids.split(separator: "\n") { _ = try? await fixture.server.execute("KILL \(id)") }
                }
                return try await group.reduce(0, +)
            }
            #expect(try await fixture.verify().isSound)
            print("MariaDB, broken connections: \(failures) runs ended early")
        }
    }
}

/// Rows that a reader has given.
final class Collected: @unchecked Sendable {
    private let lock = NSLock()
    private var rows: [[String?]] = []

    var values: [[String?]] { lock.withLock { rows } }
    func add(_ row: OpenedRow) { lock.withLock { rows.append(row.values) } }
}
