/// The numbers that laws and the product's defaults turn on; their values are data.
package enum ThresholdID: String, CaseIterable, Sendable {
    /// Persons from whom on a protection officer is filed with the authority.
    case officerFiling
    /// Persons from whom on the duties of important-data processors apply.
    case largeProcessor
    /// Persons whose sensitive information leaked, from whom on an audit may be ordered.
    case sensitiveAudit
    /// Persons below whom simplified measures exist.
    case smallProcessor
    /// Days that network logs are kept.
    case logRetentionDays
    /// Persons from whom on a leak is of the larger, major and extraordinary grade.
    case incidentLarger, incidentMajor, incidentExtraordinary
    /// Hours to report such a leak: operators, and critical infrastructure.
    case reportingHours, reportingHoursCritical
    /// Days to mend a gap.
    case remediationDaysCritical, remediationDaysHigh, remediationDaysMedium, remediationDaysLow
}

package struct Threshold: Hashable, Sendable {
    /// Where the number comes from.
    package enum Basis: String, CaseIterable, Sendable {
        case law
        /// No clause states it.
        case productDefault
    }

    package var value: Int
    package var basis: Basis
    package var clauses: [String]
}

/// A value for every ``ThresholdID``.
package struct Thresholds: Hashable, Sendable {
    let values: [ThresholdID: Threshold]

    /// - Parameter values: one for every identifier; the loader sees to it.
    init(_ values: [ThresholdID: Threshold]) { self.values = values }

    package subscript(id: ThresholdID) -> Int { values[id]?.value ?? 0 }

    package var logRetentionDays: Int { self[.logRetentionDays] }

    package func definition(_ id: ThresholdID) -> Threshold? { values[id] }
}
