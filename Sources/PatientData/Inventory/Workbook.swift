/// A workbook of Office Open XML (ECMA-376, part 1, SpreadsheetML): sheets with a frozen heading and a filter. Text is text: no cell is a formula.
enum Workbook {
    /// Rows of one sheet, heading included (the specification's limits are Excel's).
    private static let maximalRows = 1_048_576
    private static let maximalText = 32_767

    static func bytes(_ sheets: [Spreadsheet]) throws(SpreadsheetError) -> [UInt8] {
        var zip = ZipFile()
        try zip.add("[Content_Types].xml", contentTypes(sheets.count))
        try zip.add("_rels/.rels", relations)
        try zip.add("xl/workbook.xml", workbook(titles(sheets)))
        try zip.add("xl/_rels/workbook.xml.rels", workbookRelations(sheets.count))
        try zip.add("xl/styles.xml", styles)
        for (index, sheet) in sheets.enumerated() {
            guard sheet.rows.count < maximalRows else { throw SpreadsheetError(reason: "a sheet holds no more than \(maximalRows) rows; write .csv") }
            try zip.add("xl/worksheets/sheet\(index + 1).xml", worksheet(sheet, isFirst: index == 0))
        }
        return try zip.finished()
    }

    // MARK: Sheets

    private static func worksheet(_ sheet: Spreadsheet, isFirst: Bool) -> String {
        let last = "\(column(max(sheet.headings.count, 1) - 1))\(sheet.rows.count + 1)"
        var xml = header + "<worksheet xmlns=\"\(main)\"><dimension ref=\"A1:\(last)\"/><sheetViews><sheetView workbookViewId=\"0\""
        xml += isFirst ? " tabSelected=\"1\">" : ">"
        xml += "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>"
        for (index, width) in widths(sheet).enumerated() {
            xml += "<col min=\"\(index + 1)\" max=\"\(index + 1)\" width=\"\(width)\" customWidth=\"1\"/>"
        }
        xml += "</cols><sheetData>"
        append(sheet.headings.map { .text($0) }, number: 1, textStyle: Style.heading, to: &xml)
        for (index, row) in sheet.rows.enumerated() { append(row, number: index + 2, textStyle: Style.text, to: &xml) }
        return xml + "</sheetData><autoFilter ref=\"A1:\(last)\"/></worksheet>"
    }

    private static func append(_ row: [Spreadsheet.Cell], number: Int, textStyle: Int, to xml: inout String) {
        xml += "<row r=\"\(number)\">"
        for (index, cell) in row.enumerated() {
            let place = "\(column(index))\(number)"
            switch cell {
            case .empty: continue
            case .number(let number): xml += "<c r=\"\(place)\" s=\"\(Style.count)\"><v>\(number)</v></c>"
            case .share(let share, _): xml += "<c r=\"\(place)\" s=\"\(Style.share)\"><v>\(share.isFinite ? share : 0)</v></c>"
            case .text(let text):
                xml += "<c r=\"\(place)\" t=\"inlineStr\" s=\"\(textStyle)\"><is><t xml:space=\"preserve\">\(escaped(text))</t></is></c>"
            }
        }
        xml += "</row>"
    }

    /// In characters of the standard font; a Han character takes two. The longest of the heading and the first thousand values, within reason.
    private static func widths(_ sheet: Spreadsheet) -> [Int] {
        sheet.headings.indices.map { index in
            var longest = width(sheet.headings[index])
            for row in sheet.rows.prefix(1_000) where index < row.count {
                if case .text(let text) = row[index] { longest = max(longest, width(text)) }
            }
            return min(max(longest + 2, 8), 60)
        }
    }

    private static func width(_ text: String) -> Int { text.unicodeScalars.prefix(60).reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) } }

    /// 0 → A, 26 → AA.
    private static func column(_ index: Int) -> String {
        var (name, rest) = ("", index)
        repeat {
            name = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(rest % 26))) + name
            rest = rest / 26 - 1
        } while rest >= 0
        return name
    }

    /// Unlike each other, of 31 characters at most, without `[]:*?/\`.
    private static func titles(_ sheets: [Spreadsheet]) -> [String] {
        var used: Set<String> = []
        return sheets.enumerated().map { index, sheet in
            var title = String(sheet.title.filter { !"[]:*?/\\'".contains($0) }.prefix(28))
            if title.isEmpty || !used.insert(title.lowercased()).inserted { title += " \(index + 1)" }
            return title
        }
    }

    // MARK: Text

    /// Characters that XML 1.0 can't hold go; `_x0041_`, which Excel would read as a character, stays what it is.
    private static func escaped(_ text: String) -> String {
        var result = ""
        let scalars = Array(text.unicodeScalars.prefix(maximalText))
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "_" where isEscape(scalars[index...].prefix(7)): result += "_x005F_"
            case "\t", "\n": result.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func isEscape(_ scalars: ArraySlice<UnicodeScalar>) -> Bool {
        let scalars = Array(scalars)
        guard scalars.count == 7, scalars[1] == "x" || scalars[1] == "X", scalars[6] == "_" else { return false }
        return scalars[2..<6].allSatisfy { $0.properties.isASCIIHexDigit }
    }

    // MARK: Parts that are always the same

    private enum Style {
        static let heading = 1
        static let count = 2
        static let share = 3
        static let text = 4
    }

    private static let header = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let officeRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let packageRelations = "http://schemas.openxmlformats.org/package/2006/relationships"
    private static let partType = "application/vnd.openxmlformats-officedocument.spreadsheetml"

    private static func contentTypes(_ count: Int) -> String {
        let sheets = (1...max(count, 1)).map { "<Override PartName=\"/xl/worksheets/sheet\($0).xml\" ContentType=\"\(partType).worksheet+xml\"/>" }
        return header + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"\(partType).sheet.main+xml\"/>"
            + "<Override PartName=\"/xl/styles.xml\" ContentType=\"\(partType).styles+xml\"/>" + sheets.joined() + "</Types>"
    }

    private static let relations =
        header + "<Relationships xmlns=\"\(packageRelations)\"><Relationship Id=\"rId1\" Type=\"\(officeRelations)/officeDocument\" "
        + "Target=\"xl/workbook.xml\"/></Relationships>"

    private static func workbook(_ titles: [String]) -> String {
        let sheets = titles.enumerated().map { "<sheet name=\"\(escaped($1))\" sheetId=\"\($0 + 1)\" r:id=\"rId\($0 + 1)\"/>" }
        return header + "<workbook xmlns=\"\(main)\" xmlns:r=\"\(officeRelations)\"><sheets>" + sheets.joined() + "</sheets></workbook>"
    }

    private static func workbookRelations(_ count: Int) -> String {
        let sheets = (1...max(count, 1)).map {
            "<Relationship Id=\"rId\($0)\" Type=\"\(officeRelations)/worksheet\" Target=\"worksheets/sheet\($0).xml\"/>"
        }
        return header + "<Relationships xmlns=\"\(packageRelations)\">" + sheets.joined()
            + "<Relationship Id=\"rId\(count + 1)\" Type=\"\(officeRelations)/styles\" Target=\"styles.xml\"/></Relationships>"
    }

    /// 0 plain, 1 heading (bold on grey), 2 with digit grouping (3: `#,##0`), 3 percent, 4 text (49: `@`, so that editing keeps it text).
    private static let styles =
        header + "<styleSheet xmlns=\"\(main)\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"0.0%\"/></numFmts>"
        + "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
        + "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>"
        + "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE7E6E6\"/></patternFill></fill></fills>"
        + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"5\">"
        + [(0, 0, 0), (49, 1, 2), (3, 0, 0), (164, 0, 0), (49, 0, 0)].map { format, font, fill in
            "<xf numFmtId=\"\(format)\" fontId=\"\(font)\" fillId=\"\(fill)\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
        }.joined() + "</cellXfs></styleSheet>"
}
