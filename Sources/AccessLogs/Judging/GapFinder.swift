package import Foundation

/// A time for which a source has nothing, or next to nothing. Seconds since 1970.
package struct LogGap: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// No event between two.
        case silence
        /// No event from the last one until now.
        case untilNow
        /// Days with less than a tenth of what is usual on such a day.
        case collapse(events: Int, usual: Int)
    }

    package var kind: Kind
    package var from: Int64
    package var to: Int64
}

/// Finds gaps beyond a source's own rhythm. Product defaults: what no clause states.
package struct GapFinder {
    /// Nothing shorter is a gap, however busy the source.
    package static let shortest: Int64 = 86_400
    /// How much longer than its habitual silences a source must be silent.
    private static let beyondHabit = 2.0
    /// Habitual is what happens this often: three times at least, and once in two weeks.
    private static let habitDays: Int64 = 14
    /// Collapses are looked for in sources with this many events a day; the days of others differ by chance.
    private static let busyDay = 100

    private let hours: [ActivityTimeline.Hour]
    private let now: Int64

    package init(_ timeline: ActivityTimeline, now: Date) {
        hours = timeline.sorted()
        self.now = Int64(now.timeIntervalSince1970)
    }

    /// A silence longer than this is a gap.
    package var threshold: Int64 {
        guard let first = hours.first, let last = hours.last else { return Self.shortest }
        let long = silences.map { $0.to - $0.from }.sorted(by: >)
        let rank = Int(max(3, (last.last - first.first) / 86_400 / Self.habitDays))
        guard long.count >= rank else { return Self.shortest }
        return max(Self.shortest, Int64(Double(long[rank - 1]) * Self.beyondHabit))
    }

    private var silences: [(from: Int64, to: Int64)] {
        zip(hours, hours.dropFirst()).map { ($0.last, $1.first) }
    }

    /// In the order of time, from `start` on.
    package func gaps(since start: Int64) -> [LogGap] {
        guard let last = hours.last else { return [] }
        let threshold = threshold
        var gaps = silences.filter { $0.to - $0.from > threshold && $0.to > start }.map { LogGap(kind: .silence, from: $0.from, to: $0.to) }
        if now - last.last > threshold { gaps.append(LogGap(kind: .untilNow, from: last.last, to: now)) }
        gaps += collapses(since: start).filter { collapse in !gaps.contains { $0.from < collapse.to && collapse.from < $0.to } }
        return gaps.sorted { $0.from < $1.from }
    }

    /// Days are those of China Standard Time.
    static func day(_ time: Int64) -> Int64 { (time + 8 * 3_600) / 86_400 }

    private func collapses(since start: Int64) -> [LogGap] {
        var counts: [Int64: Int] = [:]
        for hour in hours { counts[Self.day(hour.first), default: 0] += hour.count }
        guard let first = counts.keys.min(), let last = counts.keys.max(), last - first >= 14 else { return [] }
        // The first and the last day are cut by rotation and by the moment of looking.
        let whole = (first + 1)..<last
        var byWeekday: [Int64: [Int]] = [:]
        for day in whole { byWeekday[day % 7, default: []].append(counts[day] ?? 0) }
        let usual = byWeekday.mapValues { $0.sorted()[$0.count / 2] }
        var found: [LogGap] = []
        for day in whole {
            let (count, expected) = (counts[day] ?? 0, usual[day % 7] ?? 0)
            guard expected >= Self.busyDay, count * 10 < expected else { continue }
            let (from, to) = (day * 86_400 - 8 * 3_600, (day + 1) * 86_400 - 8 * 3_600)
            guard to > start else { continue }
            if let before = found.last, before.to == from, case .collapse(let events, let sum) = before.kind {
                found[found.count - 1] = LogGap(kind: .collapse(events: events + count, usual: sum + expected), from: before.from, to: to)
            } else {
                found.append(LogGap(kind: .collapse(events: count, usual: expected), from: from, to: to))
            }
        }
        return found
    }
}
