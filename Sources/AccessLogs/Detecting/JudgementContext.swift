import Geography
import LogFormats
import Network

/// What detectors of one source compare with: its span, its peers, how its login forms answer.
struct JudgementContext {
    let settings: DetectionSettings
    let thresholds: DetectionThresholds
    let evidence: SourceEvidence
    /// Seconds since 1970; both 0 for an empty source.
    let from: UInt32
    let to: UInt32
    let addressPeers: Peers
    let accountPeers: Peers

    /// What nine of ten identities stay below on their best day.
    struct Peers {
        var count = 0
        var reads: UInt64 = 0
        var rows: UInt64 = 0
        var bytes: UInt64 = 0
        var records: UInt64 = 0

        init(_ details: [ActorDetail]) {
            let readers = details.filter { $0.habit.peakReads > 0 }
            count = readers.count
            reads = Self.high(readers.map(\.habit.peakReads))
            rows = Self.high(readers.map(\.habit.peakRows))
            bytes = Self.high(readers.map(\.habit.peakBytes))
            records = Self.high(readers.map { UInt64($0.habit.peakRecords) })
        }

        private static func high(_ values: [UInt64]) -> UInt64 {
            guard !values.isEmpty else { return 0 }
            return values.sorted()[min(values.count - 1, values.count * 9 / 10)]
        }

        func isEnough(_ thresholds: DetectionThresholds) -> Bool { count >= thresholds.peersNeeded }
    }

    init(settings: DetectionSettings, thresholds: DetectionThresholds, evidence: SourceEvidence, addresses: [ActorDetail], accounts: [ActorDetail]) {
        self.settings = settings
        self.thresholds = thresholds
        self.evidence = evidence
        let all = [addresses, accounts].joined()
        from = all.map(\.life.first).min() ?? 0
        to = all.map(\.life.last).max() ?? 0
        addressPeers = Peers(addresses)
        accountPeers = Peers(accounts)
    }

    func peers(_ view: Suspicion.View) -> Peers { view == .account ? accountPeers : addressPeers }

    var days: UInt32 { (to - min(from, to)) / 86_400 + 1 }
    var isDatabase: Bool { evidence.family == .database || evidence.family == .cache }

    func region(of identity: Identity) -> Region {
        guard !identity.isNone else { return .undetermined }
        let address = IPAddress(v6High: identity.high, low: identity.low)
        if let resolver = settings.resolver { return resolver.verdict(of: address).region }
        return SpecialRange(address).map { .special($0) } ?? .undetermined
    }

    func standing(of identity: Identity) -> RegionStanding {
        let region = region(of: identity)
        return settings.resolver?.standing(of: region) ?? HongKongMacaoTaiwanPolicy.ownClass.standing(of: region)
    }

    func isForeign(_ identity: Identity) -> Bool { standing(of: identity) == .foreign }

    func isBastion(_ identity: Identity) -> Bool { contains(settings.bastions, identity) }
    func isApplicationServer(_ identity: Identity) -> Bool { contains(settings.applicationServers, identity) }

    private func contains(_ blocks: [CIDR], _ identity: Identity) -> Bool {
        guard !blocks.isEmpty, !identity.isNone else { return false }
        let address = IPAddress(v6High: identity.high, low: identity.low)
        return blocks.contains { $0.contains(address) }
    }

    /// Whether an identity is there often enough to have habits.
    func hasHabits(_ detail: ActorDetail) -> Bool {
        detail.habit.activeDays >= thresholds.habitDays && Double(detail.habit.activeDays) >= thresholds.habitShare * Double(days)
    }
}

/// How a login form answers, learnt from all its answers: refusals (401, 403, …) are always failures; a page is one where success redirects.
struct LoginMeaning {
    private let failingPages: Set<UInt64>

    init(_ ledger: SourceLedger) {
        failingPages = Set(
            ledger.forms.filter { _, form in
                // Where most attempts are an attacker's, redirects are few; where pages are successes, there are none.
                let answers = form.pages + form.redirects
                return form.redirects > 0 && form.redirects * 50 >= answers && form.pages * 200 >= answers && form.refusals * 2 < answers
            }.map(\.key))
    }

    func isFailure(_ sign: LoginSign, shape: UInt64) -> Bool {
        switch sign {
        case .failure, .refused: true
        case .page: failingPages.contains(shape)
        case .success, .redirect: false
        }
    }

    func failures(_ tries: LoginTries) -> Int {
        LoginSign.allCases.reduce(0) { $0 + (isFailure($1, shape: tries.shape.leader) ? Int(tries[$1].count) : 0) }
    }

    func successes(_ tries: LoginTries) -> Int {
        LoginSign.allCases.reduce(0) { $0 + (isFailure($1, shape: tries.shape.leader) ? 0 : Int(tries[$1].count)) }
    }

    /// The last success, when it came after enough failures for a guesser.
    func lateSuccess(_ tries: LoginTries) -> LoginTries.Tally? {
        let shape = tries.shape.leader
        let ripe = LoginSign.allCases.filter { isFailure($0, shape: shape) }.map { tries[$0].ripe }.min() ?? .max
        return LoginSign.allCases.filter { !isFailure($0, shape: shape) }.map { tries[$0] }
            .filter { $0.count > 0 && $0.last >= ripe }.max { $0.last < $1.last }
    }

    /// Who failed in a wave.
    func failed(_ wave: SourceLedger.Wave) -> SourceLedger.Crowd {
        var crowd = wave.refused
        if isFailure(.page, shape: wave.shape.leader) { crowd.merge(wave.paged) }
        return crowd
    }

    func failures(_ wave: SourceLedger.Wave) -> Int {
        LoginSign.allCases.reduce(0) { $0 + (isFailure($1, shape: wave.shape.leader) ? Int(wave.tallies[$1.rawValue]) : 0) }
    }
}
