import AccessLogs
import Findings
import Foundation
import Geography
import Regulations
import Reporting

/// What logs told, for people and for programs.
struct LogsView {
    let inspection: Inspection
    let report: LogReport
    let resolver: RegionResolver?
    let catalogue: Catalogue
    let language: Language
    let profile: Profile
    let startedAt: Date
    let seconds: Double

    func text() -> String {
        let view = InspectionView(inspection: inspection, catalogue: catalogue, language: language, profile: profile)
        let facts: [String: Fact] = [
            "lines": .count(coverage.lines), "parsed": .count(coverage.parsed), "bytes": .bytes(report.sources.reduce(0) { $0 + $1.bytes }),
            "incidents": .count(report.incidents.count), "seconds": .text(String(format: "%.1f", seconds)),
        ]
        return view.text() + "\n\n" + catalogue.wording.text(Message("access-logs.summary", facts), language)
    }

    func document() -> LogsDocument {
        let view = IncidentView(catalogue: catalogue, language: language)
        return LogsDocument(
            inspection, sources: report.sources.map(record), regions: regions, incidents: report.incidents.map(view.record), coverage: coverage,
            catalogue: catalogue, language: language, profile: profile, at: startedAt)
    }

    private func record(_ source: SourceReport) -> LogSourceRecord {
        let retention = source.retention
        return LogSourceRecord(
            path: source.name, format: source.formatNames, files: source.files.count, lines: source.lines, parsed: source.lines - source.unparsed,
            bytes: source.bytes, from: retention?.first, to: retention?.last, days: retention?.days ?? 0,
            gaps: (retention?.gaps ?? []).map { (date($0.from), date($0.to)) }, meetsSixMonths: retention?.isMet ?? false)
    }

    private func date(_ seconds: Int64) -> Date { Date(timeIntervalSince1970: TimeInterval(seconds)) }

    private var regions: [LogRegionRecord] {
        report.regions.sorted { ($0.value.requests, $1.key.name) > ($1.value.requests, $0.key.name) }.map { key, row in
            LogRegionRecord(
                region: key.name, class: IncidentView.name(of: resolver?.standing(of: key.region) ?? .undetermined), addresses: row.addresses,
                requests: row.requests, bytes: row.bytes)
        }
    }

    private var coverage: LogCoverageRecord {
        let lines = report.sources.reduce(0) { $0 + $1.lines }
        let unparsed = report.sources.flatMap(\.files).filter { $0.count.unparsed > 0 }
        return LogCoverageRecord(
            lines: lines, parsed: lines - unparsed.reduce(0) { $0 + $1.count.unparsed },
            unparsed: unparsed.map { LogCoverageRecord.Unparsed(file: $0.path, lines: $0.count.unparsed) }, seconds: seconds)
    }
}
