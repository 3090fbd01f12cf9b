package import Foundation

/// Turns a time zone's civil time into UTC, for stamps that name no zone. Asks the zone's rules once for each day that lines come from.
///
/// An hour that exists twice (the end of summer time) is taken so that time doesn't run backwards against the stamp before; without one, or where
/// neither reading follows it, the earlier is meant. An hour that doesn't exist is read with the offset from before the jump.
package struct ZoneClock {
    /// Servers write lines when requests end, some with the time they began: a step back of less than this is disorder, not the second hour.
    package static let disorder: Int64 = 120

    private let zone: TimeZone
    /// The local seconds that the offsets hold for.
    private var from = Int64.max
    private var to = Int64.min
    private var before: Int64 = 0
    private var after: Int64 = 0
    /// UTC of the change from `before` to `after`; of no meaning when they are equal.
    private var change: Int64 = 0
    private var last: Int64?

    package init(_ zone: TimeZone) { self.zone = zone }

    /// Seconds since 1970, UTC, of a moment that a clock in the zone shows.
    /// - Parameter local: seconds since 1970 as if the zone were UTC; any plausible year.
    @inline(__always)
    package mutating func utc(local: Int64) -> Int64 {
        if local < from || local >= to { load(local) }
        let utc = before == after ? local &- before : changing(local)
        last = utc
        return utc
    }

    private func changing(_ local: Int64) -> Int64 {
        let early = local &- before
        let late = local &- after
        if early < change, late < change { return early }
        if early >= change, late >= change { return late }
        // Between the two: an hour that is skipped (`early` lies behind the change, `late` before it), or one that comes twice.
        guard early < change, let last, early < last &- Self.disorder, late >= last &- Self.disorder else { return early }
        return late
    }

    /// The offsets of `local`'s day. No zone has changed twice within the 52 hours that are looked at.
    private mutating func load(_ local: Int64) {
        // Far beyond any year of four digits; nothing overflows from here.
        let local = min(max(local, -1 << 40), 1 << 40)
        let day = local - ((local % 86_400) + 86_400) % 86_400
        // Civil time is between 12 hours behind UTC and 14 before it.
        var low = day - 15 * 3_600
        var high = day + (24 + 13) * 3_600
        (from, to) = (day, day + 86_400)
        (before, after) = (offset(low), offset(high))
        guard before != after else { return }
        while high - low > 1 {
            let middle = (low + high) / 2
            if offset(middle) == before { low = middle } else { high = middle }
        }
        change = high
    }

    private func offset(_ utc: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(utc))))
    }
}
