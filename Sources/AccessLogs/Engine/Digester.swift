import Findings
import Geography
import LogFormats
import Network

/// What one thread knows while a source's lines go by: turns events into digests, and counts what needs no identity.
struct Digester {
    private let plan: LinePlan
    private(set) var timeline = ActivityTimeline()
    private(set) var shapes = ShapeTable()
    private(set) var accounts = NameTable<UInt64>(limit: 100_000)
    private(set) var agents = NameTable<UInt32>(limit: 10_000)
    private(set) var statements = StatementNotes()
    private var agentKinds = AgentKinds()

    /// Later stamps are not believed.
    var latest: Int64

    init(plan: LinePlan) {
        self.plan = plan
        latest = plan.latest
    }

    enum Verdict {
        case counted
        /// Outside of the window that was asked for.
        case outside
        /// Later than now.
        case implausible
        case unparsed
    }

    /// 16 TiB: no answer is larger. A forged number counts for no more, and a million of them don't overflow what sums them up.
    private static let mostBytes: UInt64 = 1 << 44

    /// Fills `digest` but for file and offset.
    /// - Parameter dialect: of the event's statements, for logs of databases.
    mutating func take(_ event: borrowing LogEvent, _ dialect: StatementDialect?, _ digest: inout EventDigest) -> Verdict {
        guard event.time > 0 else { return .unparsed }
        guard event.time <= latest else { return .implausible }
        timeline.add(event.time)
        guard plan.window.contains(event.time) else { return .outside }
        digest = EventDigest()
        digest.time = UInt32(clamping: event.time)
        digest.status = event.status
        digest.bytes = min(UInt64(clamping: max(0, event.bytes)), Self.mostBytes)
        digest.rows = UInt32(clamping: max(0, event.rows))
        digest.action = event.action.rawValue
        digest.outcome = event.outcome.rawValue
        digest.source = plan.source
        if event.isLocal { digest.flags.insert(.isLocal) }
        let address = ForwardedFor.client(of: event, trusted: plan.trustedProxies)
        if let address { (digest.high, digest.low) = (address.high, address.family == .v4 ? 0xFFFF << 32 | address.low : address.low) }
        if let address, !plan.settings.bastions.isEmpty, plan.settings.bastions.contains(where: { $0.contains(address) }) {
            digest.flags.insert(.isBastion)
        }
        if event.action == .request { noteRequest(event, &digest) }
        if let dialect {
            noteDatabase(event, dialect, &digest)
        } else if event.action == .query {
            // A gateway's own log: the statement says which language it is in.
            noteDatabase(event, .guess(event.bytes(of: event.statement)), &digest)
        }
        if event.action == .logControl { digest.flags.insert(.tampersWithLog) }
        noteAgent(event.userAgent.isNone ? event.program : event.userAgent, event, &digest)
        noteAccount(event, address, &digest)
        // What is done to the log itself is told even when nobody is named.
        if digest.account == 0, address == nil, digest.flags.contains(.tampersWithLog) { digest.account = AccountHash.nobody }
        return .counted
    }

    @inline(__always)
    private mutating func noteRequest(_ event: borrowing LogEvent, _ digest: inout EventDigest) {
        let method = event.bytes(of: event.method)
        let first = method.first ?? 0
        if first == 0x50, method.count == 4 { digest.flags.insert(.isPost) }
        guard let target = RequestTarget(event.text, event.target.range) else { return }
        digest.shape = target.shapeHash
        if let record = target.recordID { digest.record = record }
        var kind = shapes.flags(of: target, event.text)
        // HEAD and OPTIONS bring no data; neither does what failed. A record number in the path means a record, unless it is part of a page.
        let brings = (event.status == 200 || event.status == 206) && event.bytes > 0 && first != 0x48 && first != 0x4F
        if !brings {
            kind.remove(.bringsData)
        } else if target.recordID != nil, !kind.contains(.isStatic) {
            kind.insert(.bringsData)
        }
        digest.flags.formUnion(kind)
    }

    private mutating func noteDatabase(_ event: borrowing LogEvent, _ dialect: StatementDialect, _ digest: inout EventDigest) {
        if !event.statement.isNone { statements.note(event, dialect, &digest) }
        if !event.database.isNone { digest.database = UInt32(truncatingIfNeeded: ByteHash.of(event.bytes(of: event.database))) | 1 }
        switch event.userAgent.isNone ? nil : ClientProgram.of(event.bytes(of: event.userAgent)) {
        case .interactive: digest.flags.insert(.isInteractive)
        case .dump: digest.flags.insert(.isDump)
        default: break
        }
    }

    @inline(__always)
    private mutating func noteAgent(_ span: Span, _ event: borrowing LogEvent, _ digest: inout EventDigest) {
        guard !span.isNone, !span.isEmpty else { return }
        let bytes = event.bytes(of: span)
        let hash = ByteHash.of(bytes)
        digest.agent = UInt32(truncatingIfNeeded: hash) | 1
        digest.flags.formUnion(agentKinds.flags(of: bytes, hash))
        agents.note(digest.agent) { ShownName.agent(bytes) }
    }

    @inline(__always)
    private mutating func noteAccount(_ event: borrowing LogEvent, _ address: IPAddress?, _ digest: inout EventDigest) {
        guard !event.account.isNone, !event.account.isEmpty else { return }
        let bytes = event.bytes(of: event.account)
        digest.account = AccountHash.of(bytes)
        accounts.note(digest.account) { ShownName.account(bytes) }
        if let address { digest.region = plan.settings.resolver?.verdict(of: address).region.code?.packed ?? 0 }
    }

    mutating func merge(_ other: Digester) {
        timeline.merge(other.timeline)
        shapes.merge(other.shapes)
        accounts.merge(other.accounts)
        agents.merge(other.agents)
        statements.merge(other.statements)
    }
}

/// What a client says that it is, remembered by its hash: most lines come from few programs.
struct AgentKinds: Sendable {
    private static let slots = 1_024
    private var hashes = [UInt64](repeating: 0, count: slots)
    private var kinds = [EventFlags](repeating: [], count: slots)

    private static let crawlers: [StaticString] = [
        "bot", "spider", "crawl", "slurp", "monitor", "uptime", "pingdom", "healthcheck", "kube-probe", "zabbix",
    ]

    @inline(__always)
    mutating func flags(of agent: UnsafeRawBufferPointer, _ hash: UInt64) -> EventFlags {
        let slot = Int(truncatingIfNeeded: hash >> 32) & (Self.slots - 1)
        if hashes[slot] == hash { return kinds[slot] }
        let kind = Self.judge(agent)
        (hashes[slot], kinds[slot]) = (hash, kind)
        return kind
    }

    private static func judge(_ agent: UnsafeRawBufferPointer) -> EventFlags {
        crawlers.contains { agent.containsIgnoringCase($0) } ? .isCrawler : []
    }
}

extension UnsafeRawBufferPointer {
    /// - Parameter word: ASCII, in lower case.
    func containsIgnoringCase(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard count > 0, self.count >= count else { return false }
        let first = word.utf8Start[0]
        for start in 0...(self.count - count) where self[start] | 0x20 == first {
            var index = 1
            while index < count, self[start + index] | 0x20 == word.utf8Start[index] { index += 1 }
            if index == count { return true }
        }
        return false
    }
}
