import Cryptography
package import Foundation

/// A gap that was measured.
package struct Finding: Codable, Hashable, Sendable {
    /// The check that found it: `exposure.unauthenticated-service`.
    package var check: CheckID
    /// What was examined, by the name that coverage uses for it (a store, `host:port`, a log source, a document):
    /// a finding counts as fixed only when a later run examined the same subject and did not find it again.
    package var subject: String
    /// Where it is, for people: `clinic/patients.id_card`. Never a person's value.
    package var asset: String
    /// Lower than the check's own severity when the gap is a lesser one (a document that lacks an element); nil: as the check says.
    package var severity: Severity?
    /// Fills the placeholders of the check's finding title and remediation.
    package var facts: [String: Fact]
    /// What proves it; every sample in it is masked.
    package var evidence: [Message]
    /// When the facts happened, if that isn't the time of the assessment: the law in force on that day is cited.
    package var occurredAt: Date?
    /// Recognises the same gap in the next run: 32 hexadecimal digits of SHA-256 over check, asset and discriminator.
    package let fingerprint: String

    /// - Parameter discriminator: tells findings of one check on one asset apart; stable across runs, and never a person's value
    ///   (the hash of a phone number can be undone).
    package init(
        check: CheckID, subject: String, asset: String, discriminator: String = "", severity: Severity? = nil, facts: [String: Fact] = [:],
        evidence: [Message] = [], occurredAt: Date? = nil
    ) {
        self.check = check
        self.subject = subject
        self.asset = asset
        self.severity = severity
        self.facts = facts
        self.evidence = evidence
        self.occurredAt = occurredAt
        let parts = [check.rawValue, asset, discriminator]
        // Length-prefixed, so that no two different triples read the same.
        fingerprint = String(SHA256.hex(parts.map { "\($0.utf8.count):\($0)" }.joined()).prefix(32))
    }
}

/// Names a check of the catalogue: `<inspector>.<what is checked>`.
package struct CheckID: RawRepresentable, Codable, Hashable, Comparable, Sendable, ExpressibleByStringLiteral {
    package var rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package init(stringLiteral value: String) { rawValue = value }
    package init(from decoder: any Decoder) throws { rawValue = try decoder.singleValueContainer().decode(String.self) }
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
    package static func < (left: CheckID, right: CheckID) -> Bool { left.rawValue < right.rawValue }
}
