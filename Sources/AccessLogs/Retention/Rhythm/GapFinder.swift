package import Foundation

/// Finds gaps beyond a source's own rhythm. The bounds are product defaults: no clause states any.
package struct GapFinder {
    /// Nothing shorter is a gap, however busy the source. Seconds.
    package static let shortest: Int64 = 6 * 3_600
    /// Until now, nothing shorter: logs are looked at some hours after they were collected.
    package static let shortestUntilNow: Int64 = 86_400
    /// A silence that independent hours give less than once in three million times (nats) …
    static let surprising = 15.0
    /// … and that is this many times as surprising as the source's habitual silences: events come in bursts.
    static let beyondHabit = 2.0
    /// Habitual is what happens this often: three times at least, and once in two weeks.
    private static let habitDays: Int64 = 14
    /// A file that is known to be missing needs no surprise: what it held is gone, even where another log of the source goes on.
    private static let shortestOfMissingFile: Int64 = 3_600

    let hours: [ActivityTimeline.Hour]
    let rhythm: SourceRhythm
    let now: Int64
    /// A silence that is more surprising is a gap.
    let threshold: Double

    package init(_ timeline: ActivityTimeline, now: Date, zone: TimeZone, holidays: PublicHolidays? = nil) {
        let now = Int64(now.timeIntervalSince1970)
        let hours = timeline.sorted().filter { $0.first <= now + ActivityTimeline.clockTolerance }
        let first = hours.first?.first ?? now
        // Room for the retention period before the first event.
        let clock = CivilClock(zone, first - 400 * 86_400...max(first, now) + 2 * 86_400)
        let years = Self.year(clock.day(first))...max(Self.year(clock.day(first)), Self.year(clock.day(now)) + 1)
        self.now = now
        self.hours = hours
        rhythm = SourceRhythm(hours, clock, holidays ?? PublicHolidays(of: zone, years: years))
        var surprises = zip(hours, hours.dropFirst()).map { [rhythm] in rhythm.surprise($0.last, $1.first) }
        surprises.sort(by: >)
        let rank = Int(max(3, ((hours.last?.last ?? first) - first) / 86_400 / Self.habitDays))
        threshold = max(Self.surprising, surprises.count >= rank ? surprises[rank - 1] * Self.beyondHabit : 0)
    }

    /// That year, or at its very beginning the one before.
    private static func year(_ day: Int64) -> Int { Int(1970 + day * 400 / 146_097) }

    /// Whether nothing between two times is more than the source's rhythm explains.
    func isGap(_ from: Int64, _ to: Int64) -> Bool { to - from >= Self.shortest && rhythm.surprise(from, to) > threshold }

    /// In the order of time, those that end after `start`.
    package func gaps(since start: Int64, missingFiles: [MissingFile] = []) -> [LogGap] {
        guard let last = hours.last else { return [] }
        var gaps: [LogGap] = []
        for (before, after) in zip(hours, hours.dropFirst()) where after.first > start {
            guard isGap(before.last, after.first) else { continue }
            let missing = missingFiles.filter { before.last <= $0.after + 1 && after.first >= $0.before - 1 }.map(\.name)
            gaps.append(LogGap(kind: .silence, from: before.last, to: after.first, missingFiles: missing))
        }
        gaps += holes(missingFiles.filter { $0.isCertain && $0.before > start }, gaps)
        if now - last.last >= Self.shortestUntilNow, isGap(last.last, now) { gaps.append(LogGap(kind: .untilNow, from: last.last, to: now)) }
        let silences = gaps
        gaps += CollapseFinder(hours, rhythm).collapses { from, to in to > start && !silences.contains { $0.from < to && from < $0.to } }
        return gaps.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    }

    /// Times of files that are known to be missing and that no gap has yet.
    private func holes(_ missing: [MissingFile], _ gaps: [LogGap]) -> [LogGap] {
        let known = Set(gaps.flatMap(\.missingFiles))
        let holes = Dictionary(grouping: missing.filter { !known.contains($0.name) && $0.before - $0.after >= Self.shortestOfMissingFile }) {
            [$0.after, $0.before]
        }
        return holes.values.compactMap { files in
            files.first.map { LogGap(kind: .silence, from: $0.after, to: $0.before, missingFiles: files.map(\.name)) }
        }
    }
}
