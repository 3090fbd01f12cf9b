import Glibc

/// COPY's text format (PostgreSQL's documentation, "COPY", file formats): fields apart by tabs, `\N` for null, backslash escapes.
enum CopyText {
    /// Takes one line, with or without its line feed, apart. False when it has another number of fields than there are columns.
    static func decode(_ line: UnsafeRawBufferPointer, into columns: inout [ColumnBatch]) -> Bool {
        guard let base = line.baseAddress else { return columns.isEmpty }
        let end = line.last == 0x0A ? line.count - 1 : line.count
        let hasEscapes = memchr(base, 0x5C, end) != nil
        var start = 0
        for column in columns.indices {
            guard start <= end else {
                columns[column].close(isNull: true)
                return false
            }
            let stop = memchr(base + start, 0x09, end - start).map { $0 - UnsafeMutableRawPointer(mutating: base) } ?? end
            let field = UnsafeRawBufferPointer(rebasing: line[start..<stop])
            if hasEscapes, memchr(base + start, 0x5C, stop - start) != nil {
                unescape(field, into: &columns[column])
            } else {
                columns[column].bytes.append(contentsOf: field)
                columns[column].close(isNull: false)
            }
            start = stop + 1
        }
        return start == end + 1
    }

    private static func unescape(_ field: UnsafeRawBufferPointer, into column: inout ColumnBatch) {
        if field.count == 2, field[0] == 0x5C, field[1] == 0x4E { return column.close(isNull: true) }
        var index = 0
        while index < field.count {
            guard field[index] == 0x5C, index + 1 < field.count else {
                column.bytes.append(field[index])
                index += 1
                continue
            }
            column.bytes.append(meaning(field[index + 1]))
            index += 2
        }
        column.close(isNull: false)
    }

    private static func meaning(_ escaped: UInt8) -> UInt8 {
        switch escaped {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "v"): 0x0B
        default: escaped
        }
    }

    static func encode(_ column: ColumnBatch, _ row: Int, into text: inout [UInt8]) {
        if column.isNull[row] {
            text.append(0x5C)
            text.append(0x4E)
            return
        }
        column.withValue(row) { value in
            for byte in value {
                switch byte {
                case 0x5C: text.append(0x5C)
                case 0x0A, 0x0D, 0x09:
                    text.append(0x5C)
                    text.append(byte == 0x0A ? UInt8(ascii: "n") : byte == 0x0D ? UInt8(ascii: "r") : UInt8(ascii: "t"))
                    continue
                default: break
                }
                text.append(byte)
            }
        }
    }
}
