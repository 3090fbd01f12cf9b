import LogFormats

/// The record or page number in a query: `?patientId=1042`, `?page=7`.
enum QueryRecord {
    static func id(_ line: UnsafeRawBufferPointer, _ query: Range<Int>) -> UInt64? {
        var position = query.lowerBound
        // A query is the sender's: no more than a sensible number of parameters is looked at.
        for _ in 0..<16 where position < query.upperBound {
            let end = line.next(0x26, from: position, to: query.upperBound) ?? query.upperBound
            if let equals = line.next(0x3D, from: position, to: end), namesRecord(line, position..<equals),
                let value = number(line, (equals + 1)..<end)
            {
                return value
            }
            position = end + 1
        }
        return nil
    }

    /// `id`, `…Id`, `…_no`, `page`, `offset`, `start`, `cursor`.
    private static func namesRecord(_ line: UnsafeRawBufferPointer, _ name: Range<Int>) -> Bool {
        guard name.count >= 2 else { return false }
        let last = line[name.upperBound - 1] | 0x20
        let previous = line[name.upperBound - 2] | 0x20
        if previous == 0x69 && last == 0x64 || previous == 0x6E && last == 0x6F { return true }
        switch name.count {
        case 4: return line.starts(with: "page", at: name.lowerBound)
        case 5: return line.starts(with: "start", at: name.lowerBound)
        case 6: return line.starts(with: "offset", at: name.lowerBound) || line.starts(with: "cursor", at: name.lowerBound)
        default: return false
        }
    }

    private static func number(_ line: UnsafeRawBufferPointer, _ value: Range<Int>) -> UInt64? {
        guard (1...18).contains(value.count) else { return nil }
        var number: UInt64 = 0
        for index in value {
            let digit = line[index] &- 0x30
            guard digit < 10 else { return nil }
            number = number * 10 + UInt64(digit)
        }
        return number
    }
}
