package import Findings
package import Foundation
package import Regulations

/// `suwen.logs/1`: what logs told, as one JSON document.
package struct LogsDocument: Encodable, Sendable {
    package let schema = "suwen.logs/1"
    /// ISO 8601.
    package var analysedAt: String
    package var sources: [LogSourceRecord]
    package var regions: [LogRegionRecord]
    package var incidents: [LogIncidentRecord]
    package var findings: [FindingRecord]
    package var checks: [CheckRecord]
    package var unexamined: [UnexaminedRecord]
    package var coverage: LogCoverageRecord

    package init(
        _ inspection: Inspection, sources: [LogSourceRecord], regions: [LogRegionRecord], incidents: [LogIncidentRecord], coverage: LogCoverageRecord,
        catalogue: Catalogue, language: Language, profile: Profile = Profile(), at date: Date
    ) {
        var bases = CheckBases(catalogue, profile: profile, on: date)
        analysedAt = date.ISO8601Format()
        self.sources = sources
        self.regions = regions
        self.incidents = incidents
        findings = inspection.checks.flatMap(\.findings).map { FindingRecord($0, &bases, language) }
        checks = inspection.checks.map { CheckRecord($0, catalogue.wording, language) }
        unexamined = inspection.unexamined.map { UnexaminedRecord($0, catalogue.wording, language) }
        self.coverage = coverage
    }

    /// UTF-8, keys in order, a line feed at the end.
    package func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }
}

/// One log, and how long it is kept.
package struct LogSourceRecord: Encodable, Hashable, Sendable {
    package struct Gap: Encodable, Hashable, Sendable {
        package var from: String
        package var to: String

        package init(from: String, to: String) {
            self.from = from
            self.to = to
        }
    }

    /// As the user or the estate calls it.
    package var path: String
    /// Ids of its files' formats: `combined`, `postgresql-csv`.
    package var format: String
    package var files: Int
    package var lines: Int
    /// Lines that were understood, those that belong to a record of several among them.
    package var parsed: Int
    /// As they lie on the disk.
    package var bytes: Int
    /// ISO 8601; nil when there is no event.
    package var from: String?
    package var to: String?
    package var days: Int
    package var gaps: [Gap]
    /// Kept for as long as is asked of it: 184 days, or since the system began.
    package var meetsSixMonths: Bool

    package init(
        path: String, format: String, files: Int, lines: Int, parsed: Int, bytes: Int, from: Date?, to: Date?, days: Int,
        gaps: [(from: Date, to: Date)], meetsSixMonths: Bool
    ) {
        self.path = path
        self.format = format
        self.files = files
        self.lines = lines
        self.parsed = parsed
        self.bytes = bytes
        self.from = from?.ISO8601Format()
        self.to = to?.ISO8601Format()
        self.days = days
        self.gaps = gaps.map { Gap(from: $0.from.ISO8601Format(), to: $0.to.ISO8601Format()) }
        self.meetsSixMonths = meetsSixMonths
    }
}

/// Where requests came from.
package struct LogRegionRecord: Encodable, Hashable, Sendable {
    /// A code of ISO 3166-1, `undetermined`, or the name of a special range (`private`, `loopback`, `shared`, …).
    package var region: String
    /// `domestic`, `hkMoTw`, `foreign`, `undetermined`, `private`.
    package var `class`: String
    package var addresses: Int
    package var requests: Int
    package var bytes: Int

    package init(region: String, class: String, addresses: Int, requests: Int, bytes: Int) {
        self.region = region
        self.class = `class`
        self.addresses = addresses
        self.requests = requests
        self.bytes = bytes
    }
}

/// One story.
package struct LogIncidentRecord: Encodable, Hashable, Sendable {
    package struct Rule: Encodable, Hashable, Sendable {
        package var id: String
        package var title: String
        package var author: String

        package init(id: String, title: String, author: String) {
            self.id = id
            self.title = title
            self.author = author
        }
    }

    /// `foreignAccess`, `bulkDownload`, …
    package var kind: String
    package var title: String
    package var log: String
    /// The network, masked; nil when none is known.
    package var source: String?
    package var addresses: Int
    /// Masked.
    package var account: String?
    package var accounts: Int
    package var region: String
    package var `class`: String
    package var from: String
    package var to: String
    package var requests: Int
    package var bytes: Int
    package var rows: Int
    /// At most.
    package var persons: Int
    package var severity: Severity
    package var succeeded: Bool
    package var techniques: [String]
    package var evidence: [String]
    package var rule: Rule?

    package init(
        kind: String, title: String, log: String, source: String?, addresses: Int, account: String?, accounts: Int, region: String, class: String,
        from: Date, to: Date, requests: Int, bytes: Int, rows: Int, persons: Int, severity: Severity, succeeded: Bool, techniques: [String],
        evidence: [String], rule: Rule?
    ) {
        self.kind = kind
        self.title = title
        self.log = log
        self.source = source
        self.addresses = addresses
        self.account = account
        self.accounts = accounts
        self.region = region
        self.class = `class`
        self.from = from.ISO8601Format()
        self.to = to.ISO8601Format()
        self.requests = requests
        self.bytes = bytes
        self.rows = rows
        self.persons = persons
        self.severity = severity
        self.succeeded = succeeded
        self.techniques = techniques
        self.evidence = evidence
        self.rule = rule
    }
}

/// How much was read, and what could not be.
package struct LogCoverageRecord: Encodable, Hashable, Sendable {
    package struct Unparsed: Encodable, Hashable, Sendable {
        package var file: String
        package var lines: Int

        package init(file: String, lines: Int) {
            self.file = file
            self.lines = lines
        }
    }

    package var lines: Int
    package var parsed: Int
    /// By file; files of which every line was understood are left out.
    package var unparsed: [Unparsed]
    package var seconds: Double

    package init(lines: Int, parsed: Int, unparsed: [Unparsed], seconds: Double) {
        self.lines = lines
        self.parsed = parsed
        self.unparsed = unparsed
        self.seconds = seconds
    }
}
