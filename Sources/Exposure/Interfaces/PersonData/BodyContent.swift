import Probes

/// What a body holds, sorted for detectors: the values of records by field, and text that has no fields.
///
/// - Important: holds values. It lives for as long as one detector looks at it.
package struct BodyContent: Sendable {
    /// A list of records, or one record; lists inside of records are tables of their own.
    package struct Table: Sendable {
        /// What the list is called: the member that holds it, or the URL's last word. Never shown: it is the peer's.
        package var name: String
        package var fields: [Field]
    }

    package struct Field: Sendable {
        package var name: String
        package var values: [[UInt8]]
    }

    package var tables: [Table]
    /// A text without fields: a page without its markup, a log.
    package var text: [UInt8]

    static let longestValue = 16 << 10
    static let longestText = 256 << 10

    /// - Parameter subject: the URL's last word.
    package init(_ bytes: [UInt8], _ reply: EndpointReply, subject: String) {
        (tables, text) = ([], [])
        let type = reply.contentType
        let start = bytes.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 && $0 < 0x80 }
        if type.contains("ndjson") || type.contains("jsonl") {
            var reader = BodyTables(subject)
            for line in bytes.split(separator: 0x0A).prefix(BodyTables.mostRecords) { JSON.read(Array(line)).map { reader.addRecord($0) } }
            tables = reader.tables
        } else if type.contains("csv") || type.contains("tab-separated") {
            tables = DelimitedContent.read(bytes, subject: subject)
        } else if start == UInt8(ascii: "{") || start == UInt8(ascii: "["), let json = JSON.read(bytes, truncated: reply.isTruncated) {
            var reader = BodyTables(subject)
            reader.add(json)
            tables = reader.tables
        } else if type.contains("image") || type.contains("octet-stream") || type.contains("zip") || type.contains("pdf") || type.contains("font") {
            return
        } else if start == UInt8(ascii: "<"), !type.contains("html"), let found = MarkupContent.tables(bytes, subject: subject) {
            tables = found
        } else {
            text = start == UInt8(ascii: "<") || type.contains("html") ? MarkupContent.text(bytes) : Array(bytes.prefix(Self.longestText))
        }
    }
}

/// A table of delimited text: the heading's names, and the cells below each.
enum DelimitedContent {
    static func read(_ bytes: [UInt8], subject: String) -> [BodyContent.Table] {
        let lines = bytes.split { $0 == 0x0A || $0 == 0x0D }.prefix(BodyTables.mostRecords + 1)
        guard let heading = lines.first else { return [] }
        let separators: [UInt8] = [UInt8(ascii: ","), 0x09, UInt8(ascii: ";"), UInt8(ascii: "|")]
        func count(_ separator: UInt8) -> Int { heading.reduce(0) { $0 + ($1 == separator ? 1 : 0) } }
        guard let separator = separators.max(by: { count($0) < count($1) }) else { return [] }
        var fields = cells(heading, separator).prefix(BodyTables.mostFields).map {
            BodyContent.Field(name: String(decoding: $0, as: UTF8.self), values: [])
        }
        for line in lines.dropFirst() {
            for (index, cell) in cells(line, separator).enumerated() where index < fields.count && !cell.isEmpty { fields[index].values.append(cell) }
        }
        return [BodyContent.Table(name: subject, fields: fields)]
    }

    /// The cells of one line (RFC 4180); one that goes over several lines is read as several.
    private static func cells(_ line: ArraySlice<UInt8>, _ separator: UInt8) -> [[UInt8]] {
        var cells: [[UInt8]] = []
        var cell: [UInt8] = []
        var isQuoted = false
        for byte in line {
            if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == separator, !isQuoted {
                cells.append(cell)
                cell = []
            } else if cell.count < BodyContent.longestValue {
                cell.append(byte)
            }
        }
        return cells + [cell]
    }
}
