import Datastores
import Estate
import Findings
import Foundation
import Logging
import Network
import PatientData
import Regulations
import Testing

@Suite("The data-asset inventory")
struct InventoryTests {
    private static let now = Date(timeIntervalSince1970: 1_795_500_000)

    private static func words(_ language: Language) throws -> InventoryWords {
        let wording = try Catalogue.load().wording
        return InventoryWords(heading: { wording.columnTitle($0, language) }, fact: { wording.render($0, language) })
    }

    private static func table() -> MemoryTable {
        var builder = ColumnBuilder()
        var table = MemoryTable(
            "patients",
            [
                Column(name: "id", type: "bigint"), Column(name: "xm", type: "varchar(20)", comment: "姓名，问张工13812345678"),
                Column(name: "sfzh", type: "varchar(18)", comment: "=HYPERLINK(\"http://x\",\"a\")"),
                Column(name: "zd", type: "text", comment: "诊断, \"主\"\n诊断 _x0041_ <b>&"),
            ],
            rows: (0..<80).map { ["\($0)", builder.name(), builder.idCard(), builder.diagnosis()] })
        table.table.comment = "病人"
        return table
    }

    private func inventory(_ tables: [MemoryTable], reading: Grading.Reading = .gbt45574) async throws -> DataInventory {
        let opener = MemoryOpener(stores: ["诊所库": MemoryStore(tables: tables)])
        let context = InspectionContext(now: Self.now, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        var options = DiscoveryOptions()
        options.reading = reading
        let result = try await PatientDataDiscovery(options, opener: opener).run(
            [Store(name: "诊所库", url: "file:/x.csv", environment: .research)], scope: Scope(), context)
        return result.inventory(organisation: "示例诊所", date: Self.now, version: "1.0", reading: reading)
    }

    private func withFile<R>(_ suffix: String, _ body: (String) async throws -> R) async throws -> R {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.appendingPathComponent("inventory.\(suffix)").path)
    }

    @Test("every column is listed with its grade, every table and store with the highest; no value is in it")
    func content() async throws {
        let table = Self.table()
        let inventory = try await inventory([table])
        #expect(inventory.columns.map(\.kind) == [.none, .name, .idCard, .diagnosis])
        #expect(inventory.columns.map(\.level) == [nil, 4, 4, 4] && inventory.columns.map(\.sensitive) == [false, false, true, true])
        #expect(inventory.columns.map(\.protection) == ["plaintext", "plaintext", "plaintext", "plaintext"])
        #expect(inventory.columns[2].distinct == 80 && inventory.columns[2].rows == 80)
        #expect(inventory.tables.map(\.level) == [4] && inventory.tables[0].categories == [.personalAttribute, .medicalApplication])
        #expect(inventory.stores[0].gradedColumns == 3 && inventory.stores[0].persons == 80 && inventory.stores[0].dataClass == .sensitivePersonal)
        #expect(inventory.persons == 80 && inventory.basis == "idCard")
        let text = String(decoding: try JSONEncoder().encode(inventory), as: UTF8.self)
        for value in table.rows.flatMap({ [$0[1], $0[2], $0[3]] }).compactMap({ $0 }) where value.count > 1 { #expect(!text.contains(value)) }
        #expect(!text.contains("13812345678"))
    }

    @Test("the CSV opens as UTF-8, holds a line per column, and no cell of it is a formula")
    func csv() async throws {
        let inventory = try await inventory([Self.table()])
        try await withFile("csv") { path in
            try inventory.write(to: path, words: try Self.words(.zh))
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]) && bytes.suffix(2) == Data([0x0D, 0x0A]))
            let rows = try await withDatastore(try StoreLocation("file:\(path)"), scope: Scope()) { store -> [[String?]] in
                let table = try #require(try store.tables().first)
                // Whether the first line is a header is the reader's guess; here it is one line like the others.
                let names = table.columns.map(\.name)
                var rows: [[String?]] = names.first == "column_1" ? [] : [names]
                try store.scan(table, columns: table.columns.map(\.name), limit: nil) { batch in
                    for row in 0..<batch.rowCount {
                        rows.append(
                            batch.columns.map { column in
                                column.isNull[row]
                                    ? nil : String(decoding: column.bytes[column.offsets[row]..<column.offsets[row + 1]], as: UTF8.self)
                            })
                    }
                    return true
                }
                return rows
            }
            #expect(rows.count == 5 && rows[0].prefix(3) == ["数据存储", "环境", "表"] && rows[0].suffix(3).allSatisfy { $0?.contains("填写") == true })
            #expect(rows[3].prefix(5) == ["诊所库", "科研环境", "patients", "病人", "sfzh"])
            #expect(rows[3][5] == "'=HYPERLINK(\"http://x\",\"a\")")
            #expect(rows[3][7...9] == ["身份证件号码", "个人属性数据", "4"])
            #expect(rows[4][5] == "诊断, \"主\"\n诊断 _x0041_ <b>&")
            #expect(rows[2][5] == "姓名，问张工***")
        }
    }

    @Test(
        "comments that begin like formulas are made harmless however they begin",
        arguments: [
            ("=1+1", true), ("+1", true), ("-1", true), ("@SUM(1)", true), ("\t=1", true), (" =1", true), ("＝1", true), ("\u{FEFF}=1", true),
            ("a=1", false),
            ("说明-1", false),
        ])
    func formulas(comment: String, isHarmful: Bool) async throws {
        let table = MemoryTable("t", [Column(name: "c", comment: comment)], rows: [["x"]])
        let inventory = try await inventory([table])
        try await withFile("csv") { path in
            try inventory.write(to: path, words: try Self.words(.en))
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(text.contains("'\(comment)") == isHarmful)
        }
    }

    @Test("the workbook is read by openpyxl as it was written: sheets, headings, texts, numbers, no formula")
    func workbook() async throws {
        let inventory = try await inventory([Self.table()])
        try await withFile("xlsx") { path in
            try inventory.write(to: path, words: try Self.words(.zh))
            let script = """
                import json, sys, openpyxl
                book = openpyxl.load_workbook(sys.argv[1])
                cells = {s.title: [[(c.value, c.data_type, c.number_format) for c in r] for r in s.iter_rows()] for s in book}
                print(json.dumps({"titles": book.sheetnames, "frozen": [s.freeze_panes for s in book], "filter": book.worksheets[0].auto_filter.ref,
                  "values": {t: [[c[0] for c in r] for r in rows] for t, rows in cells.items()},
                  "types": sorted({c[1] for rows in cells.values() for r in rows for c in r}),
                  "formats": [c[2] for c in cells[book.sheetnames[0]][2]]}))
                """
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
            process.arguments = ["-c", script, path]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let data = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "is python3-openpyxl installed? see scripts/setup")
            let book = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            #expect(book["titles"] as? [String] == ["数据资产清单", "按表汇总", "按存储汇总", "说明"])
            #expect(book["frozen"] as? [String] == ["A2", "A2", "A2", "A2"] && book["filter"] as? String == "A1:T5")
            #expect(book["types"] as? [String] == ["n", "s"])
            let values = try #require(book["values"] as? [String: [[Any]]])
            let columns = try #require(values["数据资产清单"])
            #expect(columns.count == 5 && columns[0].first as? String == "数据存储")
            #expect(columns[3][5] as? String == "=HYPERLINK(\"http://x\",\"a\")")
            #expect(columns[3][9] as? Int == 4 && columns[3][14] as? Int == 80 && columns[3][16] as? Double == 1)
            // openpyxl decodes _x005F_ as Excel does.
            #expect(columns[4][5] as? String == "诊断, \"主\"\n诊断 _x0041_ <b>&" || (columns[4][5] as? String)?.contains("_x005F_x0041_") == true)
            #expect((book["formats"] as? [String])?[16] == "0.0%")
            #expect(values["按存储汇总"]?[1][2] as? String == "Memory")
            #expect(values["说明"]?[1][1] as? String == "示例诊所")
        }
    }

    @Test("the same inventory gives the same bytes; the file is its owner's alone, and a link in its place is not followed")
    func file() async throws {
        let inventory = try await inventory([Self.table()])
        let words = try Self.words(.zh)
        try await withFile("xlsx") { path in
            let target = path + ".target"
            try Data("kept".utf8).write(to: URL(fileURLWithPath: target))
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
            try inventory.write(to: path, words: words)
            let first = try Data(contentsOf: URL(fileURLWithPath: path))
            try inventory.write(to: path, words: words)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == first)
            #expect(try String(contentsOfFile: target, encoding: .utf8) == "kept")
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: (path as NSString).deletingLastPathComponent).count == 2)
        }
    }

    @Test("another suffix and a folder that isn't there are errors that say what to do", arguments: ["docx", ""])
    func errors(suffix: String) async throws {
        let inventory = try await inventory([])
        let words = try Self.words(.zh)
        let error = #expect(throws: DataInventory.WriteError.self) { try inventory.write(to: "/tmp/inventory." + suffix, words: words) }
        #expect(error?.reason.contains(".xlsx") == true)
        #expect(throws: DataInventory.WriteError.self) { try inventory.write(to: "/nowhere/inventory.csv", words: words) }
    }

    @Test("the reading of identity numbers is the one that was asked for")
    func readings() async throws {
        var builder = ColumnBuilder()
        let table = MemoryTable("t", [Column(name: "sfzh")], rows: (0..<40).map { _ in [builder.idCard()] })
        #expect(try await inventory([table]).columns[0].sensitive == false)
        #expect(try await inventory([table], reading: .gbt35273).columns[0].sensitive == true)
    }

    @Test("all words of the inventory stand in the catalogue, in both languages")
    func wording() async throws {
        let wording = try Catalogue.load().wording
        let terms =
            DataCategory.allCases.map(\.term) + DataClass.allCases.map(\.term) + Grading.Reading.allCases.map(\.term)
            + Grade.Reason.allCases.map(\.term) + AccessPrivilege.allCases.map(\.term) + AccessRights.Gap.allCases.map(\.term)
        for term in terms { #expect(wording.missingKeys(.term(term)) == []) }
        let inventory = try await inventory([Self.table()])
        try await withFile("csv") { path in
            try inventory.write(to: path, words: try Self.words(.en))
            let heading = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\r\n")[0]
            #expect(heading.contains("Store,Environment,Table,Table comment,Column"))
        }
    }
}
