import Datastores
import Estate
import Findings
import Foundation
import PatientData
import Testing

@Suite("The patient data inspector")
struct InspectorTests {
    private static let columns = [
        Column(name: "id", type: "bigint", isPrimaryKey: true), Column(name: "xm", type: "varchar(20)"),
        Column(name: "sfzh", type: "varchar(18)"),
        Column(name: "sjh", type: "varchar(11)"), Column(name: "zdmc", type: "varchar(100)", comment: "诊断名称"),
        Column(name: "created_at", type: "timestamp"),
    ]

    private static func patients(_ count: Int, seed: UInt64 = 1, name: String = "patients") -> MemoryTable {
        var builder = ColumnBuilder(seed: seed)
        var rows: [[String?]] = []
        for index in 0..<count {
            rows.append(["\(index)", builder.name(), builder.idCard(), builder.mobile(), builder.diagnosis(), "2026-01-02 03:04:05"])
        }
        return MemoryTable(name, columns, rows: rows)
    }

    private static func covered(_ count: Int) -> MemoryTable {
        var builder = ColumnBuilder(seed: 9)
        let rows: [[String?]] = (0..<count).map { index in
            [
                "\(index)", String(builder.name().prefix(1)) + "**", builder.base64(bytes: 46), builder.hex(64), builder.base64(bytes: 40),
                "2026-01-02 03:04:05",
            ]
        }
        return MemoryTable("patients", columns, rows: rows)
    }

    @Test("clear columns fail the checks that they concern, one finding each")
    func clear() async throws {
        let inspection = await inspect([("clinic", MemoryStore(tables: [Self.patients(500)]))])
        #expect(inspection.assets(PatientDataInspector.identityCheck) == ["clinic/patients.sfzh"])
        #expect(inspection.assets(PatientDataInspector.contactCheck) == ["clinic/patients.sjh", "clinic/patients.xm"])
        #expect(inspection.assets(PatientDataInspector.healthCheck) == ["clinic/patients.zdmc"])
        // In production too: who, and how ill, in one table.
        #expect(
            inspection.assets(PatientDataInspector.deidentificationCheck) == [
                "clinic/patients.sfzh", "clinic/patients.sjh", "clinic/patients.xm",
            ])
        #expect(inspection.persons == 500)
        #expect(inspection.examined == ["clinic"] && inspection.unexamined.isEmpty)
        let finding = try #require(inspection.check(PatientDataInspector.identityCheck)?.findings.first)
        #expect(finding.subject == "clinic")
        #expect(finding.facts["kind"] == .term("kind.idCard") && finding.facts["state"] == .term("state.plaintext"))
        #expect(finding.facts["grade"] == .count(4) && finding.facts["rows"] == .count(500) && finding.facts["share"] == .share(1))
        #expect(finding.evidence.contains { $0.key == "patient-data.samples" })
    }

    @Test("protected columns pass every check, and still count their persons")
    func protected() async {
        let inspection = await inspect([("clinic", MemoryStore(tables: [Self.covered(400)]))])
        for check in inspection.columnChecks { #expect(check.outcome == .passed && check.examined == 6, "\(check)") }
        #expect(inspection.persons == 400)
        let states = inspection.exhibits.first { $0.id == "patient-data.columns" }?.rows.map { $0[5] }
        #expect(states == [.term("state.masked"), .term("state.encrypted"), .term("state.hashed"), .term("state.encrypted")])
    }

    @Test("a copy for tests, analysis or research must hold no direct identifier; a backup is judged like what it copies")
    func environments() async {
        var builder = ColumnBuilder()
        let rows: [[String?]] = (0..<100).map { _ in [builder.name(), builder.mobile()] }
        let table = MemoryTable("contacts", [Column(name: "name"), Column(name: "mobile")], rows: rows)
        for environment in Store.Environment.allCases {
            let inspection = await inspect([("s", MemoryStore(tables: [table]))], environments: ["s": environment])
            let expected =
                [Store.Environment.test, .analytics, .research].contains(environment) ? ["s/contacts.mobile", "s/contacts.name"] : []
            #expect(inspection.assets(PatientDataInspector.deidentificationCheck) == expected, "\(environment)")
            #expect(inspection.assets(PatientDataInspector.contactCheck).count == 2)
        }
    }

    @Test("health data are a gap beside whoever they are about, and not in a catalogue")
    func health() async {
        var builder = ColumnBuilder()
        let catalogue = MemoryTable("drugs", [Column(name: "drug_name")], rows: (0..<50).map { _ in [builder.drug()] })
        let pseudonymous = MemoryTable(
            "visits", [Column(name: "patient_id"), Column(name: "diagnosis")], rows: (0..<50).map { ["P\($0)", builder.diagnosis()] })
        let hidden = MemoryTable(
            "cases", [Column(name: "id_card"), Column(name: "diagnosis")],
            rows: (0..<50).map { _ in [builder.hex(64), builder.diagnosis()] })
        let store = MemoryStore(tables: [catalogue, pseudonymous, hidden])
        let production = await inspect([("s", store)])
        #expect(production.assets(PatientDataInspector.healthCheck) == ["s/cases.diagnosis", "s/visits.diagnosis"])
        let research = await inspect([("s", store)], environments: ["s": .research])
        #expect(research.assets(PatientDataInspector.healthCheck) == ["s/cases.diagnosis"])
        #expect(research.assets(PatientDataInspector.deidentificationCheck).isEmpty)
    }

    @Test("grades follow GB/T 39725: special illnesses 5, identified 4, masked 3")
    func grades() async {
        var table = Self.patients(300)
        for index in stride(from: 0, to: 300, by: 50) { table.rows[index][4] = "梅毒" }
        let inspection = await inspect([("s", MemoryStore(tables: [table]))])
        let rows = inspection.exhibits.first { $0.id == "patient-data.columns" }?.rows ?? []
        #expect(rows.map { $0[6] } == [.count(4), .count(4), .count(4), .count(5)])
        let masked = await inspect([("s", MemoryStore(tables: [Self.covered(300)]))])
        #expect(masked.exhibits.first { $0.id == "patient-data.columns" }?.rows.first?[6] == .count(3))
    }

    @Test("a person counts once across tables and stores, in either form of the number")
    func persons() async {
        let first = Self.patients(400, seed: 5)
        let again = Self.patients(300, seed: 5, name: "copy")
        let others = Self.patients(50, seed: 6)
        let former = MemoryTable(
            "old", [Column(name: "sfz")],
            rows: [["110105491231002"], ["11010519491231002X"], ["110105 19491231 002x"], ["１１０１０５１９４９１２３１００２Ｘ"]])
        let inspection = await inspect([("a", MemoryStore(tables: [first, again])), ("b", MemoryStore(tables: [others, former, again]))])
        #expect(inspection.persons == 451)
        let rows = inspection.exhibits.first { $0.id == "patient-data.persons" }?.rows ?? []
        #expect(rows.map { $0[1] } == [.count(400), .count(351), .count(451)])
        #expect(rows.allSatisfy { $0[4] == .term("basis.idCard") })
    }

    @Test("all rows count, beyond the sample")
    func fullCount() async {
        let inspection = await inspect([("s", MemoryStore(tables: [Self.patients(5_000)]))], sampleRows: 1_000)
        #expect(inspection.persons == 5_000)
        #expect(inspection.check(PatientDataInspector.identityCheck)?.findings.first?.facts["rows"] == .count(5_000))
    }

    @Test("people under 14 and under 18 are counted where births are known")
    func minors() async {
        // On 2026-11-24: 13 years and 364 days, 14, 17, 18 years.
        let births = ["2012-11-25", "2012-11-24", "2008-11-25", "2008-11-24", "1980-01-01"]
        let rows: [[String?]] = births.enumerated().map { ["1380013800\($0.offset)", $0.element] }
        let inspection = await inspect([
            ("s", MemoryStore(tables: [MemoryTable("t", [Column(name: "mobile"), Column(name: "birth_date")], rows: rows)]))
        ])
        let row = inspection.exhibits.first { $0.id == "patient-data.persons" }?.rows.first
        #expect(row == [.text("s"), .count(5), .count(1), .count(3), .term("basis.mobile")])
    }

    @Test("ciphertexts that never repeat don't multiply persons when a record number tells them apart")
    func visits() async {
        var builder = ColumnBuilder()
        let rows: [[String?]] = (0..<600).map { ["P\($0 % 100)", builder.base64(bytes: 46)] }
        let table = MemoryTable("visits", [Column(name: "patient_no"), Column(name: "id_card")], rows: rows)
        #expect(await inspect([("s", MemoryStore(tables: [table]))]).persons == 100)
    }

    @Test("without stores nothing is assessed")
    func none() async {
        let inspection = await inspect([])
        #expect(inspection.checks.map(\.check) == PatientDataInspector.checks)
        #expect(inspection.checks.allSatisfy { $0.outcome == .notAssessed(Message("patient-data.none-declared")) })
        #expect(inspection.persons == nil)
    }
}
