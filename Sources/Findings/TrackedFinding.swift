package import Foundation

/// A finding and what became of it since it was first seen.
package struct TrackedFinding: Hashable, Sendable {
    package enum Status: String, Codable, Hashable, Sendable {
        /// Not known before this run, or fixed once and back again.
        case new
        case open
        /// Was open; its subject was examined in this run, and the gap was not found again.
        case fixed
        /// Somebody answers for leaving it open until a day.
        case accepted
    }

    package var finding: Finding
    package var status: Status
    package var firstSeen: Date
    package var acceptance: Acceptance?
    /// False when this run could not look at its subject: it stays open on the word of an earlier run.
    package var wasExamined: Bool

    package init(finding: Finding, status: Status, firstSeen: Date, acceptance: Acceptance?, wasExamined: Bool) {
        self.finding = finding
        self.status = status
        self.firstSeen = firstSeen
        self.acceptance = acceptance
        self.wasExamined = wasExamined
    }
}

/// Who accepted a finding's risk, until when and why.
package struct Acceptance: Codable, Hashable, Sendable {
    package var by: String
    /// The last day on which it counts.
    package var until: Date
    package var why: String
    package var at: Date

    package init(by: String, until: Date, why: String, at: Date) {
        self.by = by
        self.until = until
        self.why = why
        self.at = at
    }

    package func counts(at now: Date) -> Bool { now < until.addingTimeInterval(86_400) }
}

/// What the history says of one run.
package struct RecordedRun: Sendable {
    /// Nil for the first run.
    package var previousRun: Date?
    package var findings: [TrackedFinding]

    package init(previousRun: Date?, findings: [TrackedFinding]) {
        self.previousRun = previousRun
        self.findings = findings
    }
}
