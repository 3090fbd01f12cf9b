import Findings
import Foundation

/// A finding as an earlier run left it.
struct KnownFinding: Hashable, Sendable {
    var finding: Finding
    var inspector: InspectorID
    var firstSeen: Date
    var isOpen: Bool
}

/// Joins what earlier runs knew with what this run found. Pure.
struct Tracker {
    var known: [String: KnownFinding]
    var acceptances: [String: Acceptance]
    var now: Date

    /// The findings of this run, then the known ones that this run did not find again: fixed if it looked, open if it could not.
    func track(_ inspections: [Inspection]) -> [TrackedFinding] {
        var tracked: [TrackedFinding] = []
        var found: Set<String> = []
        for finding in inspections.flatMap(\.checks).flatMap(\.findings) where found.insert(finding.fingerprint).inserted {
            let before = known[finding.fingerprint]
            let status: TrackedFinding.Status = before?.isOpen == true ? .open : .new
            tracked.append(entry(finding, status, firstSeen: before?.firstSeen ?? now, wasExamined: true))
        }
        for (fingerprint, before) in known.sorted(by: { $0.key < $1.key }) where before.isOpen && !found.contains(fingerprint) {
            let looked = inspections.first { $0.inspector == before.inspector }.map { wasExamined(before.finding.subject, $0) } ?? false
            tracked.append(entry(before.finding, looked ? .fixed : .open, firstSeen: before.firstSeen, wasExamined: looked))
        }
        return tracked
    }

    private func entry(_ finding: Finding, _ status: TrackedFinding.Status, firstSeen: Date, wasExamined: Bool) -> TrackedFinding {
        let acceptance = acceptances[finding.fingerprint].flatMap { $0.counts(at: now) ? $0 : nil }
        let accepted = acceptance != nil && status != .fixed
        return TrackedFinding(
            finding: finding, status: accepted ? .accepted : status, firstSeen: firstSeen, acceptance: acceptance, wasExamined: wasExamined)
    }

    private func wasExamined(_ subject: String, _ inspection: Inspection) -> Bool {
        inspection.examined.contains(subject) && !inspection.unexamined.contains { $0.subject == subject }
    }
}
