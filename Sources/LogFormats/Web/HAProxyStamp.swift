import Foundation

/// Reads `06/Feb/2009:12:14:14.655`: civil time of the server, with milliseconds. Remembers the last minute.
struct HAProxyStamp {
    static let length = 24

    private var clock: ZoneClock
    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private var third: UInt8 = 0
    private var minute: Int64?

    init(_ zone: TimeZone) { clock = ZoneClock(zone) }

    /// Seconds since 1970, UTC; the stamp's bracket must close behind it.
    mutating func parse(_ line: UnsafeRawBufferPointer, at: Int) -> Int64? {
        guard at >= 0, line.count - at > Self.length, line[at + 17] == 0x3A, line[at + 20] == 0x2E, line[at + 24] == 0x5D,
            let seconds = CivilTime.digits(line, at + 18, 2), seconds <= 60, CivilTime.digits(line, at + 21, 3) != nil
        else { return nil }
        let first = line.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        let second = line.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)
        if let minute, first == self.first, second == self.second, line[at + 16] == third { return clock.utc(local: minute + seconds) }
        guard line[at + 2] == 0x2F, line[at + 6] == 0x2F, line[at + 11] == 0x3A, line[at + 14] == 0x3A, let day = CivilTime.digits(line, at, 2),
            let month = CivilTime.month(line[at + 3], line[at + 4], line[at + 5]), let year = CivilTime.digits(line, at + 7, 4),
            let hour = CivilTime.digits(line, at + 12, 2), let minutes = CivilTime.digits(line, at + 15, 2), year >= 1990, day >= 1,
            day <= CivilTime.daysIn(month, year), hour <= 23, minutes <= 59
        else { return nil }
        let local = CivilTime.days(year, month, day) * 86_400 + hour * 3_600 + minutes * 60
        (self.first, self.second, third, minute) = (first, second, line[at + 16], local)
        return clock.utc(local: local + seconds)
    }
}

/// The tag of a syslog header: `haproxy[14389]: ` or, of RFC 5424, `haproxy 14389 - - `.
enum SyslogTag {
    /// - Parameter end: where the message begins.
    static func fill(_ event: inout LogEvent, _ line: UnsafeRawBufferPointer, before end: Int) {
        var close = end
        while close > 0, line[close - 1] == 0x20 { close -= 1 }
        guard close > 0, line[close - 1] == 0x3A else { return }
        var start = close - 1
        while start > 0, line[start - 1] != 0x20 { start -= 1 }
        let tag = start..<(close - 1)
        guard let open = line.next(0x5B, from: tag.lowerBound, to: tag.upperBound), line[tag.upperBound - 1] == 0x5D else {
            event.program = Span(tag)
            return
        }
        event.program = Span(tag.lowerBound..<open)
        event.session = Span((open + 1)..<(tag.upperBound - 1))
    }
}

/// Undoes `#22` in what a client sent.
struct HashDecoder {
    private static let lineLimit = 1 << 20
    private let scratch = ScratchBuffer()

    func decode(_ event: inout LogEvent) {
        let line = event.text
        guard line.count <= Self.lineLimit, line.next(0x23, from: 0) != nil else { return }
        scratch.reset(capacity: 2 * line.count)
        scratch.append(line)
        event.target = decoded(event.target, line)
        event.referer = decoded(event.referer, line)
        event.userAgent = decoded(event.userAgent, line)
        event.message = decoded(event.message, line)
        event.text = scratch.bytes
    }

    private func decoded(_ span: Span, _ line: UnsafeRawBufferPointer) -> Span {
        guard line.next(0x23, from: span.range.lowerBound, to: span.range.upperBound) != nil else { return span }
        let start = scratch.count
        var index = span.range.lowerBound
        while index < span.range.upperBound {
            if line[index] == 0x23, index + 2 < span.range.upperBound, let byte = JSONEscape.hexadecimal(line, index + 1, 2) {
                scratch.append(UInt8(truncatingIfNeeded: byte))
                index += 3
            } else {
                scratch.append(line[index])
                index += 1
            }
        }
        return Span(start..<scratch.count)
    }
}
