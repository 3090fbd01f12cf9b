/// Comma-separated values (RFC 4180) that Excel opens as UTF-8 and never runs.
enum CSVFile {
    static func bytes(_ sheet: Spreadsheet) -> [UInt8] {
        var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
        append(sheet.headings.map { .text($0) }, to: &bytes)
        for row in sheet.rows { append(row, to: &bytes) }
        return bytes
    }

    private static func append(_ row: [Spreadsheet.Cell], to bytes: inout [UInt8]) {
        for (index, cell) in row.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch cell {
            case .empty: break
            case .text(let text): bytes += quoted(harmless(text)).utf8
            case .number(let number): bytes += String(number).utf8
            case .share(_, let text): bytes += quoted(harmless(text)).utf8
            }
        }
        bytes += [0x0D, 0x0A]
    }

    /// A cell that begins like a formula is one to Excel and WPS, whoever wrote it into a comment of the database: an apostrophe makes it text
    /// (OWASP, CSV injection). Spaces, full-width signs and controls before it don't stop a spreadsheet, so they don't stop this.
    private static func harmless(_ text: String) -> String {
        let first = text.unicodeScalars.first { !$0.properties.isWhitespace && $0.value >= 0x20 && $0.value != 0xFEFF }
        let isControl = text.unicodeScalars.first.map { $0.value < 0x20 } ?? false
        guard let first, isControl || "=+-@＝＋－＠".unicodeScalars.contains(first) else { return text }
        return "'" + text
    }

    private static func quoted(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
