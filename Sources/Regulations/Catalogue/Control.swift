package import Findings

/// What must be in place, which clauses ask for it, and what shows whether it is.
package struct Control: Hashable, Sendable {
    package enum Domain: String, Codable, CaseIterable, Sendable {
        case management, protection, storage, response, rights
    }

    package enum Evidence: Hashable, Sendable {
        /// Measured by an inspector.
        case check(CheckID)
        /// A person has to show it; an attestation may cover it.
        case manual(ManualMethod, LocalizedText)
    }

    package enum ManualMethod: String, Codable, CaseIterable, Sendable {
        case document, scan, discovery, logs, attestation
    }

    package var id: String
    package var title: LocalizedText
    package var domain: Domain
    /// The duties of the notice that it belongs to: `M1`…`S2`, or `X`.
    package var duties: [String]
    package var appliesWhen: Applicability
    package var severity: Severity
    package var clauses: [String]
    package var evidence: [Evidence]
    package var remediation: LocalizedText
    /// The role that answers for it.
    package var owner: LocalizedText

    package var checks: [CheckID] {
        evidence.compactMap { if case .check(let id) = $0 { id } else { nil } }
    }
}

/// A failure that the notice of June 2025 names (`M1`…`S2`), or `X`: duties beside it.
package struct Duty: Hashable, Sendable {
    package var id: String
    package var title: LocalizedText
}

/// The words and the weight of a check.
package struct CheckDefinition: Hashable, Sendable {
    package enum Method: String, Codable, CaseIterable, Sendable {
        /// Something was connected to, read or counted.
        case measurement
        /// A document was read.
        case document
    }

    package var id: CheckID
    package var method: Method
    package var severity: Severity
    /// Techniques of ATT&CK that the gap opens the door to, the first the nearest: `T1190`.
    package var attack: [String]
    /// As a positive statement: what holds when the check passes.
    package var title: LocalizedText
    package var finding: LocalizedText
    package var remediation: LocalizedText
}

/// What the law attaches to the number of persons held.
package struct ConsequenceRule: Hashable, Sendable {
    package var id: String
    package var when: Applicability
    /// May hold `{persons}` and the names of thresholds.
    package var text: LocalizedText
    package var clauses: [String]
}
