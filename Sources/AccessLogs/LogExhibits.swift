import Estate
import Findings
import Foundation
import Geography
import Network

/// The tables and charts of this inspector, over all sources.
struct LogExhibits {
    let resolver: RegionResolver?
    private var sources: [[Fact]] = []
    private var regions: [RegionKey: (requests: Int, bytes: Int, addresses: Int)] = [:]
    private var foreign: [String: Foreign] = [:]
    /// Addresses seen at an earlier source are the same addresses. Bounded; beyond it they count again.
    private var seen: Set<IPAddress> = []
    private static let seenLimit = 2_000_000
    private static let topCount = 10

    private struct Foreign {
        var masked: String
        var region: RegionKey
        var requests = 0
        var bytes = 0
        var first = UInt32.max
        var last: UInt32 = 0
    }

    init(resolver: RegionResolver?) { self.resolver = resolver }

    mutating func add(_ result: SourceResult, _ retention: Retention?) {
        sources.append([
            .text(result.source.name), retention.map { .time($0.first) } ?? .none, retention.map { .time($0.last) } ?? .none,
            .list((retention?.gaps ?? []).map { .list([time($0.from), time($0.to)]) }), retention.map { .days($0.days) } ?? .none,
            .count(result.lines), .count(result.unparsable),
        ])
        guard let resolver else { return }
        for record in result.tally.addresses.records {
            let address = record.address
            let region = resolver.verdict(of: address).region
            let isNew = seen.count >= Self.seenLimit || seen.insert(address).inserted
            count(RegionKey(region), Int(record.requests), Int(clamping: record.bytes), isNew ? 1 : 0)
            if resolver.standing(of: region) == .foreign { addForeign(record, address, RegionKey(region)) }
        }
        for folded in result.tally.folded.values { count(folded.region, folded.requests, folded.bytes, folded.addresses) }
    }

    private mutating func count(_ key: RegionKey, _ requests: Int, _ bytes: Int, _ addresses: Int) {
        let before = regions[key] ?? (0, 0, 0)
        regions[key] = (before.requests + requests, before.bytes &+ bytes, before.addresses + addresses)
    }

    private mutating func addForeign(_ record: AddressRecord, _ address: IPAddress, _ region: RegionKey) {
        let masked = TakerNetwork.mask(address)
        var entry = foreign["\(masked) \(region.name)"] ?? Foreign(masked: masked, region: region)
        entry.requests += Int(record.requests)
        entry.bytes &+= Int(clamping: record.bytes)
        entry.first = min(entry.first, record.first)
        entry.last = max(entry.last, record.last)
        foreign["\(masked) \(region.name)"] = entry
    }

    var exhibits: [Exhibit] {
        var all = [
            Exhibit(
                "access-logs.sources", .timeline,
                columns: ["logs.source", "logs.first", "logs.last", "logs.gaps", "logs.days", "logs.lines", "logs.unparsable"], rows: sources)
        ]
        guard resolver != nil else { return all }
        let rows = regions.filter { $0.value.requests > 0 }.sorted { ($0.value.requests, $0.value.bytes) > ($1.value.requests, $1.value.bytes) }
        all.append(
            Exhibit(
                "access-logs.regions", .bars, columns: ["logs.region", "logs.requests", "logs.bytes", "logs.addresses", "logs.class"],
                rows: rows.map { [$0.key.fact, .count($0.value.requests), .bytes($0.value.bytes), .count($0.value.addresses), standing($0.key)] }))
        // Those that took most, and those that came most often: a harvest may be many small answers.
        let byBytes = foreign.values.sorted { ($0.bytes, $1.masked) > ($1.bytes, $0.masked) }.prefix(Self.topCount)
        let byRequests = foreign.values.sorted { ($0.requests, $1.masked) > ($1.requests, $0.masked) }.prefix(Self.topCount)
        let top = byBytes + byRequests.filter { entry in !byBytes.contains { $0.masked == entry.masked && $0.region == entry.region } }
        all.append(
            Exhibit(
                "access-logs.top-foreign", .table,
                columns: ["logs.address", "logs.region", "logs.requests", "logs.bytes", "logs.first", "logs.last"],
                rows: top.map {
                    [.text($0.masked), $0.region.fact, .count($0.requests), .bytes($0.bytes), time(Int64($0.first)), time(Int64($0.last))]
                }))
        return all
    }

    private func standing(_ key: RegionKey) -> Fact {
        .term("region-class.\((resolver?.standing(of: key.region) ?? .undetermined).rawValue)")
    }

    private func time(_ seconds: Int64) -> Fact { .time(Date(timeIntervalSince1970: TimeInterval(seconds))) }
}
