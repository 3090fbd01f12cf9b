/// How a delimited file is laid out: what its beginning tells.
struct DelimitedLayout {
    static let delimiters: [UInt8] = [0x2C, 0x09, 0x3B, 0x7C, 0x01]
    static let columnLimit = 4_096

    var delimiter: UInt8
    var names: [String]
    var hasHeader: Bool
    /// Bytes of text by record, as far as the beginning tells; nil for a file with a header only.
    var bytesPerRecord: Double?

    /// The delimiter that most of the first lines hold as often as the very first one; of equals the one that it holds most often.
    static func delimiter(of text: UnsafeRawBufferPointer) -> UInt8 {
        var lines: [[Int]] = []
        var counts = Array(repeating: 0, count: delimiters.count)
        var isQuoted = false
        var isBlank = true
        for byte in text.prefix(64 << 10) {
            if byte == 0x22 { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == 0x0A || byte == 0x0D {
                if !isBlank { lines.append(counts) }
                if lines.count == 12 { break }
                counts = Array(repeating: 0, count: delimiters.count)
                isBlank = true
                continue
            }
            isBlank = false
            if let index = delimiters.firstIndex(of: byte) { counts[index] += 1 }
        }
        if lines.isEmpty { lines.append(counts) }
        var best = (index: 0, agreeing: 0, count: 0)
        for index in delimiters.indices where lines[0][index] > 0 {
            let agreeing = lines.count { $0[index] == lines[0][index] }
            if (agreeing, lines[0][index]) > (best.agreeing, best.count) { best = (index, agreeing, lines[0][index]) }
        }
        return delimiters[best.index]
    }
}

/// Tells a header from data.
enum HeaderRow {
    /// The columns' names, made unique; nil when the record is data: a name has no long run of digits, no `@`, and isn't empty.
    static func names(of fields: [String]) -> [String]? {
        let names = fields.map { field in
            String(field.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed().prefix(200))
        }
        for name in names {
            let digits = name.count(where: \.isNumber)
            if digits > 5 || (digits > 0 && digits == name.count) || name.contains("@") { return nil }
        }
        return unique(names.enumerated().map { $1.isEmpty ? "column_\($0 + 1)" : $1 })
    }

    static func numbered(_ count: Int) -> [String] { (1...max(1, count)).map { "column_\($0)" } }

    /// A name that came before gets a number.
    static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        var next: [String: Int] = [:]
        return names.map { name in
            var candidate = name
            var number = next[name, default: 1]
            while !seen.insert(candidate).inserted {
                number += 1
                candidate = "\(name)_\(number)"
            }
            next[name] = number
            return candidate
        }
    }
}
