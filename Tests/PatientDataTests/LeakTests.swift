import Datastores
import Estate
import Findings
import Foundation
import PatientData
import ReferenceData
import Samples
import Testing

@Suite("What leaves the inspector")
struct LeakTests {
    /// The sample generator's patients: made from lists that the validators don't share.
    private static func sample(_ count: Int) throws -> MemoryTable {
        let today = try #require(CivilDate(year: 2026, month: 11, day: 24))
        let patients = SamplePatients(rows: count, seed: 3, referenceDate: today)
        var rows: [[String?]] = []
        try patients.generate { batch in
            for row in 0..<batch.rowCount {
                rows.append(
                    batch.columns.map { column in
                        column.isNull[row]
                            ? nil : String(decoding: column.bytes[column.offsets[row]..<column.offsets[row + 1]], as: UTF8.self)
                    })
            }
        }
        return MemoryTable("patients", patients.table.columns, rows: rows)
    }

    @Test("synthetic patients are recognised column by column, whatever the columns are called", arguments: [true, false])
    func samples(named: Bool) async throws {
        var table = try Self.sample(3_000)
        if !named {
            table.table.columns = table.table.columns.enumerated().map { Column(name: "c\($0.offset)", type: $0.element.type) }
        }
        let inspection = await inspect([("s", MemoryStore(tables: [table]))])
        let rows = inspection.exhibits.first { $0.id == "patient-data.columns" }?.rows ?? []
        let kinds = rows.compactMap { row -> String? in if case .term(let term) = row[3] { term } else { nil } }
        // 男 and 女 beside persons need no name.
        let expected = ["name", "sex", "idCard", "mobile", "birthDate", "address", "email", "bankCard", "diagnosis", "prescription"].map {
            "kind.\($0)"
        }
        #expect(kinds == (named ? ["kind.medicalRecordNumber"] : []) + expected)
        for row in rows { if case .share(let share) = row[4] { #expect(share > 0.9, "\(row)") } }
        #expect(inspection.persons == 3_000)
    }

    @Test("no message, finding or exhibit holds a readable value")
    func noLeak() async throws {
        let table = try Self.sample(500)
        let inspection = await inspect([("s", MemoryStore(tables: [table]))], environments: ["s": .research])
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let output = try encoder.encode(inspection)
        #expect(output.range(of: Data("patient-data.samples".utf8)) != nil)
        // Everything but the sex, which is one character, and dates of visits, which are nobody's by themselves.
        let personal = table.table.columns.indices.filter { !["sex", "visit_date", "patient_no"].contains(table.table.columns[$0].name) }
        for index in personal {
            let found = Set(table.rows.compactMap { $0[index] }).first { output.range(of: Data($0.utf8)) != nil }
            #expect(found == nil, "\(table.table.columns[index].name)")
        }
    }

    @Test("a first record that was taken for the header isn't told as names of columns")
    func headerless() async throws {
        var builder = ColumnBuilder()
        let header = [builder.name(), builder.idCard(), builder.mobile()]
        let table = MemoryTable(
            "export", header.map { Column(name: $0) }, rows: (0..<100).map { _ in [builder.name(), builder.idCard(), builder.mobile()] })
        let inspection = await inspect([("s", MemoryStore(tables: [table]))])
        #expect(inspection.assets(PatientDataInspector.identityCheck) == ["s/export.#2"])
        let text = String(decoding: try JSONEncoder().encode(inspection), as: UTF8.self)
        for value in header { #expect(!text.contains(value)) }
    }
}
