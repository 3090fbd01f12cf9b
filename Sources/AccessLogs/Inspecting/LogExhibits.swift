import Findings
import Foundation
import Geography

/// The tables and charts of a run, over all sources.
struct LogExhibits {
    private let report: LogReport
    private let resolver: RegionResolver?
    private static let topCount = 10
    private static let incidentCount = 50

    init(_ report: LogReport, resolver: RegionResolver?) {
        self.report = report
        self.resolver = resolver
    }

    var exhibits: [Exhibit] {
        var all = [sources]
        if resolver != nil { all += [regions, topForeign] }
        if !report.incidents.isEmpty { all.append(incidents) }
        return all
    }

    private var sources: Exhibit {
        Exhibit(
            "access-logs.sources", .timeline,
            columns: ["logs.source", "logs.first", "logs.last", "logs.gaps", "logs.days", "logs.lines", "logs.unparsable"],
            rows: report.sources.map { source in
                let retention = source.retention
                return [
                    .text(source.name), retention.map { .time($0.first) } ?? .none, retention.map { .time($0.last) } ?? .none,
                    .list((retention?.gaps ?? []).map { .list([time($0.from), time($0.to)]) }), retention.map { .days($0.days) } ?? .none,
                    .count(source.lines), .count(source.unparsed),
                ]
            })
    }

    private var regions: Exhibit {
        let sorted = report.regions.filter { $0.value.requests > 0 }.sorted {
            ($0.value.requests, $0.value.bytes) > ($1.value.requests, $1.value.bytes)
        }
        return Exhibit(
            "access-logs.regions", .bars, columns: ["logs.region", "logs.requests", "logs.bytes", "logs.addresses", "logs.class"],
            rows: sorted.map { [$0.key.fact, .count($0.value.requests), .bytes($0.value.bytes), .count($0.value.addresses), standing($0.key)] })
    }

    /// Those that took most, and those that came most often: a harvest may be many small answers.
    private var topForeign: Exhibit {
        let networks = report.sources.flatMap { $0.regions?.foreign ?? [] }
        let byBytes = networks.sorted { ($0.bytes, $1.masked) > ($1.bytes, $0.masked) }.prefix(Self.topCount)
        let byRequests = networks.sorted { ($0.requests, $1.masked) > ($1.requests, $0.masked) }.prefix(Self.topCount)
        let top = byBytes + byRequests.filter { entry in !byBytes.contains { $0.masked == entry.masked && $0.region == entry.region } }
        return Exhibit(
            "access-logs.top-foreign", .table,
            columns: ["logs.address", "logs.region", "logs.requests", "logs.bytes", "logs.first", "logs.last"],
            rows: top.map {
                [.text($0.masked), $0.region.fact, .count($0.requests), .bytes($0.bytes), time(Int64($0.first)), time(Int64($0.last))]
            })
    }

    /// The worst first.
    private var incidents: Exhibit {
        let sorted = report.incidents.sorted { ($0.severity, $0.from) > ($1.severity, $1.from) }.prefix(Self.incidentCount)
        return Exhibit(
            "access-logs.incidents", .table,
            columns: ["logs.kind", "logs.source", "logs.address", "logs.account", "logs.first", "logs.last", "logs.requests", "logs.succeeded"],
            rows: sorted.map { incident in
                [
                    .term("incident.\(incident.kind.rawValue)"), .text(incident.source), incident.network.map { .text($0) } ?? .none,
                    incident.account.map { .text($0) } ?? .none, .time(incident.from), .time(incident.to), .count(incident.requests),
                    .term(incident.succeeded ? "logs.yes" : "logs.no"),
                ]
            })
    }

    private func standing(_ key: RegionKey) -> Fact {
        .term("region-class.\((resolver?.standing(of: key.region) ?? .undetermined).rawValue)")
    }

    private func time(_ seconds: Int64) -> Fact { .time(Date(timeIntervalSince1970: TimeInterval(seconds))) }
}
