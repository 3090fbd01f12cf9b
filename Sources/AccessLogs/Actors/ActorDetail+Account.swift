import LogFormats

/// What is kept of an account beyond its activity: where it is used from, its travels, its silences, its dumps. All bounded.
package struct AccountLife: Sendable {
    /// An address that the account is used from.
    package struct Companion: Sendable {
        package var identity: Identity
        package var region: UInt16
        package var day: UInt32
        package var days: UInt32 = 1
        package var first: UInt32
        package var last: UInt32
        package var events: UInt32 = 0
        package var reads: UInt32 = 0
        package var rows: UInt64 = 0
        package var bytes: UInt64 = 0
        package var interactive: UInt32 = 0
        package var isBastion = false
        package var place: LinePlace
        package var shape: UInt64 = 0
        package var agent: UInt32 = 0
    }

    /// Two uses with success, one after the other, from two regions.
    package struct Jump: Sendable {
        package var fromRegion: UInt16
        package var toRegion: UInt16
        package var left: UInt32
        package var arrived: UInt32
        package var origin: Identity
        package var destination: Identity
        package var place: LinePlace
    }

    /// A use with success after a long silence, and what came of it within ``workSpan``.
    package struct Waking: Sendable {
        package var silentSince: UInt32
        /// The account's longest silence before, and the days that it had been used on.
        package var longestBefore: UInt32
        package var daysBefore: UInt32
        package var time: UInt32
        package var place: LinePlace
        package var address: Identity
        package var reads: UInt32 = 0
        package var rows: UInt64 = 0
        package var bytes: UInt64 = 0
        package var requests: UInt32 = 0
        package var privileged: UInt32 = 0
        package var last: UInt32
    }

    package struct Dump: Sendable {
        package var time: UInt32
        package var last: UInt32
        package var address: Identity
        package var statements: UInt32 = 1
        package var rows: UInt64
        package var shape: UInt64
        package var place: LinePlace
        package var agent: UInt32
    }

    static let companionLimit = 12
    static let jumpLimit = 48
    static let dumpLimit = 320
    /// A silence from which an account is dormant: two months. Leave and monthly work stay below.
    static let dormancy: UInt32 = 60 * 86_400
    private static let workSpan: UInt32 = 2 * 86_400
    /// A dump is many statements; after a silence like this another begins.
    private static let dumpGap: UInt32 = 2 * 3_600

    package private(set) var companions: [Companion] = []
    package private(set) var jumps: [Jump] = []
    package private(set) var wakings: [Waking] = []
    package private(set) var dumps: [Dump] = []
    private var longestSilence: UInt32 = 0
    private var usedDays: UInt32 = 0
    private var lastSeen: UInt32 = 0
    private var region: UInt16 = 0
    private var regionTime: UInt32 = 0
    private var regionAddress = Identity.none

    /// - Parameter lastSeen: when the account was used before this is kept of it; 0 for never.
    init(lastSeen: UInt32) {
        self.lastSeen = lastSeen
        usedDays = lastSeen == 0 ? 0 : 1
    }

    /// Whether the event shows that the account was let in.
    @inline(__always)
    static func isUse(_ digest: EventDigest) -> Bool {
        digest.status == 0
            ? digest.outcome == LogEvent.Outcome.success.rawValue
                || digest.outcome != LogEvent.Outcome.failure.rawValue && digest.action != LogEvent.Action.login.rawValue
                    && digest.action != LogEvent.Action.connect.rawValue && digest.action != LogEvent.Action.disconnect.rawValue
            : digest.status < 400
    }

    mutating func count(_ digest: EventDigest, _ settings: DetectionSettings) {
        guard Self.isUse(digest) else { return }
        countSilence(digest)
        if digest.hasAddress {
            countCompanion(digest, settings)
            countRegion(digest)
        }
        if DatabaseWork.concerns(digest), DatabaseWork.isDump(digest) { countDump(digest) }
    }

    private mutating func countSilence(_ digest: EventDigest) {
        if lastSeen != 0, digest.time > lastSeen {
            let silence = digest.time - lastSeen
            if silence >= Self.dormancy, wakings.count < 4 {
                wakings.append(
                    Waking(
                        silentSince: lastSeen, longestBefore: longestSilence, daysBefore: usedDays, time: digest.time, place: LinePlace(digest),
                        address: Identity(high: digest.high, low: digest.low), last: digest.time))
            }
            longestSilence = max(longestSilence, silence)
            // A day of 24 hours since the last use will do.
            if silence >= 8 * 3_600 { usedDays &+= 1 }
        } else if lastSeen == 0 {
            usedDays = 1
        }
        lastSeen = max(lastSeen, digest.time)
        guard let index = wakings.indices.last, digest.time &- wakings[index].time <= Self.workSpan else { return }
        wakings[index].requests &+= 1
        wakings[index].last = digest.time
        if wakings[index].address.isNone { wakings[index].address = Identity(high: digest.high, low: digest.low) }
        if ActorDetail.isRead(digest) {
            wakings[index].reads &+= 1
            wakings[index].rows &+= UInt64(digest.rows)
            wakings[index].bytes &+= digest.bytes
        }
        let isPrivileged = digest.action == LogEvent.Action.command.rawValue || digest.action == LogEvent.Action.change.rawValue
        if isPrivileged || digest.flags.contains(.isAdministration) { wakings[index].privileged &+= 1 }
    }

    private mutating func countCompanion(_ digest: EventDigest, _ settings: DetectionSettings) {
        let identity = Identity(high: digest.high, low: digest.low)
        let index: Int
        if let there = companions.firstIndex(where: { $0.identity == identity }) {
            index = there
        } else {
            let fresh = Companion(
                identity: identity, region: digest.region, day: settings.day(digest.time), first: digest.time, last: digest.time,
                place: LinePlace(digest)
            )
            index = place(for: fresh)
        }
        let today = settings.day(digest.time)
        if today > companions[index].day { (companions[index].day, companions[index].days) = (today, companions[index].days &+ 1) }
        companions[index].last = max(companions[index].last, digest.time)
        companions[index].events &+= 1
        if digest.flags.contains(.isBastion) { companions[index].isBastion = true }
        if digest.flags.contains(.isInteractive) {
            companions[index].interactive &+= 1
            companions[index].agent = digest.agent
        }
        guard ActorDetail.isRead(digest) else { return }
        companions[index].reads &+= 1
        companions[index].rows &+= UInt64(digest.rows)
        companions[index].bytes &+= digest.bytes
        companions[index].shape = digest.shape
    }

    /// When there are too many, the one that did least gives way.
    private mutating func place(for fresh: Companion) -> Int {
        guard companions.count >= Self.companionLimit else {
            companions.append(fresh)
            return companions.count - 1
        }
        var least = 0
        for index in companions.indices where Self.worth(companions[index]) < Self.worth(companions[least]) { least = index }
        companions[least] = fresh
        return least
    }

    private static func worth(_ companion: Companion) -> UInt64 {
        UInt64(companion.days) &* 16 &+ UInt64(companion.reads) &+ UInt64(companion.interactive) &* 4
    }

    private mutating func countRegion(_ digest: EventDigest) {
        // Who comes from an inner network is at home, as far as a log can tell.
        let place = digest.region == 0 && isPrivate(digest) ? Self.home : digest.region
        guard place != 0 else { return }
        if region != 0, region != place, digest.time >= regionTime, digest.time - regionTime < 86_400, jumps.count < Self.jumpLimit {
            jumps.append(
                Jump(
                    fromRegion: region, toRegion: place, left: regionTime, arrived: digest.time, origin: regionAddress,
                    destination: Identity(high: digest.high, low: digest.low), place: LinePlace(digest)))
        }
        guard digest.time >= regionTime else { return }
        (region, regionTime, regionAddress) = (place, digest.time, Identity(high: digest.high, low: digest.low))
    }

    /// Mainland China.
    package static let home: UInt16 = 0x434E

    /// RFC 1918.
    private func isPrivate(_ digest: EventDigest) -> Bool {
        guard digest.high == 0, digest.low >> 32 == 0xFFFF else { return false }
        let address = UInt32(truncatingIfNeeded: digest.low)
        return address >> 24 == 10 || address >> 20 == 0xAC1 || address >> 16 == 0xC0A8
    }

    private mutating func countDump(_ digest: EventDigest) {
        let address = Identity(high: digest.high, low: digest.low)
        if let index = dumps.indices.last, dumps[index].address == address, digest.time <= dumps[index].last &+ Self.dumpGap {
            dumps[index].last = max(dumps[index].last, digest.time)
            dumps[index].statements &+= 1
            dumps[index].rows &+= UInt64(digest.rows)
            return
        }
        guard dumps.count < Self.dumpLimit else { return }
        dumps.append(
            Dump(
                time: digest.time, last: digest.time, address: address, rows: UInt64(digest.rows), shape: digest.shape, place: LinePlace(digest),
                agent: digest.agent))
    }
}
