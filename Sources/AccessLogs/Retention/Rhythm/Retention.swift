package import Foundation

/// How long a source's log is kept, against what is asked.
///
/// The rule: days are counted on the calendar of the estate's zone, from the day of the first event that counts to today. That first day counts when it
/// is whole: when nothing is missing before its first event beyond the source's own rhythm, or when the time since the first event is that many whole
/// days by the clock. So daily files that begin at 06:25 and are kept 184 times make 184 days at any hour, an office whose first
/// event is at 08:00 isn't blamed for its night, and a busy source that begins at 23:00 has not kept that day.
package struct Retention: Hashable, Sendable {
    /// Why the log isn't kept as long as asked.
    package enum Shortfall: Hashable, Sendable {
        /// It doesn't reach back far enough.
        case tooShort
        /// No event in the whole period that is asked.
        case outdated
        /// Files of the rotated set aren't there, and the log is silent where they would be.
        case filesMissing([String])
        /// Whole days within the period lie in gaps: so many that nobody can call the log kept.
        case silent(days: Int)
    }

    /// What lies before a gap of so many days isn't counted: no outage of a system that is used every day lasts that long.
    package static let breakDays: Int64 = 7

    /// The first event that counts, and the last.
    package var first: Date
    package var last: Date
    /// The first event after the last gap of ``breakDays`` or more; ``first`` when there was none.
    package var keptSince: Date
    /// From ``keptSince`` until now, or until the last event when the log ended.
    package var days: Int
    /// The days that are asked: the retention period, or the system's age when that is less.
    package var requiredDays: Int
    /// The required days as far as the log reaches, without those that a loss touches: what is left of them for a reader.
    package var coveredDays: Int
    package var shortfalls: [Shortfall]
    package var isMet: Bool { shortfalls.isEmpty }
    /// Since the beginning of the retention period.
    package var gaps: [LogGap]
    /// Events long before the rest that don't make a log old.
    package var strays: Int
    /// Events whose stamps were not believed: later than now, or before 1990.
    package var disbelieved: Int
    /// The system is said to be younger than its log: then it isn't believed to be.
    package var contradictsSystemSince: Bool

    /// The zone that days are counted in unless the estate has another.
    package static let defaultZone = TimeZone(identifier: "Asia/Shanghai") ?? TimeZone(secondsFromGMT: 8 * 3_600) ?? .gmt

    /// Nil when there is no event.
    ///
    /// A few stray events long before the rest (a clock that stood at 2001, a line copied into the file) don't make a log old: events before a gap
    /// that come to less than a thousandth of all and less than a day don't count.
    /// - Parameters:
    ///   - systemSince: the day on which the system began to work.
    ///   - missingFiles: of the rotated set; see ``RotatedSet``.
    package init?(
        _ timeline: ActivityTimeline, now: Date, retentionDays: Int, systemSince: Date?, zone: TimeZone = Retention.defaultZone,
        holidays: PublicHolidays? = nil, missingFiles: [MissingFile] = []
    ) {
        let finder = GapFinder(timeline, now: now, zone: zone, holidays: holidays)
        guard let end = finder.hours.last else { return nil }
        let clock = finder.rhythm.clock
        let (start, strays) = Self.skipStrays(finder)
        let firstTime = finder.hours[start].first
        let today = clock.day(finder.now)
        let windowStart = clock.start(ofDay: today - Int64(retentionDays))
        gaps = finder.gaps(since: max(windowStart, firstTime), missingFiles: missingFiles)
        let breaks = finder.gaps(since: firstTime).filter { $0.kind == .silence && $0.to - $0.from >= Self.breakDays * 86_400 }
        let keptTime = breaks.last?.to ?? firstTime
        let hasEnded = gaps.contains { $0.kind == .untilNow }
        first = Date(timeIntervalSince1970: TimeInterval(firstTime))
        last = Date(timeIntervalSince1970: TimeInterval(min(end.last, finder.now)))
        keptSince = Date(timeIntervalSince1970: TimeInterval(keptTime))
        self.strays = strays
        disbelieved = timeline.tooLate + timeline.tooEarly
        days = Self.days(keptTime, hasEnded ? end.last : finder.now, finder)
        let age = Self.age(systemSince, firstTime, today, retentionDays, clock)
        contradictsSystemSince = age.isContradicted
        requiredDays = age.days ?? retentionDays
        var shortfalls: [Shortfall] = []
        if end.last < windowStart {
            shortfalls.append(.outdated)
        } else if let day = age.since {
            // The first visitor may come later than the system: on the next day, or within the source's own rhythm, that is no loss.
            if clock.day(keptTime) > day + 1, finder.isGap(clock.start(ofDay: day + 1), keptTime) { shortfalls.append(.tooShort) }
        } else if days < retentionDays {
            shortfalls.append(.tooShort)
        }
        let losses = Self.losses(gaps, windowStart)
        self.shortfalls = shortfalls + losses
        coveredDays = min(days, requiredDays) - (losses.isEmpty ? 0 : min(min(days, requiredDays), Self.touchedDays(gaps, windowStart, clock)))
    }

    private static func touchedDays(_ gaps: [LogGap], _ windowStart: Int64, _ clock: CivilClock) -> Int {
        gaps.filter { $0.kind == .silence }.reduce(0) { $0 + max(1, Int(clock.day($1.to) - clock.day(max($1.from, windowStart)))) }
    }

    private static func skipStrays(_ finder: GapFinder) -> (start: Int, events: Int) {
        let hours = finder.hours
        let total = hours.reduce(0) { $0 + $1.count }
        var (start, events, strays) = (0, 0, 0)
        for index in hours.indices.dropLast() {
            events += hours[index].count
            // Past a thousandth nothing is stray any more.
            guard events * 1_000 < total else { break }
            guard finder.isGap(hours[index].last, hours[index + 1].first), hours[index].last - hours[start].first < 86_400 else { continue }
            (start, strays) = (index + 1, events)
        }
        return (start, strays)
    }

    /// The days from an event to a moment.
    private static func days(_ from: Int64, _ to: Int64, _ finder: GapFinder) -> Int {
        let clock = finder.rhythm.clock
        let difference = clock.day(to) - clock.day(from)
        let isWhole = clock.timeOfDay(to) >= clock.timeOfDay(from) || !finder.isGap(clock.start(ofDay: clock.day(from)), from)
        return Int(max(0, isWhole ? difference : difference - 1))
    }

    /// The age of a system that is younger than the retention period, in days, and its first day.
    private static func age(
        _ systemSince: Date?, _ first: Int64, _ today: Int64, _ retentionDays: Int, _ clock: CivilClock
    ) -> (days: Int?, since: Int64?, isContradicted: Bool) {
        guard let systemSince else { return (nil, nil, false) }
        let since = clock.day(Int64(max(-1e11, min(1e11, systemSince.timeIntervalSince1970))))
        // Events of the day before may be tests. A log that is older than that shows an older system.
        if clock.day(first) < since - 1 { return (nil, nil, true) }
        guard today - since < Int64(retentionDays) else { return (nil, nil, false) }
        return (Int(max(0, today - since)), since, false)
    }

    private static func losses(_ gaps: [LogGap], _ windowStart: Int64) -> [Shortfall] {
        var losses: [Shortfall] = []
        let files = gaps.flatMap(\.missingFiles)
        if !files.isEmpty { losses.append(.filesMissing(files)) }
        let silent = gaps.filter { $0.kind == .silence }.reduce(0) { $0 + ($1.to - max($1.from, windowStart)) } / 86_400
        if silent >= breakDays { losses.append(.silent(days: Int(silent))) }
        return losses
    }
}
