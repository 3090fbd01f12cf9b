package import Foundation

/// How long a source's log is kept, against what is asked.
package struct Retention: Hashable, Sendable {
    /// The first event that counts, and the last.
    package var first: Date
    package var last: Date
    /// From the first event until now, or until the last when the log ended long ago; whole days in China Standard Time.
    package var days: Int
    /// The days that are asked: the retention period, or the system's age when that is less.
    package var requiredDays: Int
    package var isMet: Bool
    /// Since the beginning of the retention period.
    package var gaps: [LogGap]

    /// Nil when there is no event.
    ///
    /// A few stray events long before the rest (a clock that stood at 2001, a line copied into the file) don't make a log old: events before a gap
    /// that come to less than a thousandth of all and less than a day don't count.
    package init?(_ timeline: ActivityTimeline, now: Date, retentionDays: Int, systemSince: Date?) {
        let hours = timeline.sorted()
        guard let end = hours.last else { return nil }
        let finder = GapFinder(timeline, now: now)
        let threshold = finder.threshold
        let total = hours.reduce(0) { $0 + $1.count }
        var start = 0
        var events = 0
        for index in hours.indices.dropLast() {
            events += hours[index].count
            guard hours[index + 1].first - hours[index].last > threshold else { continue }
            if events * 1_000 < total, hours[index].last - hours[start].first < 86_400 { start = index + 1 }
        }
        let today = GapFinder.day(Int64(now.timeIntervalSince1970))
        let windowStart = (today - Int64(retentionDays)) * 86_400 - 8 * 3_600
        let firstTime = hours[start].first
        gaps = finder.gaps(since: max(windowStart, firstTime))
        first = Date(timeIntervalSince1970: TimeInterval(firstTime))
        last = Date(timeIntervalSince1970: TimeInterval(end.last))
        let hasEnded = gaps.contains { $0.kind == .untilNow }
        let firstDay = GapFinder.day(firstTime)
        days = Int(max(0, (hasEnded ? GapFinder.day(end.last) : today) - firstDay))
        requiredDays = retentionDays
        isMet = days >= retentionDays
        if let systemSince {
            let since = GapFinder.day(Int64(systemSince.timeIntervalSince1970))
            if today - since < retentionDays {
                requiredDays = Int(max(0, today - since))
                // The first visitor may come later than the system: within the source's own rhythm that is no loss.
                isMet = firstDay - since <= threshold / 86_400
            }
        }
        if end.last < windowStart { isMet = false }
    }
}
