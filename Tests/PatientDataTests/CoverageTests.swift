import Datastores
import Estate
import Findings
import Foundation
import Logging
import PatientData
import Testing

@Suite("What could not be examined")
struct CoverageTests {
    private static let clean = MemoryTable("notes", [Column(name: "c1")], rows: (0..<50).map { ["note \($0)"] })

    @Test(
        "a store that can't be read is said so, and the others are examined",
        arguments: [
            (DatastoreError.Problem.unreachable("connection refused"), "patient-data.unreachable"),
            (.refused("password"), "patient-data.refused"),
            (.outOfScope(host: "db.example.cn", address: "192.0.2.1"), "patient-data.out-of-scope"),
            (.unresolvable(host: "x"), "patient-data.unresolvable"),
            (.insecure("certificate"), "patient-data.insecure"), (.badURL("no host"), "patient-data.bad-url"),
            (.badFile("empty", line: nil), "patient-data.bad-file"), (.badFile("quote", line: 3), "patient-data.bad-file-line"),
            (.failed("42501"), "patient-data.failed"),
        ])
    func unreadable(problem: DatastoreError.Problem, key: String) async {
        let inspection = await inspect([("lost", MemoryStore(refusal: problem)), ("good", MemoryStore(tables: [Self.clean]))])
        #expect(inspection.unexamined.map(\.subject) == ["lost"] && inspection.unexamined.map(\.reason.key) == [key])
        #expect(inspection.examined == ["good"])
        // Nothing was found, but not everything was seen.
        for check in inspection.columnChecks {
            #expect(
                check.outcome == .notAssessed(Message("patient-data.incomplete", ["stores": .list([.text("lost")])])) && check.examined == 1
            )
        }
    }

    @Test("a password that isn't there is said so")
    func noPassword() async {
        let estate = Estate(
            file: URL(fileURLWithPath: "/estate.yaml"), organisation: Organisation(name: "测试"),
            stores: [Store(name: "db", url: "postgresql://u@127.0.0.1/x", passwordFrom: .environment("SUWEN_TEST_NO_SUCH_VARIABLE"))],
            history: URL(fileURLWithPath: "/estate.history.sqlite"))
        let inspection = await PatientDataInspector().inspect(estate, InspectionContext(now: Date(), logger: .init(label: "test")))
        #expect(inspection.unexamined.map(\.reason.key) == ["patient-data.no-password"])
    }

    @Test("a remark is told, and what was read still counts")
    func remarks() async {
        let store = MemoryStore(tables: [Self.clean], remarks: [.encodingAssumed("gb18030"), .unevenRecords(2)])
        let inspection = await inspect([("s", store)])
        #expect(inspection.unexamined.map(\.reason.key) == ["patient-data.encoding-assumed", "patient-data.uneven-records"])
        #expect(inspection.examined == ["s"])
        #expect(inspection.columnChecks.allSatisfy { $0.outcome == .passed })
    }

    @Test("a file that is cut off isn't called clean")
    func truncated() async {
        let inspection = await inspect([("s", MemoryStore(tables: [Self.clean], remarks: [.truncated(line: 50)]))])
        #expect(inspection.unexamined.map(\.reason.key) == ["patient-data.truncated"])
        #expect(inspection.examined.isEmpty)
        #expect(inspection.columnChecks.allSatisfy { if case .notAssessed = $0.outcome { true } else { false } })
    }

    @Test("a table that fails is said so; the tables beside it are examined, and what was found stands")
    func tableFails() async {
        var builder = ColumnBuilder()
        let rows: [[String?]] = (0..<900).map { _ in [builder.idCard()] }
        let broken = MemoryTable("a_broken", [Column(name: "sfzh")], rows: rows, failure: (0, .failed("42501")))
        // Fails in the second pass, behind the sample.
        let half = MemoryTable("b_half", [Column(name: "sfzh")], rows: rows, failure: (800, .failed("57014")))
        let inspection = await inspect([("s", MemoryStore(tables: [broken, half, Self.clean]))], sampleRows: 500)
        #expect(inspection.unexamined.map(\.reason.key) == ["patient-data.table-failed", "patient-data.table-failed"])
        #expect(inspection.assets(PatientDataInspector.identityCheck) == ["s/b_half.sfzh"])
        #expect(inspection.persons == 800)
        #expect(inspection.examined.isEmpty)
    }

    @Test("after a lost connection the tables behind it aren't tried")
    func connectionLost() async {
        let lost = MemoryTable("a", [Column(name: "c1")], rows: [["x"]], failure: (0, .unreachable("reset")))
        let inspection = await inspect([("s", MemoryStore(tables: [lost, Self.clean]))])
        #expect(inspection.unexamined.count == 1)
        #expect(inspection.columnChecks.allSatisfy { $0.examined == 0 })
    }

    @Test("empty tables and stores are no finding")
    func empty() async {
        let table = MemoryTable("t", [Column(name: "sfzh"), Column(name: "xm")], rows: [])
        let inspection = await inspect([("s", MemoryStore(tables: [table])), ("bare", MemoryStore())])
        #expect(inspection.columnChecks.allSatisfy { $0.outcome == .passed && $0.examined == 2 })
        #expect(inspection.persons == 0)
    }

    @Test("a GB 18030 file that nobody declared is read, and its encoding is told")
    func undeclaredEncoding() async throws {
        var builder = ColumnBuilder()
        let lines = ["姓名,身份证号,科室"] + (0..<60).map { _ in "\(builder.name()),\(builder.idCard()),心内科" }
        // kCFStringEncodingGB_18030_2000
        let data = try #require(lines.joined(separator: "\n").data(using: String.Encoding(rawValue: 0x8000_0632)))
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-\(UUID().uuidString).csv")
        try data.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let estate = Estate(
            file: URL(fileURLWithPath: "/estate.yaml"), organisation: Organisation(name: "测试"),
            stores: [Store(name: "export", url: "file:\(file.path)")], history: URL(fileURLWithPath: "/estate.history.sqlite"))
        let inspection = await PatientDataInspector().inspect(estate, InspectionContext(now: Date(), logger: .init(label: "test")))
        #expect(inspection.unexamined.map(\.reason.key) == ["patient-data.encoding-assumed"])
        #expect(inspection.examined == ["export"])
        #expect(inspection.assets(PatientDataInspector.identityCheck).map { $0.hasSuffix(".身份证号") } == [true])
        #expect(inspection.assets(PatientDataInspector.contactCheck).map { $0.hasSuffix(".姓名") } == [true])
        #expect(inspection.persons == 60)
    }
}
