/// The value of `X-Forwarded-For`: addresses parted by commas.
enum AddressList {
    /// Whether `range` ends with an address, as a list does that a proxy has added its own to. What stands before was written by the client, and may be
    /// anything: it must not hide the rest.
    static func endsWithAddress(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        var last = range.upperBound
        while last > range.lowerBound, line[last - 1] == 0x20 { last -= 1 }
        var first = last
        while first > range.lowerBound, line[first - 1] != 0x2C, last - first <= longest { first -= 1 }
        while first < last, line[first] == 0x20 { first += 1 }
        return last > first && ClientText.address(line, first..<last) != nil
    }

    /// Whether `range` holds nothing but addresses, some with ports or the word `unknown`, and at least one.
    static func isWhole(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        var start = range.lowerBound
        var addresses = 0
        while start < range.upperBound {
            let end = line.next(0x2C, from: start, to: range.upperBound) ?? range.upperBound
            var (first, last) = (start, end)
            while first < last, line[first] == 0x20 { first += 1 }
            while last > first, line[last - 1] == 0x20 { last -= 1 }
            if ClientText.address(line, first..<last) != nil {
                addresses += 1
            } else if !line.part(first..<last).equals("unknown") {
                return false
            }
            guard end < range.upperBound else { return addresses > 0 }
            start = end + 1
        }
        return false
    }

    /// An address with brackets, zone and port.
    private static let longest = 80
}
