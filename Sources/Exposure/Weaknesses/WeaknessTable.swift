import Findings

/// Reads the user's own table: `product,introduced,fixed,id,severity[,summary]`, in any order, named by its first row (RFC 4180).
///
/// One row is one stretch of versions: from `introduced` (empty or 0: from the beginning) to below `fixed` (empty: no fix is known).
struct WeaknessTable {
    private static let required = ["product", "introduced", "fixed", "id", "severity"]
    private static let known = required + ["summary"]

    static func read(_ bytes: [UInt8], file: String, into index: inout WeaknessIndex) throws(WeaknessListError) {
        var rows = DelimitedRows(bytes)
        guard let header = try rows.next(file) else {
            throw WeaknessListError(file, "is empty; its first row names \(known.joined(separator: ", "))")
        }
        let names = header.fields.map { $0.lowercased() }
        for name in names where !known.contains(name) {
            throw WeaknessListError(file, line: 1, "'\(name.prefix(30))' is no column; there are \(known.joined(separator: ", "))")
        }
        for name in required where !names.contains(name) { throw WeaknessListError(file, line: 1, "the column '\(name)' is missing") }
        guard Set(names).count == names.count else { throw WeaknessListError(file, line: 1, "a column stands twice") }
        while let row = try rows.next(file) {
            guard row.fields.count == names.count else {
                throw WeaknessListError(file, line: row.line, "has \(row.fields.count) fields instead of \(names.count)")
            }
            let values = Dictionary(uniqueKeysWithValues: zip(names, row.fields))
            index.tally.records += 1
            guard index.tally.records <= WeaknessLimits.records else {
                throw WeaknessListError(file, line: row.line, "is more than \(WeaknessLimits.records) records; split the list")
            }
            let (product, weakness) = try Self.weakness(values, file, row.line)
            index.add(weakness, product: product)
        }
    }

    private static func weakness(_ values: [String: String], _ file: String, _ line: Int) throws(WeaknessListError) -> (String, Weakness) {
        func bound(_ column: String) throws(WeaknessListError) -> VersionSpan.Bound? {
            guard let text = values[column], !text.isEmpty, text != "0" else { return nil }
            guard let bound = VersionSpan.Bound(text) else {
                throw WeaknessListError(
                    file, line: line, "\(column): '\(text.prefix(40))' can't be compared; write the maker's version, such as 9.2p1 or 8.0.36")
            }
            return bound
        }
        func text(_ column: String) throws(WeaknessListError) -> String {
            guard let text = values[column], !text.isEmpty else { throw WeaknessListError(file, line: line, "\(column): is empty") }
            return text
        }
        let product = ProductNames.product(row: try text("product"))
        let word = try text("severity")
        guard let severity = Severity(word: word) ?? Double(word).flatMap(BaseScore.severity) else {
            throw WeaknessListError(
                file, line: line, "severity: '\(word.prefix(20))' isn't known; write low, medium, high or critical, or a CVSS score from 0 to 10")
        }
        let introduced = try bound("introduced")
        let fixed = try bound("fixed")
        if let introduced, let fixed, fixed.version <= introduced.version {
            throw WeaknessListError(file, line: line, "fixed: '\(fixed.text)' doesn't come after '\(introduced.text)', where it was introduced")
        }
        let span = VersionSpan(introduced: introduced, end: fixed.map(VersionSpan.End.fixed) ?? .open)
        return (
            product,
            Weakness(id: try text("id"), severity: severity, summary: values["summary"] ?? "", spans: [span], versions: [], isPartlyUnclear: false)
        )
    }
}

/// The rows of a comma-separated table (RFC 4180), each with the line that it begins on; empty lines are passed over.
struct DelimitedRows {
    private let bytes: [UInt8]
    private var index = 0
    private var line = 1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    }

    mutating func next(_ file: String) throws(WeaknessListError) -> (line: Int, fields: [String])? {
        while index < bytes.count, bytes[index] == UInt8(ascii: "\n") || bytes[index] == UInt8(ascii: "\r") { endLine() }
        guard index < bytes.count else { return nil }
        let start = line
        var fields: [String] = []
        while true {
            fields.append(try field(file))
            guard index < bytes.count, bytes[index] == UInt8(ascii: ",") else { break }
            index += 1
        }
        if index < bytes.count { endLine() }
        return (start, fields)
    }

    private mutating func endLine() {
        if bytes[index] == UInt8(ascii: "\n") { line += 1 }
        index += 1
    }

    private mutating func field(_ file: String) throws(WeaknessListError) -> String {
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
            let end = bytes[index...].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? bytes.count
            defer { index = end }
            return Self.trimmed(bytes[index..<end])
        }
        let start = line
        var text: [UInt8] = []
        index += 1
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\"") {
                guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
                    guard index == bytes.count || [UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains(bytes[index]) else {
                        throw WeaknessListError(file, line: line, "text stands behind a closing quotation mark")
                    }
                    return Self.trimmed(text[...])
                }
                index += 1
            } else if byte == UInt8(ascii: "\n") {
                line += 1
            }
            text.append(byte)
        }
        throw WeaknessListError(file, line: start, "a quotation mark isn't closed")
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        let start = bytes.firstIndex { !isSpace($0) } ?? bytes.endIndex
        let end = bytes[start...].lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}
