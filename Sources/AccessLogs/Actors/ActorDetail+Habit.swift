/// How often a quantity was how large: 24 steps, each twice the one before.
package struct OctaveCounts: Sendable {
    private var counts = InlineArray<24, UInt8>(repeating: 0)
    package private(set) var total: UInt32 = 0

    package init() {}

    private static func step(_ value: UInt64) -> Int { min(23, 64 - value.leadingZeroBitCount) }

    mutating func add(_ value: UInt64) {
        let step = Self.step(value)
        total &+= 1
        if counts[step] < .max { counts[step] += 1 }
    }

    mutating func merge(_ other: OctaveCounts) {
        total &+= other.total
        for step in 0..<24 { counts[step] = UInt8(clamping: Int(counts[step]) + Int(other.counts[step])) }
    }

    /// The upper bound of the step below which `share` of the values lie; 0 when there are none.
    package func quantile(_ share: Double) -> UInt64 {
        var all = 0
        for step in 0..<24 { all += Int(counts[step]) }
        guard all > 0 else { return 0 }
        var left = (Double(all) * share).rounded(.up)
        for step in 0..<24 {
            left -= Double(counts[step])
            if left <= 0 { return 1 << UInt64(step) }
        }
        return 1 << 24
    }
}

/// What an identity takes on a usual day, and on a usual night.
package struct DailyHabit: Sendable {
    private var day: UInt32 = .max
    private var volume: UInt64 = 0
    private var bytes: UInt64 = 0
    private var night: UInt32 = .max
    private var nightVolume: UInt64 = 0
    /// Of days and nights with reads. Bytes in units of 1 KiB.
    package private(set) var volumes = OctaveCounts()
    package private(set) var kibibytes = OctaveCounts()
    package private(set) var nightVolumes = OctaveCounts()
    package private(set) var peakVolume: UInt64 = 0
    package private(set) var peakBytes: UInt64 = 0
    package private(set) var peakNight: UInt64 = 0
    /// When the richest night began, and where its first read stands.
    package private(set) var peakNightTimes: (from: UInt32, to: UInt32) = (0, 0)
    package private(set) var peakNightPlace = Place.none
    private var nightTimes: (from: UInt32, to: UInt32) = (0, 0)
    private var nightPlace = Place.none
    /// Of the most distinct records of one episode.
    package private(set) var peakRecords: UInt32 = 0
    package private(set) var activeDays: UInt32 = 0
    private var activeDay: UInt32 = .max

    package init() {}

    @inline(__always)
    mutating func see(_ digest: EventDigest, _ settings: DetectionSettings) {
        let local = UInt32(truncatingIfNeeded: Int64(digest.time) + settings.zoneOffset)
        let today = local / 86_400
        if today != activeDay {
            // Out of order by minutes around midnight: the day before is not counted again.
            if activeDay == .max || today > activeDay { (activeDay, activeDays) = (today, activeDays &+ 1) }
        }
        guard ActorDetail.isRead(digest) else { return }
        if today != day { turn(to: today) }
        let records = UInt64(max(1, digest.rows))
        volume &+= records
        bytes &+= digest.bytes
        if !settings.isBusinessHour(Int(local % 86_400 / 3_600)) { countNight(digest, local, records) }
    }

    private mutating func turn(to today: UInt32) {
        flushDay()
        day = today
    }

    private mutating func countNight(_ digest: EventDigest, _ local: UInt32, _ records: UInt64) {
        // A night belongs to the day on which it began: noon to noon.
        let tonight = (local &- 43_200) / 86_400
        if tonight != night {
            flushNight()
            night = tonight
            nightTimes = (digest.time, digest.time)
            nightPlace = Place(digest)
        }
        nightTimes.to = max(nightTimes.to, digest.time)
        nightVolume &+= records
    }

    private mutating func flushDay() {
        if volume > 0 {
            volumes.add(volume)
            kibibytes.add(bytes >> 10)
            peakVolume = max(peakVolume, volume)
            peakBytes = max(peakBytes, bytes)
        }
        (volume, bytes) = (0, 0)
    }

    private mutating func flushNight() {
        if nightVolume > 0 {
            nightVolumes.add(nightVolume)
            if nightVolume > peakNight { (peakNight, peakNightTimes, peakNightPlace) = (nightVolume, nightTimes, nightPlace) }
        }
        nightVolume = 0
    }

    mutating func seeEpisode(records: Int) { peakRecords = max(peakRecords, UInt32(clamping: records)) }

    mutating func finish() {
        flushDay()
        flushNight()
    }
}
