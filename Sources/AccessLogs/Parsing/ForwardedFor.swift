import LogFormats
package import Network

/// Who really asked, when a trusted proxy stands in front.
package enum ForwardedFor {
    /// The right-most address that is no trusted proxy, of the last quoted field behind the user agent that holds nothing but addresses
    /// (nginx: `"$http_x_forwarded_for"`); nil when there is none.
    ///
    /// Everything left of it was written by the client itself, and is believed by nobody.
    package static func client(in line: UnsafeRawBufferPointer, after extra: Int, trusted: [CIDR]) -> IPAddress? {
        var position = extra
        var field = 0
        var found: IPAddress?
        while let open = line.next(0x22, from: position), let close = closingQuote(line, open + 1) {
            // Fields one and two are referer and user agent: both are the client's own words.
            if field >= 2, let address = rightMostUntrusted(line.part((open + 1)..<close), trusted) { found = address }
            field += 1
            position = close + 1
        }
        return found
    }

    private static func closingQuote(_ line: UnsafeRawBufferPointer, _ start: Int) -> Int? {
        var from = start
        while let quote = line.next(0x22, from: from) {
            var slashes = 0
            while quote - slashes > start, line[quote - slashes - 1] == 0x5C { slashes += 1 }
            if slashes % 2 == 0 { return quote }
            from = quote + 1
        }
        return nil
    }

    /// Nil when the entry nearest to us is no address, or when all are trusted.
    private static func rightMostUntrusted(_ list: UnsafeRawBufferPointer, _ trusted: [CIDR]) -> IPAddress? {
        var end = list.count
        while end > 0 {
            var start = end
            while start > 0, list[start - 1] != 0x2C { start -= 1 }
            var (first, last) = (start, end)
            while first < last, list[first] == 0x20 { first += 1 }
            while last > first, list[last - 1] == 0x20 { last -= 1 }
            guard let address = AddressText.parse(list.part(first..<last)) else { return nil }
            if !trusted.contains(where: { $0.contains(address) }) { return address }
            end = start - 1
        }
        return nil
    }
}
