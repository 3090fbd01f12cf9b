import LogFormats
import Network

/// Reads lines of the Common and Combined Log Formats of nginx and Apache, with whatever follows, and with a virtual host in front.
///
/// `[vhost[:port]] client ident user [time] "request" status bytes …`. Allocates nothing. Any bytes may come.
package struct LogLineParser {
    private var stamp = CommonLogStamp()

    package init() {}

    package mutating func parse(_ line: UnsafeRawBufferPointer) -> LogLine? {
        guard let firstEnd = line.next(0x20, from: 0), firstEnd > 0 else { return nil }
        var client = AddressText.parse(line.part(0..<firstEnd))
        var searchFrom = firstEnd
        if client == nil, let secondEnd = line.next(0x20, from: firstEnd + 1), let second = AddressText.parse(line.part((firstEnd + 1)..<secondEnd)) {
            client = second
            searchFrom = secondEnd
        }
        // A user name may hold brackets and blanks: the first bracket with a real time behind it counts.
        var time: Int64?
        var bracket = searchFrom
        for _ in 0..<8 where time == nil {
            guard let found = line.next(0x5B, from: bracket) else { return nil }
            time = stamp.parse(line, at: found + 1)
            bracket = found + 1
        }
        let quote = bracket + CommonLogStamp.length
        guard let time, line.starts(with: "] \"", at: quote) else { return nil }
        return Self.rest(of: line, from: quote + 3, client: client, time: time)
    }

    private static func rest(of line: UnsafeRawBufferPointer, from start: Int, client: IPAddress?, time: Int64) -> LogLine? {
        // The request ends at the quote that status and byte count follow. Servers escape quotes within it (\" or \x22), old ones did not.
        var from = start
        while let quote = line.next(0x22, from: from) {
            from = quote + 1
            guard !isEscaped(line, quote, since: start), let (status, afterStatus) = number(line, quote + 1),
                let (bytes, afterBytes) = number(line, afterStatus), status <= 999
            else { continue }
            return LogLine(client: client, time: time, request: start..<quote, status: status, bytes: bytes, extra: afterBytes)
        }
        return nil
    }

    private static func isEscaped(_ line: UnsafeRawBufferPointer, _ at: Int, since start: Int) -> Bool {
        var index = at
        while index > start, line[index - 1] == 0x5C { index -= 1 }
        return (at - index) % 2 == 1
    }

    /// A blank, then digits or `-` (0), then a blank or the line's end.
    private static func number(_ line: UnsafeRawBufferPointer, _ at: Int) -> (Int, Int)? {
        guard at + 1 < line.count, line[at] == 0x20 else { return nil }
        var index = at + 1
        var value = 0
        if line[index] == 0x2D {
            index += 1
        } else {
            while index < line.count, line[index] &- 0x30 < 10 {
                value = value * 10 + Int(line[index] - 0x30)
                index += 1
                guard index - at <= 16 else { return nil }
            }
            guard index > at + 1 else { return nil }
        }
        guard index == line.count || line[index] == 0x20 || line[index] == 0x0D else { return nil }
        return (value, index)
    }
}
