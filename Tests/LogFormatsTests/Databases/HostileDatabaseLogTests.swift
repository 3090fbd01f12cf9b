import LogFormats
import TestSupport
import Testing

@Suite struct HostileDatabaseLogTests {
    /// The beginning of each fixture; all of it would take minutes.
    private static func sample(_ name: String, _ count: Int) throws -> [[UInt8]] {
        Array(Fixture.lines(try Fixture.bytes(name)).prefix(count))
    }

    @Test(arguments: Fixture.names) func aLineThatIsCutAnywhereDoesNoHarm(name: String) throws {
        let format = try #require(LogFormat.named(Fixture.formats[name] ?? ""))
        let lines = try Self.sample(name, 24)
        for index in lines.indices {
            for cut in stride(from: 0, to: min(lines[index].count, 400), by: 3) {
                var changed = Array(lines[max(0, index - 2)...min(lines.count - 1, index + 1)])
                changed[min(2, index)] = Array(lines[index].prefix(cut))
                #expect(ReadLog(format, changed).isSound)
            }
        }
    }

    @Test(arguments: Fixture.names) func bytesThatChangeDoNoHarm(name: String) throws {
        let format = try #require(LogFormat.named(Fixture.formats[name] ?? ""))
        let lines = try Self.sample(name, 60)
        var dice = SeededGenerator(seed: 0x1234_5678_9ABC_DEF1)
        for _ in 0..<60 {
            var changed = lines
            for _ in 0..<40 {
                let line = Int.random(in: 0..<changed.count, using: &dice)
                guard !changed[line].isEmpty else { continue }
                let at = Int.random(in: 0..<changed[line].count, using: &dice)
                let bytes: [UInt8] = [0, 0x09, 0x0A, 0x20, 0x22, 0x25, 0x27, 0x2C, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x80, 0xFF]
                switch Int.random(in: 0..<4, using: &dice) {
                case 0: changed[line][at] = bytes.randomElement(using: &dice) ?? 0
                case 1: changed[line].remove(at: at)
                case 2: changed[line].insert(bytes.randomElement(using: &dice) ?? 0, at: at)
                default: changed.swapAt(line, Int.random(in: 0..<changed.count, using: &dice))
                }
            }
            #expect(ReadLog(format, changed).isSound)
        }
    }

    @Test func linesOfMegabytesAreReadInBoundedMemory() throws {
        let long = [UInt8](repeating: 0x61, count: 4 << 20)
        let starts: [(String, String)] = [
            ("postgresql-stderr", "2026-01-02 03:04:05.678 CST [77] doctor@clinic LOG:  statement: SELECT '"),
            ("mysql-general", "260102  3:04:05\t     8 Query\tSELECT '"),
            ("mysql-slow", "# User@Host: a[b] @  [127.0.0.1]  Id: 5"), ("postgresql-csv", "2026-01-02 03:04:05.678 CST,\"a\",\"b\",77,\""),
            ("mariadb-audit", "20260102 03:04:05,vm,doctor,127.0.0.1,5,9,QUERY,clinic,'"),
            ("redis-monitor", "1795642509.1234567 [0 127.0.0.1:1] \"GET\" \""),
            ("redis", "5:M 02 Jan 2026 03:04:05.678 * "), ("mysql-error", "2026-01-02  3:04:05 9 [Warning] "), ("mongodb", "{\"t\":{\"$date\":\""),
            ("postgresql-json", "{\"timestamp\":\""), ("mysql-audit-json", "{\"timestamp\":\""),
        ]
        for (id, start) in starts {
            let format = try #require(LogFormat.named(id))
            let log = ReadLog(format, [Array(start.utf8) + long, long, Array(start.utf8), long])
            #expect(log.isSound)
            #expect(log.events.allSatisfy { ($0.statement ?? "").utf8.count <= 5 << 20 })
        }
    }

    @Test func aMillionLinesOfOneStatementStayWithinTheBound() throws {
        let format = try #require(LogFormat.named("mysql-general"))
        let lines =
            [Array("260102  3:04:05\t     8 Query\tSELECT 1".utf8)] + [[UInt8]](repeating: [UInt8](repeating: 0x78, count: 40), count: 100_000)
        let log = ReadLog(format, lines)
        #expect(log.events.count == 1)
        #expect((log.events[0].statement?.utf8.count ?? 0) <= 1 << 20)
    }

    @Test func namesThatRepeatTheSeparatorsCostNoMore() throws {
        // Each of three names could end at any of hundreds of places: tried one by one, that would be millions of steps for each line.
        let name = String(repeating: ",db=", count: 60)
        let line = "2026-01-02 03:04:05 CST [77]: [3-1] user=\(name),db=\(name),app=\(name),client=\(name) x"
        let log = try ReadLog("postgresql:%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ", String(repeating: line + "\n", count: 2_000))
        #expect(log.events.isEmpty)
        #expect(log.unparsed == 2_000)
    }

    @Test func sessionsBeyondTheTableAreForgottenAndNothingIsMixedUp() throws {
        var text = ""
        for thread in 1...20_000 { text += "260102  3:04:05\t\(thread) Connect\tuser\(thread)@127.0.0.1 on clinic using TCP/IP\n" }
        for thread in 1...20_000 { text += "\t\t\(thread) Query\tSELECT 1\n" }
        let log = try ReadLog("mysql-general", text)
        let known = log.of(.query).filter { $0.account != nil }
        #expect((1...2_048).contains(known.count))
        #expect(known.allSatisfy { $0.account == "user\($0.session ?? "")" })
    }
}
