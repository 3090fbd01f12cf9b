/// When a source was active: per hour the number of events, the first and the last. Needs no order, and merges.
///
/// Stamps that can't be true are counted and not believed: later than ``latest`` (a clock that ran ahead, a forger), or before 1990 (a clock that lost
/// its battery). Bounded by the hours between the two.
package struct ActivityTimeline: Sendable {
    package struct Hour: Hashable, Sendable {
        package var count: Int
        package var first: Int64
        package var last: Int64

        package init(count: Int, first: Int64, last: Int64) {
            self.count = count
            self.first = first
            self.last = last
        }
    }

    /// 1990-01-01: no log that anybody must keep is older.
    package static let earliest: Int64 = 631_152_000
    /// How far a stamp may lie behind the moment of looking and still be believed: clocks differ, and reading takes time. Seconds.
    package static let clockTolerance: Int64 = 3_600

    /// Seconds since 1970.
    package let latest: Int64
    /// Events that were not believed.
    package private(set) var tooLate = 0
    package private(set) var tooEarly = 0
    /// By hours since 1970.
    private var hours: [Int64: Hour] = [:]
    /// The hour of the last event, kept out of the dictionary.
    private var currentHour: Int64 = .min
    private var current = Hour(count: 0, first: .max, last: .min)

    /// - Parameter latest: the moment of looking and ``clockTolerance``; later stamps aren't believed. Without it the year 2100.
    package init(latest: Int64 = 4_102_444_800) { self.latest = min(latest, 4_102_444_800) }

    /// Seconds since 1970.
    @inline(__always)
    package mutating func add(_ time: Int64) {
        guard time <= latest, time >= Self.earliest else { return disbelieve(time) }
        let hour = time / 3_600
        if hour != currentHour {
            flush()
            currentHour = hour
        }
        current.count += 1
        if time < current.first { current.first = time }
        if time > current.last { current.last = time }
    }

    private mutating func disbelieve(_ time: Int64) {
        if time > latest { tooLate += 1 } else { tooEarly += 1 }
    }

    package mutating func merge(_ other: ActivityTimeline) {
        var other = other
        other.flush()
        flush()
        for (hour, activity) in other.hours { absorb(hour, activity) }
        tooLate += other.tooLate
        tooEarly += other.tooEarly
    }

    /// Ordered by time.
    package func sorted() -> [Hour] {
        var copy = self
        copy.flush()
        return copy.hours.sorted { $0.key < $1.key }.map(\.value)
    }

    private mutating func flush() {
        if current.count > 0 { absorb(currentHour, current) }
        current = Hour(count: 0, first: .max, last: .min)
        currentHour = .min
    }

    private mutating func absorb(_ hour: Int64, _ activity: Hour) {
        guard let there = hours[hour] else {
            hours[hour] = activity
            return
        }
        hours[hour] = Hour(count: there.count + activity.count, first: min(there.first, activity.first), last: max(there.last, activity.last))
    }
}
