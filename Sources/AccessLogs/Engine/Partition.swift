import Network

/// The identities whose hash falls to one partition: only one thread at a time works on it, in the log's order, so that nothing is locked and
/// nothing depends on the number of threads.
struct Partition: ~Copyable {
    /// A power of two. With millions of addresses a partition's table still fits the processor's cache.
    static let count = 32

    private(set) var addresses: Roster
    private(set) var accounts: Roster

    init(seed: UInt64, limits: ActorLimits) {
        self.seed = seed
        self.limits = limits
        addresses = Roster(seed: seed, records: limits.records, details: limits.details)
        accounts = Roster(seed: seed, records: limits.accountRecords, details: limits.accountDetails)
    }

    private let seed: UInt64
    private let limits: ActorLimits

    /// What was counted. The partition is as new.
    mutating func takeRosters() -> (addresses: Roster, accounts: Roster) {
        let rosters = (addresses, accounts)
        self = Partition(seed: seed, limits: limits)
        return rosters
    }

    /// The partition of an identity.
    @inline(__always)
    static func index(_ high: UInt64, _ low: UInt64, _ seed: UInt64) -> Int {
        // Other bits of the hash than the tables use for their slots.
        Int(truncatingIfNeeded: ActorTable.hash(high, low, seed) >> 59)
    }

    mutating func apply(addresses digests: UnsafeBufferPointer<EventDigest>, _ settings: DetectionSettings) {
        for index in digests.indices { addresses.count(digests[index].high, digests[index].low, digests[index], settings) }
    }

    mutating func apply(accounts digests: UnsafeBufferPointer<EventDigest>, _ settings: DetectionSettings) {
        for index in digests.indices { accounts.count(0, digests[index].account, digests[index], settings) }
    }
}

/// How many identities of one source are held at once, over all partitions: what bounds the memory, however many a log names.
///
/// An address or an account takes 60 bytes; one that is followed in detail 1.2 KB, and 0.4 KB or more for each of its episodes that stood out.
package struct ActorLimits: Hashable, Sendable {
    /// Addresses.
    package var records: Int
    /// Addresses that are followed in detail.
    package var details: Int

    package init(records: Int = 4_000_000, details: Int = 80_000) {
        self.records = max(Partition.count * 2, records)
        self.details = max(Partition.count * 2, details)
    }

    /// No organisation has as many accounts as the world has addresses.
    package var accountRecords: Int { max(Partition.count * 2, records / 4) }
    package var accountDetails: Int { max(Partition.count * 2, details / 2) }
}

/// The identities of one kind in one partition.
struct Roster: Sendable {
    private(set) var table: ActorTable
    private(set) var details: [ActorDetail] = []
    /// Identities that were let go of to bound the memory, by what they did in all.
    private(set) var released = ReleasedActors()
    private let recordLimit: Int
    private let detailLimit: Int
    /// What all episodes that are kept take, by ``Activity/cost``.
    private var keptCost = 0
    private let keptLimit: Int

    /// Episodes for each detail that there may be, on average.
    private static let episodes = 4

    /// - Parameters:
    ///   - records: over all partitions, as `details`.
    init(seed: UInt64, records: Int, details: Int) {
        table = ActorTable(seed: seed)
        recordLimit = max(2, records / Partition.count)
        detailLimit = max(2, details / Partition.count)
        keptLimit = max(64, detailLimit * Self.episodes)
    }

    /// The details, which are the caller's from now on; the records are let go of, too.
    mutating func takeDetails() -> [ActorDetail] {
        let taken = details
        details = []
        table = ActorTable(seed: 0)
        return taken
    }

    @inline(__always)
    mutating func count(_ high: UInt64, _ low: UInt64, _ digest: EventDigest, _ settings: DetectionSettings) {
        let place = table.place(high, low)
        var detail: Int32 = -1
        var deserves = false
        var before: ActorRecord?
        let isMiss = digest.status >= 400 && digest.status < 500
        table.update(place) { record in
            detail = record.detail
            if detail < 0 { deserves = ActorDetail.deserves(digest, requests: record.requests, misses: record.misses, last: record.last) }
            if deserves { before = record }
            record.requests &+= 1
            record.bytes = Saturating.sum(record.bytes, digest.bytes)
            if isMiss { record.misses &+= 1 }
            if digest.flags.contains(.bringsData) { record.reads &+= 1 }
            if digest.time < record.first { record.first = digest.time }
            if digest.time > record.last { record.last = digest.time }
        }
        if let before { detail = addDetail(place, before, at: digest.time) }
        if detail >= 0 {
            keptCost += details[Int(detail)].count(digest, settings)
            if keptCost > keptLimit { forgetEpisodes() }
        }
        if table.records.count > recordLimit { letGo(settings) }
    }

    private mutating func addDetail(_ place: Int, _ before: ActorRecord, at time: UInt32) -> Int32 {
        if details.count >= detailLimit { dropMinorDetails() }
        let detail = Int32(truncatingIfNeeded: details.count)
        details.append(ActorDetail(following: before, at: time))
        table.update(place) { $0.detail = detail }
        return detail
    }

    /// The half that did least loses its details; its records stay.
    private mutating func dropMinorDetails() {
        let weights = details.map(\.weight).sorted()
        let bar = weights[weights.count / 2]
        released.details += details.count { $0.weight <= bar && $0.mayMatter }
        keepDetails { $0.weight > bar }
    }

    private mutating func keepDetails(_ isKept: (ActorDetail) -> Bool) {
        var kept: [ActorDetail] = []
        var places: [Int32] = []
        for detail in details {
            let keeps = isKept(detail)
            places.append(keeps ? Int32(truncatingIfNeeded: kept.count) : -1)
            if keeps { kept.append(detail) }
        }
        details = kept
        keptCost = details.reduce(0) { $0 + $1.keptCost }
        for index in table.records.indices where table.records[index].detail >= 0 {
            let place = places[Int(table.records[index].detail)]
            table.update(index) { $0.detail = place }
        }
    }

    /// Memory is bounded: the episodes that stood out least are forgotten, the bar rising until half are gone.
    private mutating func forgetEpisodes() {
        var bar = 1.25
        while keptCost > keptLimit / 2, bar < 1e12 {
            for index in details.indices { details[index].forget(below: bar) }
            keptCost = details.reduce(0) { $0 + $1.keptCost }
            // What didn't stand out by more than this is told by the identity's life as well.
            if bar > 2.5 { released.details += 1 }
            bar *= 1.25
        }
    }

    /// Who was not there since has no details any more; the record stays.
    mutating func forgetDetails(before time: UInt32) {
        guard details.contains(where: { $0.lastThere < time }) else { return }
        keepDetails { $0.lastThere >= time }
    }

    /// Memory is bounded: identities that did little are folded together, the bar rising until half are gone. Those with details stay.
    private mutating func letGo(_ settings: DetectionSettings) {
        var bar: UInt64 = 4
        while table.records.count > recordLimit / 2 {
            let (requests, bytes) = (UInt32(truncatingIfNeeded: min(bar, 1 << 30)), bar << 14)
            let mustGo = bar > 1 << 40
            let gone = table.prune { mustGo || $0.detail < 0 && $0.requests < requests && $0.bytes < bytes }
            for record in gone { released.add(record, record.address.map(settings.regionKey) ?? .undetermined) }
            if mustGo {
                details.removeAll()
                keptCost = 0
            }
            bar <<= 1
        }
    }
}

/// What identities that were let go of did, by region, and about how many they were.
struct ReleasedActors: Sendable {
    struct Sum: Sendable {
        var requests = 0
        var bytes = 0
        var sketch = HyperLogLog()
    }

    private(set) var regions: [RegionKey: Sum] = [:]
    /// Details that were dropped while their identities stayed.
    var details = 0

    var isEmpty: Bool { regions.isEmpty && details == 0 }

    mutating func add(_ record: ActorRecord, _ region: RegionKey) {
        regions[region, default: Sum()].requests += Int(record.requests)
        regions[region, default: Sum()].bytes = Saturating.sum(regions[region]?.bytes ?? 0, Int(clamping: record.bytes))
        regions[region, default: Sum()].sketch.add(record.sketchHash)
    }

    mutating func merge(_ other: ReleasedActors) {
        details += other.details
        for (region, sum) in other.regions {
            regions[region, default: Sum()].requests += sum.requests
            regions[region, default: Sum()].bytes = Saturating.sum(regions[region]?.bytes ?? 0, sum.bytes)
            regions[region, default: Sum()].sketch.merge(sum.sketch)
        }
    }
}

extension ActorRecord {
    /// For counting how many there were.
    var sketchHash: UInt64 { ActorTable.hash(high, low, 0) }

    /// Nil for accounts.
    var address: IPAddress? { high == 0 && low >> 32 != 0xFFFF ? nil : IPAddress(v6High: high, low: low) }
}
