import Foundation

/// Reads `Fri Sep 09 10:42:29.902022 2011`, with or without the fraction (C's `ctime`): civil time of the server.
struct WeekdayStamp {
    private var clock: ZoneClock

    init(_ zone: TimeZone) { clock = ZoneClock(zone) }

    /// Seconds since 1970, UTC, and where the stamp ends.
    mutating func parse(_ line: UnsafeRawBufferPointer, at: Int) -> (Int64, Int)? {
        guard at >= 0, line.count - at >= 24, line[at + 3] == 0x20, line[at + 7] == 0x20, line[at + 10] == 0x20, line[at + 13] == 0x3A,
            line[at + 16] == 0x3A, let month = CivilTime.month(line[at + 4], line[at + 5], line[at + 6]),
            let day = CivilTime.digits(line, at + 8, 2) ?? (line[at + 8] == 0x20 ? CivilTime.digits(line, at + 9, 1) : nil),
            let hour = CivilTime.digits(line, at + 11, 2), let minute = CivilTime.digits(line, at + 14, 2),
            let second = CivilTime.digits(line, at + 17, 2)
        else { return nil }
        let fractionEnd = ISOStamp.fractionEnd(line, at + 19)
        guard fractionEnd < line.count, line[fractionEnd] == 0x20, let year = CivilTime.digits(line, fractionEnd + 1, 4), year >= 1970,
            day >= 1, day <= CivilTime.daysIn(month, year), hour <= 23, minute <= 59, second <= 60
        else { return nil }
        let local = CivilTime.days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
        return (clock.utc(local: local), fractionEnd + 5)
    }
}
