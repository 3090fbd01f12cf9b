/// Delimited text read byte by byte, in the plainest way there is: what the fast reader is compared with.
struct PlainDelimitedReader {
    /// Each field: nil for null.
    static func records(_ bytes: [UInt8], delimiter: UInt8) -> [[[UInt8]?]] {
        var records: [[[UInt8]?]] = []
        var record: [[UInt8]?] = []
        var field: [UInt8] = []
        var isQuoted = false
        var isOpen = false
        var isBegun = false
        var index = 0
        func value() -> [UInt8]? { field.isEmpty && !isQuoted ? nil : field }
        func endField() {
            record.append(value())
            (field, isQuoted, isBegun) = ([], false, false)
        }
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if isOpen {
                if byte != 0x22 {
                    field.append(byte)
                } else if index < bytes.count, bytes[index] == 0x22 {
                    field.append(byte)
                    index += 1
                } else {
                    isOpen = false
                }
            } else if byte == delimiter {
                endField()
            } else if byte == 0x0A || byte == 0x0D {
                endField()
                records.append(record)
                record = []
                if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
            } else if byte == 0x22, !isBegun {
                (isQuoted, isOpen, isBegun) = (true, true, true)
            } else {
                field.append(byte)
                isBegun = true
            }
        }
        if !record.isEmpty || isBegun || !field.isEmpty {
            endField()
            records.append(record)
        }
        return records
    }

    /// The rows of a table of `count` columns, and how many records were uneven.
    static func rows(_ records: [[[UInt8]?]], count: Int) -> (rows: [[String?]], uneven: Int) {
        var rows: [[String?]] = []
        var uneven = 0
        for record in records {
            if record.count != count {
                if record == [nil] { continue }
                uneven += 1
            }
            rows.append((0..<count).map { $0 < record.count ? record[$0].map { String(decoding: $0, as: UTF8.self) } : nil })
        }
        return (rows, uneven)
    }
}
