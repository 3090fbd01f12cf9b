package import Foundation

/// Finds the years of stamps that name none.
///
/// The file's last stamp is not after the file was last written; from there the years are counted back to the first stamp
/// (``NewYearCounter``). Then the year grows whenever the month falls back by more than six. A smaller step back is disorder, not a year; a December
/// line that comes late, after January's first, still belongs to the year before.
package struct YearlessClock {
    private var clock: ZoneClock
    /// When the file was last written, in the zone's civil time: year, month, day.
    private let written: CivilDate
    private let newYears: Int64?
    private var year: Int64?
    private var month: Int64 = 0

    /// - Parameters:
    ///   - modified: nil means now.
    ///   - newYears: of ``NewYearCounter``; without it, no more than one New Year is taken to lie within the file and until it was written.
    package init(zone: TimeZone, modified: Date?, newYears: Int?) {
        clock = ZoneClock(zone)
        written = CivilDate(modified ?? Date(), zone)
        self.newYears = newYears.map { Int64($0) }
    }

    /// Seconds since 1970, UTC; nil for 29 February of a year that has none.
    package mutating func utc(_ stamp: YearlessStamp) -> Int64? {
        guard let year = stamp.year ?? step(stamp), stamp.day <= CivilTime.daysIn(stamp.month, year) else { return nil }
        return clock.utc(local: CivilTime.days(year, stamp.month, stamp.day) * 86_400 + stamp.secondOfDay)
    }

    private mutating func step(_ stamp: YearlessStamp) -> Int64? {
        guard let year else {
            let first = firstYear(stamp)
            (self.year, month) = (first, stamp.month)
            return first
        }
        if stamp.month > month + 6 { return year - 1 }
        let grown = stamp.month < month - 6 ? year + 1 : year
        (self.year, month) = (grown, stamp.month)
        return grown
    }

    private func firstYear(_ stamp: YearlessStamp) -> Int64 {
        var first = written.year - (newYears ?? 0)
        if newYears ?? 0 == 0, written.isBefore(stamp) { first -= 1 }
        // The day itself tells: only leap years have it.
        while stamp.day > CivilTime.daysIn(stamp.month, first) { first -= 1 }
        return first
    }
}

/// Counts, before a file without years is read, how many New Years lie between its first stamp and the moment it was last written.
package struct NewYearCounter {
    private var passages = 0
    private var month: Int64 = 0
    private var last: YearlessStamp?

    package init() {}

    /// Takes every line of the file, in order; those that don't begin with a stamp, or with syslog's priority and a stamp, don't count.
    package mutating func consume(_ line: UnsafeRawBufferPointer) {
        guard let stamp = YearlessStamp(line, at: line.afterPriority), stamp.year == nil, month == 0 || stamp.month <= month + 6 else { return }
        if stamp.month < month - 6 { passages += 1 }
        month = stamp.month
        last = stamp
    }

    /// What ``LogContext/newYears`` wants.
    package func newYears(zone: TimeZone, modified: Date?) -> Int {
        guard let last else { return 0 }
        let written = CivilDate(modified ?? Date(), zone)
        // A sender whose clock is ahead begins the year before the file's own machine does.
        if passages > 0, (last.month, last.day) == (1, 1), (written.month, written.day) == (12, 31) { return passages - 1 }
        return passages + (written.isBefore(last) ? 1 : 0)
    }
}

/// A day of a zone's calendar.
struct CivilDate {
    var year: Int64
    var month: Int64
    var day: Int64

    init(_ date: Date, _ zone: TimeZone) {
        let seconds = date.timeIntervalSince1970
        let utc = seconds.isFinite ? min(max(seconds, 0), 253_402_300_799) : 0
        self.init(days: (Int64(utc) + Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: utc)))) / 86_400)
    }

    /// Days since 1970-01-01, not before it.
    private init(days: Int64) {
        year = 1970 + days / 366
        while CivilTime.days(year + 1, 1, 1) <= days { year += 1 }
        month = 1
        while month < 12, CivilTime.days(year, month + 1, 1) <= days { month += 1 }
        day = days - CivilTime.days(year, month, 1) + 1
    }

    /// Whether the stamp, were it of the same year, lies after this day by more than one: clocks and zones differ that much.
    func isBefore(_ stamp: YearlessStamp) -> Bool {
        CivilTime.days(year, stamp.month, stamp.day) > CivilTime.days(year, month, day) + 1
    }
}
