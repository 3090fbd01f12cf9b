/// When a source was active: per hour the number of events, the first and the last. Needs no order, and merges.
package struct ActivityTimeline: Sendable {
    package struct Hour: Hashable, Sendable {
        package var count: Int
        package var first: Int64
        package var last: Int64
    }

    /// By hours since 1970. Bounded by the hours that there were.
    private var hours: [Int64: Hour] = [:]
    /// The hour of the last event, kept out of the dictionary.
    private var currentHour: Int64 = .min
    private var current = Hour(count: 0, first: .max, last: .min)

    package init() {}

    @inline(__always)
    package mutating func add(_ time: Int64) {
        let hour = time / 3_600
        if hour != currentHour {
            flush()
            currentHour = hour
        }
        current.count += 1
        if time < current.first { current.first = time }
        if time > current.last { current.last = time }
    }

    package mutating func merge(_ other: ActivityTimeline) {
        var other = other
        other.flush()
        flush()
        for (hour, activity) in other.hours { absorb(hour, activity) }
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
