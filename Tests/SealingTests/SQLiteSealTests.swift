import Cryptography
import Datastores
import Foundation
import Network
import Sealing
import Testing

@Suite("Sealing of SQLite")
struct SQLiteSealTests {
    @Test(
        "Sealing leaves no plaintext, opens everywhere, and unsealing gives the dump back, values of all types with it",
        arguments: SQLiteFixture.Keys.allCases, [SealMode.online, .rewrite])
    func roundTrip(keys: SQLiteFixture.Keys, mode: SealMode) async throws {
        for journal in ["delete", "wal"] {
            let fixture = try await SQLiteFixture(SQLiteFixture.table(keys) + SQLiteFixture.rows(500, keys), journal: journal)
            let before = try await fixture.dump()
            let cells = try await fixture.number("SELECT count(name) + count(id_card) + count(mobile) + count(photo) + count(note) FROM patients")
            let report = try await fixture.seal(SQLiteFixture.request(mode: mode))
            #expect(report.rows == 500 && report.sealed == cells && report.mode == mode.rawValue)
            let result = try await fixture.verify()
            #expect(result.isSound && result.rows == 500 && result.opened == cells && result.nulls == 2_500 - cells, "\(result)")
            #expect(try await fixture.number("SELECT count(*) FROM patients WHERE name LIKE '病人%' OR typeof(note) IN ('integer', 'real')") == 0)
            #expect(try await fixture.number("SELECT count(*) FROM log") == 500)
            #expect(try await fixture.engine().status(SQLiteFixture.request([])).columns.map(\.state) == Array(repeating: "sealed", count: 5))
            // Again: nothing to do.
            #expect(try await fixture.seal().rows == 0)
            let back = try await fixture.unseal()
            #expect(back.sealed == cells)
            let after = try await fixture.dump()
            #expect(after == before, "\(Set(after).symmetricDifference(before))")
            #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path).filter { $0.hasSuffix("-suwen") }.isEmpty)
        }
    }

    @Test(
        "After a rewrite nothing of the values is left in the file; online, VACUUM does that", arguments: [SealMode.online, .rewrite],
        ["delete", "wal"])
    func remanence(mode: SealMode, journal: String) async throws {
        let fixture = try await SQLiteFixture(SQLiteFixture.table() + SQLiteFixture.rows(3_000), journal: journal)
        // Deleted rows whose pages are free.
        try await fixture.execute("PRAGMA secure_delete = OFF; DELETE FROM patients WHERE id BETWEEN 1000 AND 2000")
        try #require(try fixture.occurrences(of: "病人") > 1_999)
        var request = SQLiteFixture.request(mode: mode)
        request.batch = 500
        try await fixture.seal(request)
        let left = try fixture.occurrences(of: "病人") + fixture.occurrences(of: "1101011990")
        print("\(mode) \(journal): \(left) values left in the file before VACUUM")
        if mode == .rewrite { #expect(left == 0) } else { try await fixture.execute("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)") }
        #expect(try fixture.occurrences(of: "病人") == 0 && fixture.occurrences(of: "1101011990") == 0 && fixture.occurrences(of: "photo of") == 0)
    }

    @Test(
        "A run that is killed before any of its statements goes on where it was; nothing is sealed twice, and the same backwards",
        arguments: [SealMode.online, .rewrite])
    func interruptions(mode: SealMode) async throws {
        for keys in [SQLiteFixture.Keys.number, .withoutRowID] {
            var kills = 0
            for statement in 1... {
                let fixture = try await SQLiteFixture(
                    SQLiteFixture.table(keys) + SQLiteFixture.rows(45, keys), journal: statement % 2 == 0 ? "wal" : "delete")
                let before = try await fixture.dump()
                let request = SQLiteFixture.request(mode: mode, enforce: true)
                var request2 = request
                request2.columns[2] = SealColumn("mobile", indexes: SQLiteFixture.columns[2].indexes)
                try await fixture.execute("UPDATE patients SET mobile = 'x' || id WHERE mobile = ''")
                let changed = try await fixture.dump()
                var isKilled = false
                var sealed = 0
                // A default would be refused beside --enforce.
                request2.enforce = false
                do { sealed = try await fixture.seal(request2, Interruption(before: statement).checkpoint).sealed } catch is Interruption.Killed {
                    isKilled = true
                }
                if isKilled {
                    kills += 1
                    _ = try await fixture.seal(request2)
                } else {
                    #expect(sealed > 0)
                }
                #expect(try await fixture.verify().isSound)
                do { try await fixture.unseal(Interruption(before: statement).checkpoint) } catch is Interruption.Killed {
                    try await fixture.unseal()
                }
                let after = try await fixture.dump()
                #expect(after == changed && after != before, "\(statement): \(Set(after).symmetricDifference(changed))")
                guard isKilled else { break }
            }
            print("\(mode) \(keys): killed at each of \(kills) statements")
            #expect(kills > 15)
        }
    }

    @Test("What writers insert, change and delete meanwhile lasts, and is sealed", arguments: ["delete", "wal"])
    func writers(journal: String) async throws {
        let fixture = try await SQLiteFixture(SQLiteFixture.table() + SQLiteFixture.rows(2_000), journal: journal)
        try await fixture.execute("CREATE TABLE oracle (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO oracle SELECT id, name FROM patients")
        let isOver = SharedCount()
        var written = 0
        try await withThrowingTaskGroup(of: Int.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    try await withSQLite(fixture.location) { session in
                        var count = 0
                        while isOver.value == 0 || count < 100, count < 400 {
                            count += 1
                            let id = 3_000 + writer * 100_000 + count
                            let row = (count * 37 + writer * 500) % 2_000 + 1
                            let sql =
                                switch count % 3 {
                                case 0: "INSERT INTO patients (id, name) VALUES (\(id), '新人\(id)'); INSERT INTO oracle VALUES (\(id), '新人\(id)')"
                                case 1: "UPDATE patients SET name = '改\(id)' WHERE id = \(row); UPDATE oracle SET name = '改\(id)' WHERE id = \(row)"
                                default: "DELETE FROM patients WHERE id = \(row + 1); DELETE FROM oracle WHERE id = \(row + 1)"
                                }
                            try session.execute("BEGIN IMMEDIATE; \(sql); COMMIT")
                        }
                        return count
                    }
                }
            }
            group.addTask {
                defer { isOver.add() }
                var request = SQLiteFixture.request()
                request.batch = 100
                try await fixture.seal(request)
                return 0
            }
            for try await count in group { written += count }
        }
        try await fixture.seal()
        #expect(try await fixture.verify().isSound)
        #expect(try await fixture.number("SELECT count(*) FROM patients WHERE name NOT GLOB 'suwen:1:*'") == 0)
        try await fixture.unseal()
        let differing = try await fixture.number(
            "SELECT count(*) FROM (SELECT id, name FROM patients EXCEPT SELECT id, name FROM oracle UNION ALL SELECT id, name FROM oracle EXCEPT SELECT id, name FROM patients)"
        )
        #expect(differing == 0 && written > 20)
        print("\(journal): four writers beside a run: \(written) transactions, \(differing) rows that differ from the oracle's")
    }

    @Test("A second run at the same time is refused, and the first ends as if nothing had been")
    func secondRun() async throws {
        let fixture = try await SQLiteFixture(SQLiteFixture.table() + SQLiteFixture.rows(100))
        let refusals = SharedCount()
        try await fixture.seal {
            let done = DispatchSemaphore(value: 0)
            Task {
                do { try await fixture.seal() } catch SealingError.anotherRun { refusals.add() } catch {}
                done.signal()
            }
            done.wait()
        }
        #expect(refusals.value > 5)
        #expect(try await fixture.verify().isSound)
    }

    @Test("Cells that were swapped, changed, moved, or of another type don't open; a key that is gone is named; never a value")
    func damage() async throws {
        let fixture = try await SQLiteFixture(SQLiteFixture.table() + SQLiteFixture.rows(100))
        try await fixture.seal()
        try await fixture.execute(
            """
            UPDATE patients SET name = (SELECT name FROM patients WHERE id = 2) WHERE id = 1;
            UPDATE patients SET name = id_card WHERE id = 3;
            UPDATE patients SET name = substr(name, 1, 59) || 'AA' || substr(name, 62) WHERE id = 4;
            UPDATE patients SET name = '张三' WHERE id = 5;
            UPDATE patients SET mobile_suwen_index = mobile_suwen_index + 1 WHERE id = 6;
            UPDATE patients SET note = substr(note, 2) WHERE id = 9;
            UPDATE patients SET note = CAST(x'4e' || note AS BLOB) WHERE id = 12;
            """)
        let result = try await fixture.verify()
        #expect(result.failed == 5 && result.plaintext == 1 && result.wrongCompanions == 1, "\(result)")
        #expect(result.failures.allSatisfy { $0.description.contains("of the row whose id is ") } && !result.failures.description.contains("张三"))
        let none = try await fixture.verify(keys: SQLiteFixture.keys(201))
        #expect(none.opened == 0 && none.failures.first?.reason.contains("can't be had") == true)
    }

    @Test("Every changed byte of an envelope is refused, in text, bytes and numbers")
    func everyByte() async throws {
        let fixture = try await SQLiteFixture(
            "CREATE TABLE patients (id INTEGER PRIMARY KEY, note); INSERT INTO patients VALUES (1, 'text'), (2, x'00ff'), (3, 42)")
        let columns = [SealColumn("note")]
        let keys = SQLiteFixture.keys(1, columns)
        try await fixture.seal(SQLiteFixture.request(columns), keys: keys)
        try await fixture.execute("CREATE TABLE kept AS SELECT * FROM patients")
        for id in 1...3 {
            let length = try await fixture.number("SELECT length(CAST(note AS BLOB)) FROM kept WHERE id = \(id)")
            for place in 1...length {
                // Hexadecimal, so that a byte of text can be any.
                try await fixture.execute(
                    """
                    UPDATE patients SET note = (SELECT CASE typeof(note) WHEN 'text' THEN substr(note, 1, \(place - 1)) || CASE substr(note, \(place), 1) WHEN 'A' THEN 'B'
                        ELSE 'A' END || substr(note, \(place + 1)) ELSE CAST(substr(note, 1, \(place - 1)) || CASE substr(note, \(place), 1) WHEN x'41' THEN x'42'
                        ELSE x'41' END || substr(note, \(place + 1)) AS BLOB) END FROM kept WHERE kept.id = patients.id) WHERE id = \(id)
                    """)
                #expect(try await !fixture.verify(keys: keys).isSound, "row \(id), byte \(place)")
            }
            try await fixture.execute("UPDATE patients SET note = (SELECT note FROM kept WHERE kept.id = patients.id)")
        }
        #expect(try await fixture.verify(keys: keys).isSound)
    }

    @Test(
        "Enforced, plaintext is refused in every way that a row can come in, and sealed values are taken; unsealing lets it in again",
        arguments: [SealMode.online, .rewrite])
    func enforcement(mode: SealMode) async throws {
        let fixture = try await SQLiteFixture(
            "CREATE TABLE patients (id INTEGER PRIMARY KEY, name TEXT, note); INSERT INTO patients VALUES (1, '病人1', 7), (2, NULL, NULL)")
        let columns = [SealColumn("name", indexes: [.blind(bits: 4)]), SealColumn("note")]
        let keys = SQLiteFixture.keys(1, columns)
        try await fixture.seal(SQLiteFixture.request(columns, mode: mode, enforce: true), keys: keys)
        for refused in [
            "INSERT INTO patients (id, name) VALUES (3, '张三')", "INSERT OR REPLACE INTO patients (id, note) VALUES (1, 5)",
            "UPDATE patients SET name = '' WHERE id = 1",
            "UPDATE patients SET note = x'00' WHERE id = 2", "UPDATE patients SET name = NULL WHERE id = 1",
            "UPDATE patients SET name_suwen_index = NULL WHERE id = 1",
            "INSERT INTO patients (id, name) VALUES (1, 'x') ON CONFLICT DO UPDATE SET name = 'y'",
        ] {
            await #expect(throws: SQLiteFailure.self, "\(refused)") { try await fixture.execute(refused) }
        }
        try await fixture.execute(
            "INSERT INTO patients (id) VALUES (4); UPDATE patients SET name = name, note = note; DELETE FROM patients WHERE id = 4")
        #expect(try await fixture.verify(keys: keys).isSound)
        try await fixture.unseal(keys: keys)
        try await fixture.execute("INSERT INTO patients (id, name, note) VALUES (3, '张三', 5)")
        #expect(try await fixture.number("SELECT count(*) FROM sqlite_schema") == 1)
    }

    @Test("Later runs keep the first one's bits, and seal unique values that writers have exchanged; a value that two rows have ends the run")
    func again() async throws {
        let fixture = try await SQLiteFixture(SQLiteFixture.table() + SQLiteFixture.rows(100))
        try await fixture.seal()
        func card(_ row: Int, _ value: Int) -> String { "UPDATE patients SET id_card = '11010119900000000\(value)' WHERE id = \(row);" }
        try await fixture.execute(
            "INSERT INTO patients (name, mobile) VALUES ('新', '13900000000'); UPDATE patients SET id_card = 'X' WHERE id = 3;" + card(1, 2)
                + card(2, 1)
                + card(90, 3))
        var columns = SQLiteFixture.columns
        columns[2].indexes = [.blind(bits: 20), .suffix(characters: 4, bits: 18)]
        try await fixture.seal(SQLiteFixture.request(columns))
        let result = try await fixture.verify()
        #expect(result.isSound && result.rows == 101, "\(result)")
        try await fixture.execute(card(5, 4))
        await #expect(throws: DatastoreError.self) { try await fixture.seal() }
        try await fixture.execute(card(5, 5))
        try await fixture.seal()
        #expect(try await fixture.verify().isSound)
    }

    @Test("A run of some columns leaves the state of the others as it is")
    func states() async throws {
        let fixture = try await SQLiteFixture(SQLiteFixture.table() + SQLiteFixture.rows(100))
        let killed = Interruption(before: 12)
        do { _ = try await fixture.seal(SQLiteFixture.request([SealColumn("name")]), killed.checkpoint) } catch is Interruption.Killed {}
        try await fixture.seal(SQLiteFixture.request([SealColumn("photo")]))
        let states = try await fixture.engine().status(SQLiteFixture.request([])).columns.map { "\($0.column.name) \($0.state)" }
        #expect(states == ["name sealing", "photo sealed"])
    }

    @Test("Rotation leaves nothing under the old key, may be killed anywhere, and both generations open meanwhile")
    func rotation() async throws {
        for statement in 1... {
            let fixture = try await SQLiteFixture(SQLiteFixture.table() + SQLiteFixture.rows(45))
            let before = try await fixture.dump()
            try await fixture.seal()
            let newer = SQLiteFixture.keys(201, older: Array(1...5))
            let request = SQLiteFixture.request([])
            var isKilled = false
            do {
                _ = try await fixture.engine(Interruption(before: statement).checkpoint).rotate(request, keys: newer, progress: SealProgress())
            } catch is Interruption.Killed { isKilled = true }
            #expect(try await fixture.verify(keys: newer).isSound)
            if isKilled { _ = try await fixture.engine().rotate(request, keys: newer, progress: SealProgress()) }
            #expect(try await fixture.verify(keys: SQLiteFixture.keys(201)).isSound)
            try await fixture.unseal(keys: SQLiteFixture.keys(201))
            #expect(try await fixture.dump() == before)
            guard isKilled else { break }
        }
    }

    @Test("A value of a megabyte, STRICT and UTF-16 tables, quotes in names and a format-preserving column come back")
    func oddities() async throws {
        let sql = """
            PRAGMA encoding = 'UTF-16le'; CREATE TABLE patients ("the ""id"" no." INTEGER PRIMARY KEY AUTOINCREMENT, "na'me" TEXT, mobile ANY, "日期" BLOB) STRICT;
            INSERT INTO patients ("na'me", mobile, "日期") VALUES ('😀' || hex(zeroblob(500000)), '13800138000', zeroblob(1000000)), ('', '13912345678', x''),
                (NULL, NULL, NULL), ('x', '13800138000', x'00');
            """
        let columns = [
            SealColumn("na'me", indexes: [.prefix(characters: 1, bits: 8)]),
            SealColumn("mobile", protection: .formatPreserving(.mobile), indexes: [.blind(bits: 4)]), SealColumn("日期"),
        ]
        let keys = SQLiteFixture.keys(1, columns)
        for mode in SealMode.allCases {
            let fixture = try await SQLiteFixture(sql)
            let before = try await fixture.dump()
            try await fixture.seal(SQLiteFixture.request(columns, mode: mode), keys: keys)
            #expect(try await fixture.verify(keys: keys).isSound)
            #expect(try await fixture.number("SELECT count(*) FROM patients WHERE mobile GLOB '138????????' AND mobile <> '13800138000'") == 2)
            // A writer's number is known by its mark not to be sealed.
            try await fixture.execute("UPDATE patients SET mobile = '13700000000' WHERE \"the \"\"id\"\" no.\" = 2")
            #expect(try await fixture.verify(keys: keys).plaintext == 1)
            #expect(try await fixture.seal(SQLiteFixture.request(columns, mode: .online), keys: keys).sealed == 1)
            #expect(try await fixture.seal(SQLiteFixture.request(columns, mode: .online), keys: keys).rows == 0)
            try await fixture.unseal(keys: keys)
            try await fixture.execute("UPDATE patients SET mobile = '13912345678' WHERE \"the \"\"id\"\" no.\" = 2")
            #expect(try await fixture.dump() == before)
        }
    }

    @Test("A disk that is full ends a run with a clear word; with room again it goes on")
    func fullDisk() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-full-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func mount(_ tool: String, _ arguments: [String]) -> Bool {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: tool)
            process.arguments = arguments
            process.standardError = FileHandle.nullDevice
            guard (try? process.run()) != nil else { return false }
            process.waitUntilExit()
            return process.terminationStatus == 0
        }
        guard geteuid() == 0, mount("/bin/mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.path]) else { return }
        defer { _ = mount("/bin/umount", [folder.path]) }
        for mode in SealMode.allCases {
            let fixture = try await SQLiteFixture(SQLiteFixture.table() + SQLiteFixture.rows(2_500), folder: folder)
            let before = try await fixture.dump()
            let failure = await #expect(throws: (any Error).self) { try await fixture.seal(SQLiteFixture.request(mode: mode)) }
            #expect("\(String(describing: failure))".contains("full") || failure.map { "\($0)".contains("full") } == true)
            try #require(mount("/bin/mount", ["-o", "remount,size=16m", folder.path]))
            try await fixture.seal(SQLiteFixture.request(mode: mode))
            #expect(try await fixture.verify().isSound)
            try await fixture.unseal()
            #expect(try await fixture.dump() == before)
            try FileManager.default.removeItem(at: fixture.folder)
            try #require(mount("/bin/mount", ["-o", "remount,size=1m", folder.path]))
        }
    }
}
