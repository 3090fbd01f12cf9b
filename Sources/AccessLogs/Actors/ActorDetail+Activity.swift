import Glibc
import LogFormats

/// What an identity did in one stretch of time: an episode, or its life in the log. Episodes merge into lives.
package struct Activity: Sendable {
    package private(set) var first: UInt32 = .max
    package private(set) var last: UInt32 = 0
    package private(set) var requests: UInt32 = 0
    /// Answered 4xx.
    package private(set) var misses: UInt32 = 0
    /// Reads of data: requests to data interfaces that brought bytes, statements that read.
    package private(set) var reads: UInt32 = 0
    package private(set) var exports: UInt32 = 0
    /// Of data that people are recognised by.
    package private(set) var sensitive: UInt32 = 0
    /// Administration that was answered with success.
    package private(set) var administration: UInt32 = 0
    /// Commands of the operating system, changes of rules, accounts or privileges.
    package private(set) var privileged: UInt32 = 0
    package private(set) var crawls: UInt32 = 0
    package private(set) var rows: UInt64 = 0
    package private(set) var bytes: UInt64 = 0
    package private(set) var dataBytes: UInt64 = 0
    package private(set) var records = DistinctSketch()
    package var runs = RunCounts()
    package private(set) var missedShapes = SmallSketch()
    package private(set) var agents = SmallSketch()
    package private(set) var agent = Majority(none: UInt32(0))
    /// Of reads.
    package private(set) var shape = Majority(none: UInt64(0))
    /// An address's account, an account's address.
    package private(set) var counterpart = Majority(none: Identity.none)
    /// Of the first read, or of the first event.
    package private(set) var place = LinePlace.none
    /// Administration that was refused or isn't there.
    package private(set) var refusedAdministration: UInt32 = 0
    package private(set) var administrationPlace = LinePlace.none
    package private(set) var administrationShape: UInt64 = 0
    package private(set) var logins = Rare<LoginTries>()
    package private(set) var attacks = Rare<AttackTries>()
    package private(set) var database = Rare<DatabaseWork>()

    package init() {}

    /// - Parameter record: of the time before anything was counted here.
    mutating func begin(with record: ActorRecord) {
        (first, last, requests, misses) = (record.first, record.last, record.requests, record.misses)
        (bytes, reads) = (record.bytes, record.reads)
        // Which of the bytes were data isn't known, but when all were.
        if reads == requests { dataBytes = bytes }
    }

    @inline(__always)
    mutating func count(_ digest: EventDigest, isRead: Bool, counterpart other: Identity) {
        if digest.time < first { first = digest.time }
        if digest.time > last { last = digest.time }
        if place == .none { place = LinePlace(digest) }
        requests &+= 1
        bytes &+= digest.bytes
        agents.insert(UInt64(digest.agent))
        agent.vote(digest.agent)
        if !other.isNone { counterpart.vote(other) }
        if digest.status >= 400, digest.status < 500 {
            misses &+= 1
            missedShapes.insert(digest.shape)
        }
        let flags = digest.flags
        if isRead { countRead(digest) }
        if flags.contains(.isCrawler) { crawls &+= 1 }
        if digest.signs != 0 { attacks.update(AttackTries()) { $0.count(digest) } }
        if let sign = LoginSign.of(digest) { logins.update(LoginTries()) { $0.count(sign, other, digest) } }
        if flags.contains(.isAdministration) || digest.signs & Self.adminSign != 0 { countAdministration(digest) }
        if digest.action >= LogEvent.Action.login.rawValue { countDatabase(digest) }
    }

    @inline(__always)
    private mutating func countRead(_ digest: EventDigest) {
        if reads == 0 { place = LinePlace(digest) }
        reads &+= 1
        rows &+= UInt64(digest.rows)
        dataBytes &+= digest.bytes
        if digest.flags.contains(.isExport) { exports &+= 1 }
        if digest.flags.contains(.isSensitive) { sensitive &+= 1 }
        shape.vote(digest.shape)
        if digest.record != EventDigest.noRecord { records.insert(digest.record ^ digest.shape) }
    }

    private static let adminSign = UInt32(AttackSigns.adminInterface.rawValue)

    private mutating func countAdministration(_ digest: EventDigest) {
        if digest.status >= 400, digest.status < 500 {
            if administration == 0, refusedAdministration == 0 { (administrationPlace, administrationShape) = (LinePlace(digest), digest.shape) }
            refusedAdministration &+= 1
        } else if digest.status == 200 || digest.status == 206, digest.bytes > 0, !digest.flags.contains(.isLoginRequest) {
            if administration == 0 { (administrationPlace, administrationShape) = (LinePlace(digest), digest.shape) }
            administration &+= 1
        }
    }

    private mutating func countDatabase(_ digest: EventDigest) {
        if digest.action == LogEvent.Action.command.rawValue || digest.action == LogEvent.Action.change.rawValue { privileged &+= 1 }
        if DatabaseWork.concerns(digest) { database.update(DatabaseWork()) { $0.count(digest) } }
    }

    mutating func endRound() {
        guard logins.value != nil else { return }
        logins.update(LoginTries()) { $0.endRound() }
    }

    mutating func merge(_ other: Activity) {
        if reads == 0 && other.reads > 0 || requests == 0 { place = other.place }
        first = min(first, other.first)
        last = max(last, other.last)
        requests &+= other.requests
        misses &+= other.misses
        reads &+= other.reads
        exports &+= other.exports
        sensitive &+= other.sensitive
        if administration == 0, other.administration > 0 || refusedAdministration == 0 {
            (administrationPlace, administrationShape) = (other.administrationPlace, other.administrationShape)
        }
        administration &+= other.administration
        refusedAdministration &+= other.refusedAdministration
        privileged &+= other.privileged
        crawls &+= other.crawls
        rows &+= other.rows
        bytes &+= other.bytes
        dataBytes &+= other.dataBytes
        records.merge(other.records)
        runs.merge(other.runs)
        missedShapes.merge(other.missedShapes)
        agents.merge(other.agents)
        agent.merge(other.agent)
        shape.merge(other.shape)
        counterpart.merge(other.counterpart)
        logins.merge(other.logins) { $0.merge($1) }
        attacks.merge(other.attacks) { $0.merge($1) }
        database.merge(other.database) { $0.merge($1) }
    }

    /// What it takes to keep, in units of its own fixed size.
    var cost: Int { 1 + (logins.value == nil ? 0 : 2) + (attacks.value == nil ? 0 : 4) + (database.value == nil ? 0 : 1) }

    /// Whether it comes near what any detection asks for, with the thresholds as they come.
    var mayMatter: Bool {
        if attacks.value != nil || database.value?.isNotable == true || administration >= 2 || privileged > 0 { return true }
        if reads >= 50 || rows >= 800 || dataBytes >= 16 << 20 || misses >= 25 || refusedAdministration >= 12 || runs.sequential >= 50 { return true }
        return logins.value.map { $0.attempts >= 12 } ?? false
    }

    /// How much the stretch stands out, in rough units of what detections ask for; below 1 no detection would look at it. Sheer volume weighs little:
    /// behind a shared address it is always large, and must not crowd out the rest.
    var weight: Double {
        let volume = max(Double(reads) / 40, Double(rows) / 1_000, Double(dataBytes) / Double(4 << 20))
        var weight = max(log2(1 + volume), Double(runs.sequential) / 20)
        weight = max(weight, Double(misses) / 15, Double(administration), Double(refusedAdministration) / 5)
        if let logins = logins.value { weight = max(weight, Double(logins.attempts) / 8) }
        if attacks.value != nil { weight = max(weight, 1 + Double(misses) / 15) }
        if let database = database.value { weight = max(weight, database.isNotable ? 4 : 0) }
        return weight
    }
}
