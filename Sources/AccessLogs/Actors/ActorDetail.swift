import LogFormats

/// What one identity of a source did, in as much detail as detections need: an address, or an account.
///
/// Most addresses only ever ask for a page or two: they have a light record (``ActorTable``) and none of these. Work is counted in *episodes*;
/// one that is over is merged into the identity's life, and kept by itself when it stands out.
package struct ActorDetail: Sendable {
    /// The identity: an address's bits, or 0 and an account's hash.
    package let high: UInt64
    package let low: UInt64
    // What every event touches lies together: memory is what counting waits for.
    private var now = Activity()
    private var runs = RecordRuns()
    package private(set) var habit = DailyHabit()
    package private(set) var account = Rare<AccountLife>()
    private var lastSeen: UInt32
    /// Episodes that stood out, at most ``keptLimit``: the weightiest.
    package private(set) var kept: [Activity] = []
    package private(set) var life = Activity()

    /// - Parameter lastSeen: when the identity's event before was, which this detail doesn't get; 0 for none.
    package init(high: UInt64, low: UInt64, lastSeen: UInt32 = 0) {
        self.high = high
        self.low = low
        self.lastSeen = lastSeen
    }

    /// What the identity did before it had a detail counts, as far as its record tells.
    init(following record: ActorRecord, at time: UInt32) {
        self.init(high: record.high, low: record.low, lastSeen: record.last)
        guard record.requests > 0 else { return }
        if time >= record.last, time - record.last <= Self.silence { now.begin(with: record) } else { life.begin(with: record) }
    }

    /// When the identity was there last; seconds since 1970.
    package var lastThere: UInt32 { max(life.last, now.last) }
    package var identity: Identity { Identity(high: high, low: low) }

    private static let strongSigns: UInt32 = ~UInt32(AttackSigns.adminInterface.rawValue)
    private static let strongFlags: EventFlags = [.isDump, .writesFile, .readsWholeTable, .isInteractive, .isBastion, .tampersWithLog]

    /// Whether the event makes an identity worth a detail of its own.
    /// - Parameters:
    ///   - requests: how many events the identity had before.
    ///   - misses: how many of them were answered 4xx.
    ///   - last: when the last of them was; 0 for never.
    @inline(__always)
    package static func deserves(_ digest: EventDigest, requests: UInt32, misses: UInt32, last: UInt32 = 0) -> Bool {
        if digest.signs & strongSigns != 0 || !digest.flags.isDisjoint(with: strongFlags) { return true }
        if requests >= 128 || misses >= 8 { return true }
        if requests >= 12, digest.flags.contains(.bringsData) { return true }
        if digest.flags.contains(.isAdministration), digest.status == 200 { return true }
        // Databases and hosts know few clients; a client that got in is one of them.
        if digest.status == 0 { return requests >= 3 || digest.outcome == LogEvent.Outcome.success.rawValue || digest.flags.contains(.isRead) }
        // Most people log in once, after a page or two.
        if digest.flags.contains(.isLoginRequest), requests >= 6 || misses >= 2 { return true }
        return digest.account != 0 && (requests >= 6 || requests > 0 && digest.time > last && digest.time - last >= AccountLife.dormancy)
    }

    /// How much there is to lose when memory runs short and this detail must go: the least goes first.
    package var weight: UInt64 { UInt64(clamping: Int(min(max(life.weight, now.weight), 1e9) * 1000)) }

    /// Whether the event read data with success.
    @inline(__always)
    static func isRead(_ digest: EventDigest) -> Bool {
        digest.flags.contains(.bringsData)
            || digest.flags.contains(.isRead) && digest.outcome != LogEvent.Outcome.failure.rawValue && digest.status < 400
    }

    /// Silence that ends an episode, and the longest one episode may be: who is always there has episodes, too. Seconds.
    private static let silence: UInt32 = 3_600
    private static let longest: UInt32 = 4 * 3_600
    static let keptLimit = 16
    /// Seconds between two episodes of one stretch.
    private static let pause: UInt32 = 6 * 3_600

    /// - Returns: by how much the ``Activity/cost`` of the episodes that are kept grew.
    @discardableResult
    package mutating func count(_ digest: EventDigest, _ settings: DetectionSettings) -> Int {
        var grown = 0
        if now.requests > 0, digest.time > now.last, digest.time - now.last > Self.silence || digest.time - now.first > Self.longest {
            grown = endEpisode()
        }
        let address = Identity(high: digest.high, low: digest.low)
        let isAddress = address == identity
        let isRead = Self.isRead(digest)
        now.count(digest, isRead: isRead, counterpart: isAddress ? Identity(high: 0, low: digest.account) : address)
        habit.see(digest, isRead: isRead, settings)
        // Numbers that are missing are asked for, too.
        if digest.record != EventDigest.noRecord, !digest.flags.contains(.isStatic) {
            let before = now.runs.sequential
            runs.advance(digest, &now.runs)
            if now.runs.sequential != before { habit.walked(now.runs.sequential &- before) }
        }
        if !isAddress {
            let before = lastSeen
            account.update(AccountLife(lastSeen: before)) { $0.count(digest, settings) }
        }
        return grown
    }

    private mutating func endEpisode() -> Int {
        now.endRound()
        if now.reads >= 8 { habit.endEpisode(records: now.records.estimate) }
        life.merge(now)
        let weight = now.weight
        let grown = weight >= 1 ? keep(weight) : 0
        now = Activity()
        return grown
    }

    private mutating func keep(_ weight: Double) -> Int {
        guard kept.count >= Self.keptLimit else {
            kept.append(now)
            return now.cost
        }
        var least = 0
        var leastWeight = Double.infinity
        for index in kept.indices {
            let weight = kept[index].weight
            if weight < leastWeight { (least, leastWeight) = (index, weight) }
        }
        guard weight > leastWeight else { return 0 }
        let grown = now.cost - kept[least].cost
        kept[least] = now
        return grown
    }

    /// The cost of the episodes that are kept.
    var keptCost: Int { kept.reduce(0) { $0 + $1.cost } }

    /// Forgets episodes that stood out least, for there is no memory for them; they stay part of the identity's life.
    mutating func forget(below weight: Double) {
        guard kept.contains(where: { $0.weight < weight }) else { return }
        // A new array: an old one keeps the room that it had.
        kept = kept.filter { $0.weight >= weight }
    }

    /// Whether something could be lost with it that a detection would have told.
    var mayMatter: Bool { life.mayMatter || now.mayMatter || account.value != nil }

    /// Episodes that stood out, those that follow each other within hours as one.
    package var stretches: [Activity] {
        var joined: [Activity] = []
        for episode in kept.sorted(by: { $0.first < $1.first }) {
            if let last = joined.indices.last, episode.first <= joined[last].last &+ Self.pause {
                joined[last].merge(episode)
            } else {
                joined.append(episode)
            }
        }
        return joined
    }

    /// Ends the last episode. After this nothing is counted any more.
    mutating func finish() {
        if now.requests > 0 { _ = endEpisode() }
        habit.finish()
    }
}
