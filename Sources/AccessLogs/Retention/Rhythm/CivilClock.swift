import Foundation

/// Local time of one zone over a span, with its summer times: days, hours and weekdays as people count them. Times are seconds since 1970.
struct CivilClock: Sendable {
    /// From when on which offset to UTC holds; never empty.
    private let periods: [(start: Int64, offset: Int64)]

    /// - Parameter span: outside it the offsets of its ends hold.
    init(_ zone: TimeZone, _ span: ClosedRange<Int64>) {
        func offset(_ time: Int64) -> Int64 { Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(time)))) }
        var periods = [(start: Int64.min, offset: offset(span.lowerBound))]
        var time = span.lowerBound
        while time < span.upperBound {
            let next = min(time + 86_400, span.upperBound)
            let after = offset(next)
            if let before = periods.last?.offset, after != before {
                var (low, high) = (time, next)
                while high - low > 1 {
                    let middle = low + (high - low) / 2
                    if offset(middle) == before { low = middle } else { high = middle }
                }
                periods.append((high, after))
            }
            time = next
        }
        self.periods = periods
    }

    func offset(at time: Int64) -> Int64 {
        var (low, high) = (0, periods.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if periods[middle].start <= time { low = middle } else { high = middle }
        }
        return periods[low].offset
    }

    /// Days since 1970-01-01 on the local calendar.
    func day(_ time: Int64) -> Int64 { Self.floor(time + offset(at: time), 86_400) }

    /// Seconds since local midnight, by the clock on the wall.
    func timeOfDay(_ time: Int64) -> Int64 {
        let local = time + offset(at: time)
        return local - Self.floor(local, 86_400) * 86_400
    }

    /// When a local day begins.
    func start(ofDay day: Int64) -> Int64 {
        let midnight = day * 86_400
        // The offset of that moment, not of now: tried with the offset that holds about then.
        let guess = midnight - offset(at: midnight - offset(at: midnight))
        return self.day(guess) == day ? guess : midnight - offset(at: guess)
    }

    /// 0 is Monday.
    static func weekday(_ day: Int64) -> Int { Int((day + 3) - floor(day + 3, 7) * 7) }
    /// Weeks begin on Monday.
    static func week(_ day: Int64) -> Int64 { floor(day + 3, 7) }

    static func floor(_ number: Int64, _ by: Int64) -> Int64 { number >= 0 ? number / by : -((-number + by - 1) / by) }
}
