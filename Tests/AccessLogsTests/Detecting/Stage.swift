import AccessLogs
import Foundation
import Geography
import LogFormats
import Network

/// A source made of digests: ordinary people, machines and attackers come on stage, the judge looks at them.
struct Stage {
    /// 2026-03-02 00:00 in Shanghai, a Monday.
    static let start: UInt32 = 1_772_380_800
    static let day: UInt32 = 86_400
    static let hour: UInt32 = 3_600

    var family = LogFormat.Family.web
    var settings = DetectionSettings(now: Date(timeIntervalSince1970: TimeInterval(start + 200 * day)))
    private var digests: [EventDigest] = []

    init(_ family: LogFormat.Family = .web) throws {
        self.family = family
        settings.resolver = RegionResolver(database: try RegionDatabase())
    }

    static func address(_ text: String) -> Identity {
        guard let address = IPAddress(text) else { return .none }
        return Identity(high: address.high, low: address.family == .v4 ? 0xFFFF << 32 | address.low : address.low)
    }

    mutating func add(_ digest: EventDigest) { digests.append(digest) }

    // MARK: What comes on stage

    /// A request that is answered 200 with data.
    mutating func read(
        _ time: UInt32, _ address: String, account: String = "", record: UInt64? = nil, shape: UInt64 = 7, agent: UInt32 = 1, bytes: UInt64 = 2_000,
        rows: UInt32 = 0, flags: EventFlags = []
    ) {
        var digest = request(time, address, account: account, status: 200, shape: shape, agent: agent, bytes: bytes)
        digest.flags = flags.union(.bringsData)
        digest.rows = rows
        if let record { digest.record = record }
        add(digest)
    }

    func request(
        _ time: UInt32, _ address: String, account: String = "", status: UInt16, shape: UInt64 = 3, agent: UInt32 = 1, bytes: UInt64 = 500
    ) -> EventDigest {
        var digest = EventDigest()
        let identity = Self.address(address)
        (digest.high, digest.low) = (identity.high, identity.low)
        digest.time = time
        digest.action = LogEvent.Action.request.rawValue
        digest.status = status
        digest.shape = shape
        digest.agent = agent
        digest.bytes = bytes
        if !account.isEmpty {
            digest.account = AccountHash.of(account)
            if let address = IPAddress(address) { digest.region = settings.resolver?.verdict(of: address).region.code?.packed ?? 0 }
        }
        return digest
    }

    mutating func webLogin(_ time: UInt32, _ address: String, account: String = "", status: UInt16, agent: UInt32 = 1) {
        var digest = request(time, address, account: account, status: status, shape: 99, agent: agent)
        digest.flags = [.isLoginRequest, .isPost]
        add(digest)
    }

    mutating func attack(_ time: UInt32, _ address: String, _ signs: AttackSigns, status: UInt16, shape: UInt64 = 3, bytes: UInt64 = 500) {
        var digest = request(time, address, status: status, shape: shape, bytes: bytes)
        digest.signs = UInt32(signs.rawValue)
        add(digest)
    }

    /// sshd, a database.
    mutating func login(_ time: UInt32, _ address: String, _ account: String, succeeds: Bool) {
        var digest = session(time, address, account, .login)
        digest.outcome = (succeeds ? LogEvent.Outcome.success : .failure).rawValue
        add(digest)
    }

    mutating func statement(_ time: UInt32, _ address: String, _ account: String, _ flags: EventFlags, rows: UInt32 = 0, shape: UInt64 = 5) {
        var digest = session(time, address, account, .query)
        digest.flags = flags
        digest.rows = rows
        digest.shape = shape
        add(digest)
    }

    func session(_ time: UInt32, _ address: String, _ account: String, _ action: LogEvent.Action) -> EventDigest {
        var digest = request(time, address, account: account, status: 0)
        digest.action = action.rawValue
        return digest
    }

    /// A staff of so many, each with some records on each working day, through the office's one address.
    mutating func staff(_ count: Int, days: UInt32, records: Int = 40, office: String = "223.5.5.5") {
        for day in 0..<days where day % 7 < 5 {
            for person in 0..<count {
                var time = Self.start + day * Self.day + 9 * Self.hour + UInt32(person) * 7
                if (person + Int(day)) % 13 == 0 { webLogin(time, office, account: "staff\(person)", status: 401) }
                webLogin(time + 5, office, account: "staff\(person)", status: 200)
                for index in 0..<(records / 2 + (person * 31 + Int(day) * 17) % records) {
                    time += 400
                    read(
                        time, office, account: "staff\(person)", record: UInt64((person * 7_919 + Int(day) * 104_729 + index * 1_299_709) % 900_000),
                        agent: UInt32(person % 9 + 1), rows: 1)
                }
            }
        }
    }

    // MARK: Judging

    /// As the engine does it: light records until a detail is deserved, everything in order of time.
    func judged() -> [Incident] {
        var evidence = SourceEvidence(name: "test", family: family)
        var addresses = Roster()
        var accounts = Roster()
        for digest in digests.sorted(by: { $0.time < $1.time }) {
            if SourceLedger.concerns(digest) { evidence.ledger.count(digest) }
            if digest.hasAddress { addresses.count(Identity(high: digest.high, low: digest.low), digest, settings) }
            if digest.account != 0 {
                accounts.count(Identity(high: 0, low: digest.account), digest, settings)
                evidence.accounts[digest.account] = "a***"
            }
        }
        var judge = IncidentJudge(settings: settings)
        let incidents = judge.judge(addresses: Array(addresses.details.values), accounts: Array(accounts.details.values), evidence: evidence)
        return incidents + judge.finish()
    }

    func kinds() -> Set<IncidentKind> { Set(judged().map(\.kind)) }

    private struct Roster {
        var details: [Identity: ActorDetail] = [:]
        private var records: [Identity: (requests: UInt32, misses: UInt32, last: UInt32)] = [:]

        mutating func count(_ identity: Identity, _ digest: EventDigest, _ settings: DetectionSettings) {
            let record = records[identity] ?? (0, 0, 0)
            if details[identity] == nil, ActorDetail.deserves(digest, requests: record.requests, misses: record.misses, last: record.last) {
                details[identity] = ActorDetail(high: identity.high, low: identity.low, lastSeen: record.last)
            }
            details[identity]?.count(digest, settings)
            let isMiss = digest.status >= 400 && digest.status < 500
            records[identity] = (record.requests + 1, record.misses + (isMiss ? 1 : 0), digest.time)
        }
    }
}
