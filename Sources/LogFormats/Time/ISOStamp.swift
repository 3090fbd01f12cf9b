package import Foundation

/// Reads ISO 8601 and RFC 3339 stamps and their kin: `2026-01-02T03:04:05.678+08:00`.
///
/// Date and time are parted by `T` or a space, the date's parts by `-` or `/` (nginx's error log, Go's); a fraction follows `.` or `,`. The zone is
/// `Z`, `±hh:mm`, `±hhmm`, `±hh`, any of them after a space, or none: then it is the reader's. With ``init(zone:names:)``'s `names`, abbreviations
/// count too (PostgreSQL's `2026-01-02 03:04:05.678 CST`). The last minute is remembered: most lines share it with the one before.
package struct ISOStamp {
    /// Date and time without fraction and zone.
    package static let length = 19

    /// West of Greenwich; see ``ZoneAbbreviation``. Asking the zone for every line would cost more than all else.
    private let isWestern: Bool
    private let names: Bool
    private var clock: ZoneClock
    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private var minuteStart: Int64?

    package init(zone: TimeZone, names: Bool = false) {
        isWestern = ZoneAbbreviation.isWestern(zone)
        self.names = names
        clock = ZoneClock(zone)
    }

    /// Seconds since 1970, UTC, and where the stamp ends; nil when none stands at `at`, or when it names a time that doesn't exist.
    package mutating func parse(_ line: UnsafeRawBufferPointer, at: Int) -> (seconds: Int64, end: Int)? {
        guard at >= 0, line.count - at >= Self.length, line[at + 16] == 0x3A else { return nil }
        guard let seconds = CivilTime.digits(line, at + 17, 2), seconds <= 60 else { return nil }
        let first = line.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        let second = line.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)
        let minute: Int64
        if let minuteStart, first == self.first, second == self.second {
            minute = minuteStart
        } else {
            guard let read = Self.minute(line, at) else { return nil }
            (self.first, self.second, minuteStart, minute) = (first, second, read, read)
        }
        var end = Self.fractionEnd(line, at + Self.length)
        let local = minute &+ seconds
        if let (offset, next) = offset(line, end) {
            end = next
            return (local &- offset, end)
        }
        return (clock.utc(local: local), end)
    }

    /// Civil minutes, in seconds since 1970.
    private static func minute(_ line: UnsafeRawBufferPointer, _ at: Int) -> Int64? {
        let separator = line[at + 4]
        guard separator == 0x2D || separator == 0x2F, line[at + 7] == separator, line[at + 13] == 0x3A,
            line[at + 10] == 0x54 || line[at + 10] == 0x20 || line[at + 10] == 0x74,
            let year = CivilTime.digits(line, at, 4), let month = CivilTime.digits(line, at + 5, 2), let day = CivilTime.digits(line, at + 8, 2),
            let hour = CivilTime.digits(line, at + 11, 2), let minute = CivilTime.digits(line, at + 14, 2),
            year >= 1970, (1...12).contains(month), day >= 1, day <= CivilTime.daysIn(month, year), hour <= 23, minute <= 59
        else { return nil }
        return CivilTime.days(year, month, day) * 86_400 + hour * 3_600 + minute * 60
    }

    /// Behind the fraction that stands at `at`; `at` when none does.
    static func fractionEnd(_ line: UnsafeRawBufferPointer, _ at: Int) -> Int {
        guard at < line.count, line[at] == 0x2E || line[at] == 0x2C else { return at }
        var end = at + 1
        while end < line.count, line[end] &- 0x30 < 10 { end += 1 }
        return end == at + 1 ? at : end
    }

    private func offset(_ line: UnsafeRawBufferPointer, _ at: Int) -> (Int64, Int)? {
        guard at < line.count else { return nil }
        switch line[at] {
        case 0x5A, 0x7A: return (0, at + 1)
        case 0x2B, 0x2D: return Self.numericOffset(line, at, needsMinutes: false)
        case 0x20:
            guard at + 1 < line.count else { return nil }
            if line[at + 1] == 0x2B || line[at + 1] == 0x2D { return Self.numericOffset(line, at + 1, needsMinutes: !names) }
            return names ? named(line, at + 1) : nil
        default: return nil
        }
    }

    private func named(_ line: UnsafeRawBufferPointer, _ at: Int) -> (Int64, Int)? {
        var end = at
        while end < line.count, end - at < 6, (0x41...0x5A).contains(line[end]) { end += 1 }
        guard let offset = ZoneAbbreviation.offset(line.part(at..<end), isWestern: isWestern) else { return nil }
        return (offset, end)
    }

    /// `±hh:mm`, `±hhmm` or, unless minutes are needed, `±hh`.
    static func numericOffset(_ line: UnsafeRawBufferPointer, _ at: Int, needsMinutes: Bool) -> (Int64, Int)? {
        guard let hours = CivilTime.digits(line, at + 1, 2), hours <= 18 else { return nil }
        let sign: Int64 = line[at] == 0x2D ? -1 : 1
        let hasColon = at + 3 < line.count && line[at + 3] == 0x3A
        let minutesAt = at + (hasColon ? 4 : 3)
        if let minutes = CivilTime.digits(line, minutesAt, 2), minutes <= 59 { return (sign * (hours * 60 + minutes) * 60, minutesAt + 2) }
        return needsMinutes ? nil : (sign * hours * 3_600, at + 3)
    }
}
