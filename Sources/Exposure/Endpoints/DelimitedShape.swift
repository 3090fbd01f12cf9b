/// A table of delimited text (RFC 4180, or with tabs or semicolons): a heading and records of as many cells.
enum DelimitedShape {
    static func read(_ bytes: [UInt8], truncated: Bool) -> BodyShape {
        var lines = bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
        if truncated, lines.count > 1 { lines.removeLast() }
        guard let heading = lines.first else { return .empty }
        let separators: [UInt8] = [UInt8(ascii: ","), 0x09, UInt8(ascii: ";"), UInt8(ascii: "|")]
        guard let separator = separators.max(by: { count($0, heading) < count($1, heading) }) else { return .other }
        guard lines.count > 1 else { return .empty }
        // A table of one column has no separators; one of several has them in its records too.
        if count(separator, heading) > 0, !lines.dropFirst().prefix(20).contains(where: { count(separator, $0) > 0 }) { return .other }
        let cells = heading.split(separator: separator, omittingEmptySubsequences: false).map { cell in
            String(decoding: cell.filter { $0 != UInt8(ascii: "\"") && $0 != 0x20 }, as: UTF8.self)
        }
        return .records(count: lines.count - 1, fields: FieldNames.ofHeading(cells))
    }

    private static func count(_ separator: UInt8, _ line: ArraySlice<UInt8>) -> Int { line.reduce(0) { $0 + ($1 == separator ? 1 : 0) } }
}
