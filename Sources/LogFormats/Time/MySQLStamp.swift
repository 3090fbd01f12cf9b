package import Foundation

/// Reads the stamps of MySQL and MariaDB: ISO 8601 (MySQL since 5.7), `2026-01-02  3:04:05` (MariaDB's error log), `260102  3:04:05` (slow and general
/// logs of MariaDB), `20260102 03:04:05` (MariaDB's audit plugin). An hour of one digit has a space before it.
package struct MySQLStamp {
    private var iso: ISOStamp
    private var clock: ZoneClock

    package init(zone: TimeZone) {
        iso = ISOStamp(zone: zone)
        clock = ZoneClock(zone)
    }

    /// Seconds since 1970, UTC, and where the stamp ends; nil when none stands at `at`, or when it names a time that doesn't exist.
    package mutating func parse(_ line: UnsafeRawBufferPointer, at: Int) -> (seconds: Int64, end: Int)? {
        guard at >= 0, line.count - at >= 15 else { return nil }
        if let read = iso.parse(line, at: at) { return read }
        if let date = Self.dashed(line, at) { return time(line, at + 11, date) }
        if let date = Self.compact(line, at, yearDigits: 4) { return time(line, at + 9, date) }
        if let date = Self.compact(line, at, yearDigits: 2) { return time(line, at + 7, date) }
        return nil
    }

    private static func dashed(_ line: UnsafeRawBufferPointer, _ at: Int) -> Int64? {
        guard line[at + 4] == 0x2D, line[at + 7] == 0x2D, line[at + 10] == 0x20, let year = CivilTime.digits(line, at, 4) else { return nil }
        return day(year, CivilTime.digits(line, at + 5, 2), CivilTime.digits(line, at + 8, 2))
    }

    private static func compact(_ line: UnsafeRawBufferPointer, _ at: Int, yearDigits: Int) -> Int64? {
        guard let year = CivilTime.digits(line, at, yearDigits), line[at + yearDigits + 4] == 0x20 else { return nil }
        // Two digits mean 1970 to 2069, as MySQL reads them.
        let whole = yearDigits == 4 ? year : year + (year < 70 ? 2_000 : 1_900)
        return day(whole, CivilTime.digits(line, at + yearDigits, 2), CivilTime.digits(line, at + yearDigits + 2, 2))
    }

    private static func day(_ year: Int64, _ month: Int64?, _ day: Int64?) -> Int64? {
        guard let month, let day, year >= 1970, (1...12).contains(month), day >= 1, day <= CivilTime.daysIn(month, year) else { return nil }
        return CivilTime.days(year, month, day)
    }

    private mutating func time(_ line: UnsafeRawBufferPointer, _ at: Int, _ day: Int64) -> (seconds: Int64, end: Int)? {
        guard at + 8 <= line.count, line[at + 2] == 0x3A, line[at + 5] == 0x3A else { return nil }
        let hour = line[at] == 0x20 ? CivilTime.digits(line, at + 1, 1) : CivilTime.digits(line, at, 2)
        guard let hour, let minute = CivilTime.digits(line, at + 3, 2), let second = CivilTime.digits(line, at + 6, 2),
            hour <= 23, minute <= 59, second <= 60
        else { return nil }
        return (clock.utc(local: day * 86_400 + hour * 3_600 + minute * 60 + second), ISOStamp.fractionEnd(line, at + 8))
    }
}
