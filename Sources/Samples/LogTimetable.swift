import Foundation

/// How many requests come in which hour.
struct LogTimetable {
    struct Slot {
        /// Seconds since 1970: from `start` up to, not including, `end`.
        var start: Int
        var end: Int
        var visits = 0
        var thefts = 0
    }

    /// In order; together the period without its gaps, cut at every full hour.
    private(set) var slots: [Slot] = []
    /// The gaps inside the period, merged, in order.
    let gaps: [GroundTruth.Gap]

    init(from: Int, to: Int, gaps wanted: [DateInterval], visits: Int, thefts: Int, seed: UInt64) {
        var gaps: [GroundTruth.Gap] = []
        for gap in wanted.map({ (Int($0.start.timeIntervalSince1970), Int($0.end.timeIntervalSince1970)) }).sorted(by: { $0 < $1 }) {
            let start = max(gap.0, from)
            let end = min(gap.1, to)
            guard start < end else { continue }
            if let last = gaps.last, start <= last.end {
                gaps[gaps.count - 1].end = max(last.end, end)
            } else {
                gaps.append(GroundTruth.Gap(start: start, end: end))
            }
        }
        self.gaps = gaps
        var edges = gaps.flatMap { [$0.start, $0.end] } + [from, to]
        edges += stride(from: (from / 3_600 + 1) * 3_600, to: to, by: 3_600)
        edges = Set(edges).sorted()
        for (start, end) in zip(edges, edges.dropFirst()) where start < end {
            if !gaps.contains(where: { $0.start <= start && end <= $0.end }) { slots.append(Slot(start: start, end: end)) }
        }
        spread(visits, over: slots.map { Double($0.end - $0.start) * LogTimetable.rhythm[LogTimetable.hour($0.start)] }, to: \.visits)
        spread(thefts, over: nightWeights(seed: seed), to: \.thefts)
    }

    /// A few nights, between one and five o'clock in Shanghai; any slots when the period has no night.
    private func nightWeights(seed: UInt64) -> [Double] {
        let nightly = slots.indices.filter { (1..<5).contains(LogTimetable.hour(slots[$0].start)) }
        var random = SampleRandom(seed: seed, stream: 3)
        var nights = Array(Set(nightly.map { LogTimetable.day(slots[$0].start) })).sorted()
        for index in nights.indices.dropFirst().reversed() { nights.swapAt(index, random.below(index + 1)) }
        let chosen = Set(nights.prefix(5))
        return slots.map { slot in
            let isNight = nightly.isEmpty || (1..<5).contains(LogTimetable.hour(slot.start)) && chosen.contains(LogTimetable.day(slot.start))
            return isNight ? Double(slot.end - slot.start) : 0
        }
    }

    /// Largest-remainder shares that add up to `count`.
    private mutating func spread(_ count: Int, over weights: [Double], to target: WritableKeyPath<Slot, Int>) {
        let total = weights.reduce(0, +)
        guard total > 0 else { return }
        var reached = 0.0
        var given = 0
        let last = weights.lastIndex { $0 > 0 }
        for (index, weight) in weights.enumerated() {
            reached += weight
            let sum = index == last ? count : min(count, Int(reached / total * Double(count)))
            slots[index][keyPath: target] = max(0, sum - given)
            given = max(given, sum)
        }
    }

    private static func hour(_ second: Int) -> Int { (second + LogLine.shanghai) / 3_600 % 24 }
    private static func day(_ second: Int) -> Int { (second + LogLine.shanghai) / 86_400 }

    /// Visits by hour of day.
    private static let rhythm: [Double] = [
        1.2, 0.7, 0.45, 0.35, 0.35, 0.6, 1.4, 2.8, 5.2, 7.4, 7.6, 6.4, 4.6, 5.0, 6.6, 6.9, 6.2, 5.0, 4.6, 5.6, 6.6, 6.2, 4.4, 2.4,
    ]
}
