/// The value of `X-Forwarded-For`: addresses parted by commas.
enum AddressList {
    /// Whether `range` holds nothing but addresses, some with ports or the word `unknown`, and at least one.
    static func matches(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        guard range.count >= 2, isFirst(line[range.lowerBound]) else { return false }
        var start = range.lowerBound
        var addresses = 0
        // However long: a client that sends a thousand addresses must not hide behind them.
        while true {
            let end = line.next(0x2C, from: start, to: range.upperBound) ?? range.upperBound
            var (first, last) = (start, end)
            while first < last, line[first] == 0x20 { first += 1 }
            while last > first, line[last - 1] == 0x20 { last -= 1 }
            if line.part(first..<last).equals("unknown") {
            } else if ClientText.address(line, first..<last) != nil {
                addresses += 1
            } else {
                return false
            }
            guard end < range.upperBound else { return addresses > 0 }
            start = end + 1
        }
    }

    private static func isFirst(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6 || byte == 0x3A || byte == 0x5B || byte == 0x20 || byte == 0x75
    }
}
