import LogFormats

/// What a source as a whole did that no single identity shows: how its login forms answer, waves of logins from many addresses, how large its
/// answers usually are, tampering with the log.
///
/// One per partition, merged at the source's end into ``SourceEvidence/ledger``. An event must be counted once: by the partition of its address,
/// or of its account when it has no address, or by any when it has neither.
package struct SourceLedger: Sendable {
    package struct Form: Sendable {
        package var pages = 0
        package var redirects = 0
        package var refusals = 0
    }

    /// One hour's attempts of one user agent (0: of all).
    package struct WaveKey: Hashable, Sendable {
        package var hour: UInt32
        package var agent: UInt32
    }

    /// Who got one kind of answer.
    package struct Crowd: Sendable {
        package var addresses = DistinctSketch()
        package var accounts = DistinctSketch()
    }

    package struct Wave: Sendable {
        package var tallies = InlineArray<5, UInt32>(repeating: 0)
        package var first: UInt32 = .max
        package var last: UInt32 = 0
        /// Who was refused; who got a page, which may be a refusal, too: see ``LoginMeaning``.
        package var refused = Crowd()
        package var paged = Crowd()
        package var shape = Majority(none: UInt64(0))
        package var place = LinePlace.none
        package var unknownAccounts: UInt32 = 0
    }

    package struct Tampering: Sendable {
        package var address: Identity
        package var account: UInt64
        package var shape: UInt64
        package var time: UInt32
        package var place: LinePlace
    }

    /// Sizes of ordinary answers of one shape, by octave.
    package private(set) var sizes: [UInt64: OctaveCounts] = [:]
    package private(set) var forms: [UInt64: Form] = [:]
    package private(set) var waves: [WaveKey: Wave] = [:]
    package private(set) var tamperings: [Tampering] = []
    /// False once waves were let go of because there were too many.
    package private(set) var isComplete = true

    static let formLimit = 256
    static let waveLimit = 1 << 15
    static let sizeLimit = 4_096
    static let tamperingLimit = 4_096

    package init() {}

    /// Whether an event is one for the ledger: few are.
    @inline(__always)
    package static func concerns(_ digest: EventDigest) -> Bool {
        digest.flags.rawValue & concerning != 0 || digest.action == LogEvent.Action.login.rawValue || isSample(digest)
    }

    private static let concerning = EventFlags.isLoginRequest.rawValue | EventFlags.tampersWithLog.rawValue

    /// One ordinary answer in sixteen is enough to know what is usual.
    @inline(__always)
    private static func isSample(_ digest: EventDigest) -> Bool {
        digest.status == 200 && digest.signs == 0 && (digest.offset &* 0x9E37_79B9_7F4A_7C15) >> 60 == 0
    }

    package mutating func count(_ digest: EventDigest) {
        if digest.flags.contains(.tampersWithLog), tamperings.count < Self.tamperingLimit {
            tamperings.append(
                Tampering(
                    address: Identity(high: digest.high, low: digest.low), account: digest.account, shape: digest.shape, time: digest.time,
                    place: LinePlace(digest)))
        }
        if Self.isSample(digest), digest.shape != 0, sizes.count < Self.sizeLimit || sizes[digest.shape] != nil {
            sizes[digest.shape, default: OctaveCounts()].add(digest.bytes)
        }
        guard let sign = LoginSign.of(digest) else { return }
        countForm(sign, digest.shape)
        countWave(WaveKey(hour: digest.time / 3_600, agent: 0), sign, digest)
        if digest.agent != 0 { countWave(WaveKey(hour: digest.time / 3_600, agent: digest.agent), sign, digest) }
    }

    private mutating func countForm(_ sign: LoginSign, _ shape: UInt64) {
        guard sign != .success, sign != .failure, forms.count < Self.formLimit || forms[shape] != nil else { return }
        switch sign {
        case .page: forms[shape, default: Form()].pages += 1
        case .redirect: forms[shape, default: Form()].redirects += 1
        default: forms[shape, default: Form()].refusals += 1
        }
    }

    private mutating func countWave(_ key: WaveKey, _ sign: LoginSign, _ digest: EventDigest) {
        let identity = Identity(high: digest.high, low: digest.low)
        Self.update(&waves[key, default: Wave()], sign, identity, digest)
        if waves.count > Self.waveLimit { shed() }
    }

    private static func update(_ wave: inout Wave, _ sign: LoginSign, _ identity: Identity, _ digest: EventDigest) {
        wave.tallies[sign.rawValue] &+= 1
        if digest.time < wave.first { (wave.first, wave.place) = (digest.time, LinePlace(digest)) }
        wave.last = max(wave.last, digest.time)
        switch sign {
        case .failure, .refused: add(identity, digest.account, &wave.refused)
        case .page: add(identity, digest.account, &wave.paged)
        case .success, .redirect: break
        }
        wave.shape.vote(digest.shape)
        if digest.flags.contains(.isUnknownAccount) { wave.unknownAccounts &+= 1 }
    }

    private static func add(_ identity: Identity, _ account: UInt64, _ crowd: inout Crowd) {
        crowd.addresses.insert(identity.word)
        if account != 0 { crowd.accounts.insert(account) }
    }

    /// Waves of one or two attempts are let go of first.
    private mutating func shed() {
        isComplete = false
        var bar: UInt32 = 2
        while waves.count > Self.waveLimit / 2 {
            waves = waves.filter { $0.value.attempts > bar }
            bar *= 2
        }
    }

    /// Waves and tamperings that ended before are let go of; what is usual stays.
    mutating func forget(before time: UInt32) {
        waves = waves.filter { $0.value.last >= time }
        tamperings.removeAll { $0.time < time }
    }

    package mutating func merge(_ other: SourceLedger) {
        isComplete = isComplete && other.isComplete
        for (shape, sizes) in other.sizes { self.sizes[shape, default: OctaveCounts()].merge(sizes) }
        for (shape, form) in other.forms {
            forms[shape, default: Form()].pages += form.pages
            forms[shape, default: Form()].redirects += form.redirects
            forms[shape, default: Form()].refusals += form.refusals
        }
        for (key, wave) in other.waves { waves[key, default: Wave()].merge(wave) }
        tamperings += other.tamperings.prefix(max(0, Self.tamperingLimit - tamperings.count))
    }
}

extension SourceLedger.Crowd {
    mutating func merge(_ other: SourceLedger.Crowd) {
        addresses.merge(other.addresses)
        accounts.merge(other.accounts)
    }
}

extension SourceLedger.Wave {
    var attempts: UInt32 { LoginSign.allCases.reduce(0) { $0 &+ tallies[$1.rawValue] } }

    mutating func merge(_ other: SourceLedger.Wave) {
        for sign in LoginSign.allCases { tallies[sign.rawValue] &+= other.tallies[sign.rawValue] }
        if other.first < first { (first, place) = (other.first, other.place) }
        last = max(last, other.last)
        refused.merge(other.refused)
        paged.merge(other.paged)
        shape.merge(other.shape)
        unknownAccounts &+= other.unknownAccounts
    }
}

extension Identity {
    /// The first address of its /24 (IPv4) or /48 (IPv6): attackers change the rest more easily.
    var network: Identity {
        high == 0 && low >> 32 == 0xFFFF ? Identity(high: 0, low: low & ~0xFF) : Identity(high: high & ~0xFFFF, low: 0)
    }
}
