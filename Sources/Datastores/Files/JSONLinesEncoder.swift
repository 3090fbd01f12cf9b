/// Writes each row as an object of JSON on a line of its own; every value as a string, a null as `null`.
struct JSONLinesEncoder {
    /// `,"name":` for each column; `{"name":` for the first.
    private let openings: [[UInt8]]

    init(_ names: [String]) {
        openings = names.enumerated().map { index, name in
            var text: [UInt8] = [index == 0 ? 0x7B : 0x2C]
            var name = name
            name.withUTF8 { Self.append(UnsafeRawBufferPointer($0), to: &text) }
            text.append(0x3A)
            return text
        }
    }

    func append(_ batch: Batch, to text: inout [UInt8]) {
        for row in 0..<batch.rowCount {
            for (opening, column) in zip(openings, batch.columns) {
                text.append(contentsOf: opening)
                if column.isNull[row] {
                    text.append(contentsOf: "null".utf8)
                } else {
                    column.withValue(row) { Self.append($0, to: &text) }
                }
            }
            if openings.isEmpty { text.append(0x7B) }
            text.append(contentsOf: "}\n".utf8)
        }
    }

    private static func append(_ value: UnsafeRawBufferPointer, to text: inout [UInt8]) {
        text.append(0x22)
        var rest = value[...]
        while let special = rest.firstIndex(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) {
            text.append(contentsOf: rest[..<special])
            appendEscaped(rest[special], to: &text)
            rest = rest[(special + 1)...]
        }
        text.append(contentsOf: rest)
        text.append(0x22)
    }

    private static func appendEscaped(_ byte: UInt8, to text: inout [UInt8]) {
        text.append(0x5C)
        guard byte < 0x20 else {
            text.append(byte)
            return
        }
        text.append(contentsOf: "u00".utf8)
        for digit in [byte >> 4, byte & 15] { text.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
    }
}
