import Network

/// Clients as web servers write them: address, address with port, host name.
enum ClientText {
    /// `192.0.2.1`, `192.0.2.1:443`, `2001:db8::1`, `[2001:db8::1]:443`; nil for anything else. Of six groups and more, the last is no port.
    static func address(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> IPAddress? {
        if let (bits, end) = dotted(line, range), end == range.upperBound || isPort(line, end..<range.upperBound) { return IPAddress(v4: bits) }
        guard let first = range.first, range.count <= 80 else { return nil }
        if line[first] == 0x5B, let close = line.next(0x5D, from: first, to: range.upperBound) {
            guard close + 1 == range.upperBound || isPort(line, (close + 1)..<range.upperBound) else { return nil }
            return AddressText.parse(line.part(first..<(close + 1)))
        }
        return AddressText.parse(line.part(range))
    }

    /// `address:port`, always with the port: `::1:54321` is `::1`, `::ffff:192.0.2.1:443` is 192.0.2.1.
    static func addressBeforePort(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> IPAddress? {
        var colon = range.upperBound
        while colon > range.lowerBound, line[colon - 1] &- 0x30 < 10 { colon -= 1 }
        guard colon < range.upperBound, colon - 1 > range.lowerBound, line[colon - 1] == 0x3A else { return nil }
        return address(line, range.lowerBound..<(colon - 1))
    }

    private static func isPort(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        guard (2...6).contains(range.count), line[range.lowerBound] == 0x3A else { return false }
        for index in range.dropFirst() where line[index] &- 0x30 >= 10 { return false }
        return true
    }

    /// Four decimal octets at the range's beginning, and where they end. One pass: most clients are written so.
    @inline(__always)
    static func dotted(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> (UInt32, Int)? {
        var index = range.lowerBound
        let limit = min(range.upperBound, line.count)
        var bits: UInt32 = 0
        for octet in 0..<4 {
            if octet > 0 {
                guard index < limit, line[index] == 0x2E else { return nil }
                index += 1
            }
            guard index < limit else { return nil }
            var value = UInt32(line[index] &- 0x30)
            guard value < 10 else { return nil }
            index += 1
            let isZero = value == 0
            var digits = 1
            while index < limit, line[index] &- 0x30 < 10 {
                guard !isZero, digits < 3 else { return nil }
                value = value * 10 + UInt32(line[index] &- 0x30)
                digits += 1
                index += 1
            }
            guard value <= 255 else { return nil }
            bits = bits << 8 | value
        }
        return (bits, index)
    }
}
