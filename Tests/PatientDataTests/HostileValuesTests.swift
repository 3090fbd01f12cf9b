import Datastores
import Findings
import Foundation
import PatientData
import ReferenceData
import Testing

/// Values that nobody would put into a table, and that lie in tables all the same.
@Suite("Hostile values")
struct HostileValuesTests {
    private static let seeds = [
        "11010519491231002X", "１１０１０５１９４９１２３１００２Ｘ", "138-0013-8000", "+86 13800138000", "王小明", "买买提·吐尔逊", "欧阳锋", "某某", "6222021234567890128",
        "a.b+c@example.com", "北京市朝阳区建国路88号", "1990-01-01", "1990年1月1日", "19900101", "高血压病2级", "E11.900x001", "阿莫西林胶囊0.25g*24粒", "每日三次，口服",
        "$2b$10$abcdefghijklmnopqrstuv", "5d41402abc4b2a76b9719d911017c592", "{\"a\":{\"b\":[1,2,{\"c\":\"13800138000\"}]}}",
        "{a,\"b\\\"c\",NULL,{d}}",
        "\\x00ff10", "张*", "138****8000", "", " ", "\u{200B}", "\u{FEFF}", "京A12345", "192.168.1.1", "::ffff:1.2.3.4", "N/A", "无",
    ].map { Array($0.utf8) }

    private static func mutated(_ random: inout SplitMix) -> [UInt8] {
        var value = seeds[random.below(seeds.count)]
        for _ in 0...random.below(4) {
            switch random.below(6) {
            case 0 where !value.isEmpty: value[random.below(value.count)] = UInt8(random.below(256))
            case 1 where !value.isEmpty: value.remove(at: random.below(value.count))
            case 2: value.insert(UInt8(random.below(256)), at: random.below(value.count + 1))
            case 3: value += seeds[random.below(seeds.count)]
            case 4: value = Array(value.prefix(random.below(value.count + 1)))
            default: value += [UInt8](repeating: UInt8(random.below(256)), count: random.below(300))
            }
        }
        return value
    }

    @Test("whatever bytes come, every row is counted once, in every column's kind", arguments: 0..<8)
    func anyBytes(seed: UInt64) throws {
        let today = try #require(CivilDate(year: 2026, month: 11, day: 24))
        var random = SplitMix(state: seed)
        let values = (0..<3_000).map { _ in random.below(40) == 0 ? nil : Self.mutated(&random) }
        var column = ColumnBatch()
        for value in values { if let value { column.append(value) } else { column.appendNull() } }
        var tally = ColumnTally()
        tally.add(column)
        #expect(tally.rows == values.count)
        for (index, name) in ["id_card", "xm", "mobile", "c1", "diagnosis", "remark"].enumerated() {
            let described = Column(name: name, type: ["text", "varchar(20)", "bigint", "json", "text[]", "bytea"][index])
            var examination = ColumnExamination(
                column: described, displayName: name, verdict: ColumnClassifier().verdict(on: described, tally))
            examination.verdict.kind = DataKind.allCases[(Int(seed) * 6 + index) % DataKind.allCases.count]
            let plan = try #require(ScanPlan([examination], isFull: true))
            var scanner = ChunkScanner(plan, hash: KeyedHash(key: (1, 2)), today: today)
            scanner.add(Batch(rowCount: values.count, columns: [column]))
            let counts = try #require(scanner.counts.first)
            #expect(counts.rows == values.count)
            #expect(counts.nulls == values.count { $0 == nil })
            #expect(counts.readable + counts.masked + counts.hashed + counts.encrypted + counts.sealed == counts.values)
        }
    }

    @Test("a table of hostile values is examined, in a sample and in full, without a value in what is told", arguments: [1, 2, 3])
    func table(seed: UInt64) async {
        var random = SplitMix(state: seed)
        let columns = ["id_card", "name", "phone", "body", "tags", "c1"].map { Column(name: $0, type: $0 == "tags" ? "text[]" : "text") }
        let rows = (0..<1_500).map { _ in columns.map { _ in String?(String(decoding: Self.mutated(&random), as: UTF8.self)) } }
        let inspection = await inspect([("s", MemoryStore(tables: [MemoryTable("t", columns, rows: rows)]))])
        #expect(inspection.examined == ["s"])
        let told = "\(inspection)"
        for row in rows.prefix(300) {
            for case let value? in row where value.utf8.count >= 12 && !value.contains("\u{FFFD}") { #expect(!told.contains(value)) }
        }
    }
}

/// Steele, Lea and Flood 2014: the same numbers on every machine.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
}
