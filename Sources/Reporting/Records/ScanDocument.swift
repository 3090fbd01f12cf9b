package import Findings
package import Foundation
package import Regulations

/// `suwen.scan/1`: what a scan found, as one JSON document.
package struct ScanDocument: Encodable, Sendable {
    /// How many templates ran, and why others didn't.
    package struct Templates: Encodable, Hashable, Sendable {
        package var loaded: Int
        /// By reason.
        package var refused: [String: Int]

        package init(loaded: Int, refused: [String: Int]) {
            self.loaded = loaded
            self.refused = refused
        }
    }

    package let schema = "suwen.scan/1"
    /// ISO 8601.
    package var scannedAt: String
    /// `inside` or `outside`: where the scan ran; nil: not said.
    package var from: String?
    package var services: [ServiceRecord]
    package var findings: [FindingRecord]
    package var checks: [CheckRecord]
    package var unexamined: [UnexaminedRecord]
    package var templates: Templates
    package var coverage: ScanCoverageRecord

    package init(
        _ inspection: Inspection, services: [ServiceRecord], templates: Templates, coverage: ScanCoverageRecord, catalogue: Catalogue,
        language: Language,
        profile: Profile = Profile(), at date: Date, from: String? = nil
    ) {
        var bases = CheckBases(catalogue, profile: profile, on: date)
        scannedAt = date.ISO8601Format()
        self.from = from
        self.services = services
        findings = inspection.checks.flatMap(\.findings).map { FindingRecord($0, &bases, language) }
        checks = inspection.checks.map { CheckRecord($0, catalogue.wording, language) }
        unexamined = inspection.unexamined.map { UnexaminedRecord($0, catalogue.wording, language) }
        self.templates = templates
        self.coverage = coverage
    }

    /// UTF-8, keys in order, a line feed at the end.
    package func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }
}
