import Findings
import Geography
import Network

/// Where one source's requests came from.
package struct RegionTally: Sendable {
    package struct Row: Hashable, Sendable {
        package var requests = 0
        package var bytes = 0
        package var addresses = 0

        mutating func add(_ other: Row) {
            requests += other.requests
            bytes = Saturating.sum(bytes, other.bytes)
            addresses += other.addresses
        }
    }

    /// A foreign network (IPv4 /24, IPv6 /48) and what it asked for.
    package struct Network: Hashable, Sendable {
        /// As evidence shows it: `203.0.113.*`.
        package var masked: String
        package var region: RegionKey
        package var requests = 0
        package var bytes = 0
        package var first: UInt32 = .max
        package var last: UInt32 = 0
    }

    package private(set) var rows: [RegionKey: Row] = [:]
    /// Those foreign networks that asked for most.
    package private(set) var foreign: [Network] = []
    /// False when identities were let go of: then ``Row/addresses`` are estimates with ``HyperLogLog/standardError``.
    package private(set) var isExact = true

    private static let topCount = 200

    /// Looks up every address: a tenth of a microsecond each, on all threads.
    init(_ rosters: [Roster], _ settings: DetectionSettings) {
        isExact = rosters.allSatisfy(\.released.regions.isEmpty)
        let parts = Parallel.map(rosters) { [isExact] in Self.part($0, settings, isExact: isExact) }
        for part in parts {
            for (key, row) in part.rows { rows[key, default: Row()].add(row) }
        }
        if !isExact { addReleased(rosters, parts) }
        foreign = Self.networks(parts.flatMap(\.top))
    }

    private struct Part: Sendable {
        var rows: [RegionKey: Row] = [:]
        var top: [(record: ActorRecord, region: RegionKey)] = []
        /// Only where there will be others to count them with.
        var sketches: [RegionKey: HyperLogLog] = [:]
    }

    private static func part(_ roster: Roster, _ settings: DetectionSettings, isExact: Bool) -> Part {
        var part = Part()
        var foreign = TopRecords(limit: topCount)
        for record in roster.table.records {
            guard let address = record.address else { continue }
            let region = settings.regionKey(of: address)
            part.rows[region, default: Row()].add(Row(requests: Int(record.requests), bytes: Int(clamping: record.bytes), addresses: 1))
            if !isExact { part.sketches[region, default: HyperLogLog()].add(record.sketchHash) }
            if settings.resolver?.standing(of: region.region) == .foreign { foreign.offer(record) }
        }
        part.top = foreign.records.map { record in (record, record.address.map { settings.regionKey(of: $0) } ?? .undetermined) }
        return part
    }

    private mutating func addReleased(_ rosters: [Roster], _ parts: [Part]) {
        let released = rosters.reduce(into: ReleasedActors()) { $0.merge($1.released) }
        for (region, sum) in released.regions {
            // Some that were let go of came back and are in the tables, too: only together can they be counted.
            var sketch = sum.sketch
            for part in parts { part.sketches[region].map { sketch.merge($0) } }
            let known = rows[region]?.addresses ?? 0
            rows[region, default: Row()].add(Row(requests: sum.requests, bytes: sum.bytes))
            rows[region, default: Row()].addresses = max(known, sketch.estimate)
        }
    }

    private static func networks(_ records: [(record: ActorRecord, region: RegionKey)]) -> [Network] {
        var networks: [String: Network] = [:]
        for (record, region) in records {
            guard let address = record.address else { continue }
            let masked = NetworkMask.of(address)
            var network = networks["\(masked) \(region.name)"] ?? Network(masked: masked, region: region)
            network.requests += Int(record.requests)
            network.bytes = Saturating.sum(network.bytes, Int(clamping: record.bytes))
            network.first = min(network.first, record.first)
            network.last = max(network.last, record.last)
            networks["\(masked) \(region.name)"] = network
        }
        return networks.values.sorted { ($0.bytes, $0.requests, $1.masked) > ($1.bytes, $1.requests, $0.masked) }
    }
}

/// The records that asked for most bytes and those that came most often: a harvest may be many small answers.
private struct TopRecords {
    private let limit: Int
    private var kept: [ActorRecord] = []
    private var bars: (bytes: UInt64, requests: UInt32) = (0, 0)

    init(limit: Int) { self.limit = limit }

    mutating func offer(_ record: ActorRecord) {
        guard record.bytes > bars.bytes || record.requests > bars.requests else { return }
        kept.append(record)
        if kept.count >= limit * 8 { cut() }
    }

    private mutating func cut() {
        let byBytes = kept.sorted { $0.bytes > $1.bytes }.prefix(limit)
        let byRequests = kept.sorted { $0.requests > $1.requests }.prefix(limit)
        bars = (byBytes.last?.bytes ?? 0, byRequests.last?.requests ?? 0)
        var seen: Set<UInt64> = []
        kept = (byBytes + byRequests).filter { seen.insert(ActorTable.hash($0.high, $0.low, 0)).inserted }
    }

    var records: [ActorRecord] { kept }
}
