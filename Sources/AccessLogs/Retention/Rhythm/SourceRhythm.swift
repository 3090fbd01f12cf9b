import Foundation

/// When a source is usually active: for each hour of the week, how likely it is to have an event. Tells how surprising a silence is.
///
/// The surprise of a silence is the negative logarithm of its probability (in nats), hours taken as independent. An hour that is always active
/// adds up to 4 in half a year of data, an hour of an office's night or Sunday next to nothing, an hour of a source with one event a day 0.04.
struct SourceRhythm: Sendable {
    let clock: CivilClock
    private let holidays: PublicHolidays
    /// Nats of an hour's silence, by weekday (0 is Monday) and hour.
    private var nats = [[Double]](repeating: [Double](repeating: 0, count: 24), count: 7)
    /// Of a public holiday: those of the quietest weekday.
    private var holidayNats = [Double](repeating: 0, count: 24)

    /// - Parameter hours: ordered by time.
    init(_ hours: [ActivityTimeline.Hour], _ clock: CivilClock, _ holidays: PublicHolidays) {
        self.clock = clock
        self.holidays = holidays
        guard let first = hours.first?.first, let last = hours.last?.last else { return }
        var active = [[Double]](repeating: [Double](repeating: 0, count: 24), count: 7)
        var seen = active
        // Weeks without any event tell of a gap, not of a rhythm.
        var live: Set<Int64> = []
        for hour in hours {
            let day = clock.day(hour.first)
            live.insert(CivilClock.week(day))
            if !holidays.contains(day) { active[CivilClock.weekday(day)][Int(clock.timeOfDay(hour.first) / 3_600)] += 1 }
        }
        let (firstDay, lastDay) = (clock.day(first), clock.day(last))
        let (firstHour, lastHour) = (Int(clock.timeOfDay(first) / 3_600), Int(clock.timeOfDay(last) / 3_600))
        for day in firstDay...max(firstDay, lastDay) where live.contains(CivilClock.week(day)) && !holidays.contains(day) {
            for hour in 0..<24 where (day > firstDay || hour >= firstHour) && (day < lastDay || hour <= lastHour) {
                seen[CivilClock.weekday(day)][hour] += 1
            }
        }
        let all = seen.joined().reduce(0, +)
        let share = all > 0 ? min(1, active.joined().reduce(0, +) / all) : 0
        for hour in 0..<24 {
            // A weekday that was seen less than twice is taken to be like the others.
            let pooled = Self.nats(active.reduce(0) { $0 + $1[hour] }, seen.reduce(0) { $0 + $1[hour] }, share)
            for weekday in 0..<7 {
                let count = seen[weekday][hour]
                nats[weekday][hour] = count < 2 ? pooled : Self.nats(active[weekday][hour], count, share)
            }
            holidayNats[hour] = nats.map { $0[hour] }.min() ?? 0
        }
    }

    /// Two hours more that are like all hours keep what was seen a few times from being certain; nothing is more certain than that many sights make it.
    private static func nats(_ active: Double, _ seen: Double, _ share: Double) -> Double {
        -log(1 - min((active + 2 * share) / (seen + 2), (seen + 0.5) / (seen + 1)))
    }

    /// - Parameter day: of the local calendar, as ``CivilClock`` counts.
    func isHoliday(_ day: Int64) -> Bool { holidays.contains(day) }

    /// How surprising it is that nothing came from one time to another.
    func surprise(_ from: Int64, _ to: Int64) -> Double {
        guard to > from else { return 0 }
        var total = 0.0
        var time = from
        while time < to {
            let end = min(to, (CivilClock.floor(time, 3_600) + 1) * 3_600)
            let day = clock.day(time)
            let hour = Int(clock.timeOfDay(time) / 3_600)
            let whole = holidays.contains(day) ? holidayNats[hour] : nats[CivilClock.weekday(day)][hour]
            total += whole * Double(end - time) / 3_600
            time = end
        }
        return total
    }
}
