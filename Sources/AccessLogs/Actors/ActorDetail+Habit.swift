import Glibc

/// A quantity's usual size, day by day: mean and spread of its logarithm, so that one huge day hardly moves them.
package struct UsualSize: Sendable {
    private var sum: Float = 0
    private var squares: Float = 0
    package private(set) var count: UInt32 = 0

    package init() {}

    mutating func add(_ value: UInt64) {
        let size = log2f(Float(value) + 1)
        sum += size
        squares += size * size
        count &+= 1
    }

    /// Whether a value of one day is nothing unusual beside the other days.
    /// - Parameters:
    ///   - factor: so many times the usual size is never unusual.
    ///   - deviations: nor are so many standard deviations.
    package func covers(_ value: UInt64, factor: Double, deviations: Double) -> Bool {
        guard count >= 2 else { return false }
        // The day itself is among those that were counted.
        let size = Double(log2f(Float(value) + 1))
        let others = Double(count) - 1
        let mean = (Double(sum) - size) / others
        let variance = max(0, (Double(squares) - size * size) / others - mean * mean)
        return size < mean + max(log2(factor), deviations * variance.squareRoot())
    }

    /// The geometric mean.
    package var usual: UInt64 { count == 0 ? 0 : UInt64(exp2f(min(62, max(0, sum / Float(count))))) }
}

/// What an identity reads on its days and nights.
package struct DailyHabit: Sendable {
    /// What was read since midnight, or since noon.
    private struct Part: Sendable {
        var key: UInt32 = .max
        var reads: UInt64 = 0
        var rows: UInt64 = 0
        var bytes: UInt64 = 0
        var walked: UInt32 = 0
    }

    /// The richest night.
    package struct Night: Sendable {
        package var reads: UInt64 = 0
        package var rows: UInt64 = 0
        package var bytes: UInt64 = 0
        package var from: UInt32 = 0
        package var to: UInt32 = 0
        package var place = LinePlace.none
        package var address = Identity.none
        package var shape: UInt64 = 0
    }

    /// Of days with reads.
    package private(set) var reads = UsualSize()
    package private(set) var rows = UsualSize()
    package private(set) var kibibytes = UsualSize()
    /// Of nights with reads.
    package private(set) var nightReads = UsualSize()
    package private(set) var peakReads: UInt64 = 0
    package private(set) var peakRows: UInt64 = 0
    package private(set) var peakBytes: UInt64 = 0
    package private(set) var peakNight = Night()
    /// Of the most distinct records of one episode.
    package private(set) var peakRecords: UInt32 = 0
    /// Days with any event, with reads in business hours, with long walks through record numbers.
    package private(set) var activeDays: UInt32 = 0
    package private(set) var workDays: UInt32 = 0
    package private(set) var walkDays: UInt32 = 0
    private var today = Part()
    private var tonight = Night()
    private var tonightKey: UInt32 = .max
    private var activeDay: UInt32 = .max
    private var workDay: UInt32 = .max

    /// So many steps from number to number make a day one of walking.
    private static let walk: UInt32 = 30

    package init() {}

    @inline(__always)
    mutating func see(_ digest: EventDigest, isRead: Bool, _ settings: DetectionSettings) {
        let local = UInt32(truncatingIfNeeded: Int64(digest.time) + settings.zoneOffset)
        let day = local / 86_400
        // Out of order by minutes around midnight: the day before is not counted again.
        if activeDay == .max || day > activeDay { (activeDay, activeDays) = (day, activeDays &+ 1) }
        guard isRead else { return }
        if day != today.key {
            endDay()
            today = Part(key: day)
        }
        today.reads &+= 1
        today.rows &+= UInt64(digest.rows)
        today.bytes &+= digest.bytes
        if settings.isBusinessHour(Int(local % 86_400 / 3_600)) {
            if day != workDay { (workDay, workDays) = (day, workDays &+ 1) }
        } else {
            countNight(digest, local)
        }
    }

    /// Steps of a long walk through record numbers, today.
    @inline(__always)
    mutating func walked(_ steps: UInt32) {
        let before = today.walked
        today.walked &+= steps
        if before < Self.walk, today.walked >= Self.walk { walkDays &+= 1 }
    }

    private mutating func countNight(_ digest: EventDigest, _ local: UInt32) {
        // A night belongs to the day on which it began: noon to noon.
        let key = (local &- 43_200) / 86_400
        if key != tonightKey {
            endNight()
            tonightKey = key
            tonight = Night(
                from: digest.time, to: digest.time, place: LinePlace(digest), address: Identity(high: digest.high, low: digest.low),
                shape: digest.shape)
        }
        tonight.to = max(tonight.to, digest.time)
        tonight.reads &+= 1
        tonight.rows &+= UInt64(digest.rows)
        tonight.bytes &+= digest.bytes
    }

    private mutating func endDay() {
        guard today.reads > 0 else { return }
        reads.add(today.reads)
        if today.rows > 0 { rows.add(today.rows) }
        kibibytes.add(today.bytes >> 10)
        peakReads = max(peakReads, today.reads)
        peakRows = max(peakRows, today.rows)
        peakBytes = max(peakBytes, today.bytes)
    }

    private mutating func endNight() {
        guard tonight.reads > 0 else { return }
        nightReads.add(tonight.reads)
        if tonight.reads > peakNight.reads { peakNight = tonight }
    }

    mutating func endEpisode(records: Int) { peakRecords = max(peakRecords, UInt32(clamping: records)) }

    mutating func finish() {
        endDay()
        endNight()
        today = Part()
        tonight = Night()
    }
}

/// How large a shape's answers are: a count for each of 32 sizes, each twice the one before.
package struct OctaveCounts: Sendable {
    private var counts = InlineArray<32, UInt16>(repeating: 0)
    package private(set) var total: UInt32 = 0

    package init() {}

    mutating func add(_ value: UInt64) {
        let step = min(31, 64 - value.leadingZeroBitCount)
        total &+= 1
        if counts[step] < .max { counts[step] += 1 }
    }

    mutating func merge(_ other: OctaveCounts) {
        total &+= other.total
        for step in 0..<32 { counts[step] = UInt16(clamping: Int(counts[step]) + Int(other.counts[step])) }
    }

    /// The upper bound of the size below which `share` of the values lie; 0 when there are none.
    package func quantile(_ share: Double) -> UInt64 {
        var all = 0
        for step in 0..<32 { all += Int(counts[step]) }
        guard all > 0 else { return 0 }
        var left = (Double(all) * share).rounded(.up)
        for step in 0..<32 {
            left -= Double(counts[step])
            if left <= 0 { return 1 << UInt64(step) }
        }
        return 1 << 32
    }
}
