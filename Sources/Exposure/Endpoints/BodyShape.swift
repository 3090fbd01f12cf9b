import Probes

/// What a reply's body is, told without keeping anything of it.
package enum BodyShape: Hashable, Sendable {
    /// Records: how many (at least, when the body was cut off), and their fields' names.
    case records(count: Int, fields: [String])
    /// Well-formed, and there is nothing in it.
    case empty
    /// Says, in its own words, that the caller must log in.
    case refusal
    /// A page for people with a form that asks for a password.
    case loginForm
    /// Pages, pictures, anything else: nothing that could be judged.
    case other

    /// - Parameters:
    ///   - contentType: as the server names it; what the body looks like counts when it says nothing useful.
    ///   - truncated: `bytes` are only the beginning.
    package init(_ bytes: [UInt8], contentType: String, truncated: Bool) {
        let type = contentType.lowercased().prefix { $0 != ";" }.filter { $0 != " " }
        let start = bytes.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 && $0 < 0x80 }
        if bytes.allSatisfy({ $0 <= 0x20 }) {
            self = .empty
        } else if type.contains("html") {
            self = Self.hasLoginForm(bytes) ? .loginForm : .other
        } else if type.contains("ndjson") || type.contains("jsonl") {
            self = Self.lines(bytes, truncated)
        } else if type.contains("csv") || type.contains("tab-separated") {
            self = DelimitedShape.read(bytes, truncated: truncated)
        } else if start == UInt8(ascii: "{") || start == UInt8(ascii: "["), let json = JSON.read(bytes, truncated: truncated) {
            self = JSONShape.read(json)
        } else if type.contains("json") {
            self = JSON.read(bytes, truncated: truncated).map(JSONShape.read) ?? .other
        } else if type.contains("xml") || start == UInt8(ascii: "<") {
            self = XMLShape.read(bytes, truncated: truncated) ?? (Self.hasLoginForm(bytes) ? .loginForm : .other)
        } else {
            self = .other
        }
    }

    /// `type=password` in any of HTML's spellings.
    private static func hasLoginForm(_ bytes: [UInt8]) -> Bool {
        let plain = bytes.filter { $0 != 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") }.map { $0 | 0x20 }
        let mark = Array("type=password".utf8)
        guard plain.count >= mark.count else { return false }
        return plain.indices.dropLast(mark.count - 1).contains { plain[$0] == mark[0] && plain[$0..<$0 + mark.count].elementsEqual(mark) }
    }

    /// One JSON text a line; the last one may be cut off.
    private static func lines(_ bytes: [UInt8], _ truncated: Bool) -> BodyShape {
        var lines = bytes.split(separator: 0x0A).filter { line in line.contains { $0 > 0x20 } }
        if truncated, bytes.last != 0x0A, lines.count > 1 { lines.removeLast() }
        let sample = lines.prefix(50).compactMap { JSON.read(Array($0)) }
        guard sample.count == min(lines.count, 50), !sample.isEmpty else { return .other }
        return .records(count: lines.count, fields: FieldNames.of(sample))
    }
}
