/// The value of `X-Forwarded-For`: addresses parted by commas.
enum AddressList {
    /// Whether `range` ends with an address or the word `unknown`, as a list does that a proxy has added its own to. What stands before was written by
    /// the client, and may be anything: it must not hide the rest.
    static func matches(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        guard range.count >= 2 else { return false }
        var last = range.upperBound
        while last > range.lowerBound, line[last - 1] == 0x20 { last -= 1 }
        var first = last
        while first > range.lowerBound, line[first - 1] != 0x2C, last - first <= longest { first -= 1 }
        while first < last, line[first] == 0x20 { first += 1 }
        return line.part(first..<last).equals("unknown") || ClientText.address(line, first..<last) != nil
    }

    /// An address with brackets, zone and port.
    private static let longest = 80
}
