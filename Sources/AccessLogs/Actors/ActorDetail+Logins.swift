import LogFormats

/// How a login went, as far as a line says. What a status means differs by application: the judge decides for each login form (``LoginMeaning``).
package enum LoginSign: Int, Sendable, CaseIterable {
    case success, failure
    /// A page came back, a redirect, a refusal.
    case page, redirect, refused

    /// Nil when the event is no attempt to log in, or its outcome says nothing (server error, unknown path).
    @inline(__always)
    static func of(_ digest: EventDigest) -> LoginSign? {
        if digest.status == 0 {
            guard digest.action == LogEvent.Action.login.rawValue else { return nil }
            return digest.outcome == LogEvent.Outcome.success.rawValue
                ? .success : digest.outcome == LogEvent.Outcome.failure.rawValue ? .failure : nil
        }
        let isForm = digest.flags.contains(.isLoginRequest) && digest.flags.contains(.isPost)
        guard isForm || digest.action == LogEvent.Action.login.rawValue else { return nil }
        switch digest.status {
        case 200..<300: return .page
        case 300..<400: return .redirect
        case 400...403, 422, 423, 429: return .refused
        default: return nil
        }
    }
}

/// Attempts to log in: by one address to any accounts, or to one account from any addresses. The others are the counterparts.
package struct LoginTries: Sendable {
    package struct Tally: Sendable {
        package var count: UInt32 = 0
        package var first: UInt32 = .max
        package var last: UInt32 = 0
        /// When there were ``ripeAt`` of them.
        package var ripe: UInt32 = .max
        /// Of the last.
        package var place = LinePlace.none
        package var counterpart = Identity.none
    }

    /// A success after so many failures is worth a look; the judge may ask for more.
    static let ripeAt: UInt32 = 8

    /// So many failures of the same counterpart before make a success the guesser's; owners mistype less often.
    private static let ownFailures: UInt64 = 4

    private var tallies = InlineArray<5, Tally>(repeating: Tally())
    package private(set) var first: UInt32 = .max
    package private(set) var last: UInt32 = 0
    package private(set) var firstPlace = LinePlace.none
    package private(set) var counterparts = DistinctSketch()
    package private(set) var leader = Majority(none: Identity.none)
    package private(set) var shape = Majority(none: UInt64(0))
    package private(set) var agent = Majority(none: UInt32(0))
    package private(set) var agents = SmallSketch()
    /// Attempts to the counterpart of the attempt before.
    package private(set) var repeats: UInt32 = 0
    package private(set) var unknownAccounts: UInt32 = 0
    /// Sums of distinct counterparts per round (episode).
    package private(set) var perRound: UInt32 = 0
    package private(set) var rounds: UInt32 = 0
    /// A success from a counterpart that had failed several times before, after ``ripeAt`` failures.
    package private(set) var tainted = Tally()
    /// Attempts that came as long after the one before as that after its own: by the clock.
    package private(set) var steady: UInt32 = 0
    private var failed = FailureCounts()
    private var gap: UInt32 = 0
    private var previous = Identity.none

    package subscript(sign: LoginSign) -> Tally { tallies[sign.rawValue] }

    /// Seconds from one attempt to the next, on average.
    package var pace: Double { Double(last - min(first, last)) / Double(max(1, attempts)) }

    package var attempts: UInt32 { LoginSign.allCases.reduce(0) { $0 &+ tallies[$1.rawValue].count } }

    mutating func count(_ sign: LoginSign, _ counterpart: Identity, _ digest: EventDigest) {
        countGap(digest.time)
        if digest.time < first { (first, firstPlace) = (digest.time, LinePlace(digest)) }
        last = max(last, digest.time)
        Self.add(&tallies[sign.rawValue], counterpart, digest)
        shape.vote(digest.shape)
        agent.vote(digest.agent)
        agents.insert(UInt64(digest.agent))
        if digest.flags.contains(.isUnknownAccount) { unknownAccounts &+= 1 }
        guard !counterpart.isNone else { return }
        counterparts.insert(counterpart.word)
        leader.vote(counterpart)
        if counterpart == previous { repeats &+= 1 }
        previous = counterpart
        switch sign {
        case .failure, .refused: failed.insert(counterpart.word)
        case .success, .redirect, .page:
            let failures = tallies[LoginSign.failure.rawValue].count &+ tallies[LoginSign.refused.rawValue].count
            if failures >= Self.ripeAt, failed.count(of: counterpart.word) >= Self.ownFailures { Self.add(&tainted, counterpart, digest) }
        }
    }

    private mutating func countGap(_ time: UInt32) {
        guard last != 0, time >= last else { return }
        let now = time - last
        if now >= 60, max(now, gap) - min(now, gap) <= 2 + gap / 50 { steady &+= 1 }
        gap = now
    }

    private static func add(_ tally: inout Tally, _ counterpart: Identity, _ digest: EventDigest) {
        tally.count &+= 1
        tally.first = min(tally.first, digest.time)
        if tally.count == ripeAt { tally.ripe = digest.time }
        if digest.time >= tally.last { (tally.last, tally.place, tally.counterpart) = (digest.time, LinePlace(digest), counterpart) }
    }

    /// Called when a round (an episode) is over, before it is merged into the life of its identity.
    mutating func endRound() {
        rounds = 1
        perRound = UInt32(clamping: counterparts.estimate)
    }

    mutating func merge(_ other: LoginTries) {
        for sign in LoginSign.allCases { Self.join(&tallies[sign.rawValue], other.tallies[sign.rawValue]) }
        Self.join(&tainted, other.tainted)
        if other.first < first { (first, firstPlace) = (other.first, other.firstPlace) }
        last = max(last, other.last)
        counterparts.merge(other.counterparts)
        leader.merge(other.leader)
        shape.merge(other.shape)
        agent.merge(other.agent)
        agents.merge(other.agents)
        repeats &+= other.repeats
        steady &+= other.steady
        unknownAccounts &+= other.unknownAccounts
        perRound &+= other.perRound
        rounds &+= other.rounds
        failed.merge(other.failed)
    }

    private static func join(_ tally: inout Tally, _ other: Tally) {
        if tally.ripe == .max, tally.count &+ other.count >= ripeAt { tally.ripe = other.ripe == .max ? other.last : other.ripe }
        tally.count &+= other.count
        tally.first = min(tally.first, other.first)
        if other.count > 0, other.last >= tally.last { (tally.last, tally.place, tally.counterpart) = (other.last, other.place, other.counterpart) }
    }
}

/// How often each counterpart failed, up to 15, in 256 counters that few share: good to a few dozen counterparts.
struct FailureCounts: Sendable {
    private var words = InlineArray<16, UInt64>(repeating: 0)

    private static func position(_ value: UInt64) -> (word: Int, shift: UInt64) {
        var hash = value &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
        return (Int(truncatingIfNeeded: hash >> 4 & 15), (hash & 15) << 2)
    }

    mutating func insert(_ value: UInt64) {
        let (word, shift) = Self.position(value)
        if words[word] >> shift & 15 < 15 { words[word] &+= 1 << shift }
    }

    func count(of value: UInt64) -> UInt64 {
        let (word, shift) = Self.position(value)
        return words[word] >> shift & 15
    }

    mutating func merge(_ other: FailureCounts) {
        for word in 0..<16 where other.words[word] != 0 {
            var sum: UInt64 = 0
            for shift in stride(from: UInt64(0), to: 64, by: 4) {
                sum |= min(15, (words[word] >> shift & 15) + (other.words[word] >> shift & 15)) << shift
            }
            words[word] = sum
        }
    }
}
