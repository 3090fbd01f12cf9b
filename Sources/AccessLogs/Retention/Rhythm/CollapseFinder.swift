/// Finds days on which a source wrote next to nothing: a level that was turned down, a server that was left out, lines that were cut.
///
/// A day is compared with what was usual on such a weekday before: the highest median of six such days in a row. So growth is no collapse of the days
/// before it, and a fall that lasts stays one.
struct CollapseFinder {
    /// Collapses are looked for in sources with this many events a day; the days of others differ by chance.
    private static let busyDay = 100
    /// Less than the usual number over this is a collapse.
    private static let fraction = 10
    private static let medianDays = 6
    private static let fewestDays = 2

    private let counts: [Int64: Int]
    private let rhythm: SourceRhythm

    init(_ hours: [ActivityTimeline.Hour], _ rhythm: SourceRhythm) {
        var counts: [Int64: Int] = [:]
        for hour in hours { counts[rhythm.clock.day(hour.first), default: 0] += hour.count }
        self.counts = counts
        self.rhythm = rhythm
    }

    /// - Parameter isWanted: whether the time from one moment to another is to be looked at.
    func collapses(where isWanted: (Int64, Int64) -> Bool) -> [LogGap] {
        guard let first = counts.keys.min(), let last = counts.keys.max(), last - first >= 14 else { return [] }
        var before = [[Int]](repeating: [], count: 7)
        var usual = [Int](repeating: 0, count: 7)
        var found: [LogGap] = []
        // The first and the last day are cut by rotation and by the moment of looking.
        for day in (first + 1)..<last {
            let weekday = CivilClock.weekday(day)
            let count = counts[day] ?? 0
            let isHoliday = rhythm.isHoliday(day)
            // On a holiday no more is expected than on the quietest weekday.
            let expected = isHoliday ? usual.min() ?? 0 : usual[weekday]
            let (from, to) = (rhythm.clock.start(ofDay: day), rhythm.clock.start(ofDay: day + 1))
            if expected >= Self.busyDay, count * Self.fraction < expected, isWanted(from, to) {
                Self.append(LogGap(kind: .collapse(events: count, usual: expected), from: from, to: to), to: &found)
            }
            guard !isHoliday else { continue }
            before[weekday] = (before[weekday] + [count]).suffix(Self.medianDays)
            if before[weekday].count >= Self.fewestDays {
                // The lower one of two in the middle: a spike in a short past is not usual.
                usual[weekday] = max(usual[weekday], before[weekday].sorted()[(before[weekday].count - 1) / 2])
            }
        }
        return found
    }

    /// Neighbouring days are one collapse.
    private static func append(_ gap: LogGap, to found: inout [LogGap]) {
        guard let last = found.last, last.to == gap.from, case .collapse(let events, let usual) = last.kind,
            case .collapse(let more, let moreUsual) = gap.kind
        else { return found.append(gap) }
        found[found.count - 1] = LogGap(kind: .collapse(events: events + more, usual: usual + moreUsual), from: last.from, to: gap.to)
    }
}
