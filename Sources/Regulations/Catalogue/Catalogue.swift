package import Findings
package import Foundation

/// Laws, clauses, controls, checks and words: everything that Suwen knows about the law, as dated data.
package struct Catalogue: Sendable {
    package var version: String
    /// The day up to which the law was looked at.
    package var asOf: CalendarDay
    /// What the reader of a report must be told about the catalogue.
    package var disclaimer: LocalizedText
    package var attack: AttackMatrix
    package var laws: [String: Law]
    package var clauses: [String: Clause]
    package var thresholds: Thresholds
    /// In the order of the report.
    package var duties: [Duty]
    /// In the order of the report.
    package var controls: [Control]
    package var consequences: [ConsequenceRule]
    package var wording: Wording

    package func control(_ id: String) -> Control? { controls.first { $0.id == id } }

    /// The controls that rest on a check.
    package func controls(restingOn check: CheckID) -> [Control] { controls.filter { $0.checks.contains(check) } }

    /// Whether a control that rests on the check applies to the organisation: a gap in what the law doesn't ask of it is none.
    package func binds(_ check: CheckID, _ profile: Profile) -> Bool {
        controls(restingOn: check).contains { $0.appliesWhen.holds(for: profile) }
    }

    package func check(_ id: CheckID) -> CheckDefinition? { wording.checks[id] }

    /// How bad a finding is: as it says itself, else as its check says.
    package func severity(of finding: Finding) -> Severity { finding.severity ?? wording.checks[finding.check]?.severity ?? .medium }

    /// When a gap of that severity should be mended, counted from the day it was found.
    package func deadline(for severity: Severity, from date: Date) -> Date {
        let id: ThresholdID =
            switch severity {
            case .critical: .remediationDaysCritical
            case .high: .remediationDaysHigh
            case .medium: .remediationDaysMedium
            case .low: .remediationDaysLow
            }
        return date.addingTimeInterval(Double(thresholds[id]) * 86_400)
    }
}
