package import Findings
import Foundation
package import Regulations

/// A finding as programs read it: in `findings` of the JSON documents, and as a line of JSON Lines.
package struct FindingRecord: Encodable, Hashable, Sendable {
    package var fingerprint: String
    package var check: String
    package var severity: Severity
    package var title: String
    package var subject: String
    package var asset: String
    package var evidence: [String]
    package var remediation: String
    /// ISO 8601; nil: at the time of the run.
    package var occurredAt: String?
    /// Techniques of MITRE ATT&CK: `T1190`.
    package var attack: [String]
    /// The controls that the finding breaks: `PRO-09`.
    package var controls: [String]
    /// What those controls cite.
    package var clauses: [ClauseRecord]

    package init(_ finding: Finding, _ bases: inout CheckBases, _ language: Language) {
        let basis = bases.basis(of: finding)
        let catalogue = bases.catalogue
        fingerprint = finding.fingerprint
        check = finding.check.rawValue
        severity = catalogue.severity(of: finding)
        title = catalogue.wording.findingTitle(finding, language)
        subject = finding.subject
        asset = finding.asset
        evidence = finding.evidence.map { catalogue.wording.text($0, language) }
        remediation = catalogue.wording.remediation(finding, language)
        occurredAt = finding.occurredAt?.ISO8601Format()
        attack = basis.attack
        controls = basis.controls.map(\.id)
        clauses = basis.clauses.map { ClauseRecord($0, language) }
    }
}

/// A clause that a finding's controls cite.
package struct ClauseRecord: Encodable, Hashable, Sendable {
    /// The catalogue's id: `PIPL.51`.
    package var clause: String
    /// As a report prints it, with a mark where it isn't verified: `GB/T 22239-2019 8.1.4.1（据间接来源，待法务复核）`.
    package var citation: String
    /// `verified`, `secondary`, `derived`, `unverified`.
    package var status: Clause.Status

    init(_ cited: CitedClause, _ language: Language) {
        clause = cited.id
        citation = cited.citation[language]
        status = cited.status
    }
}

/// A check as programs read it.
package struct CheckRecord: Encodable, Hashable, Sendable {
    package var id: String
    package var title: String
    /// `passed`, `failed`, `notAssessed`, `notApplicable`.
    package var status: String
    package var examined: Int
    /// Why it gave no answer.
    package var reason: String?

    package init(_ result: CheckResult, _ wording: Wording, _ language: Language) {
        id = result.check.rawValue
        title = wording.checkTitle(result.check, language)
        examined = result.examined
        switch result.outcome {
        case .passed: status = "passed"
        case .failed: status = "failed"
        case .notAssessed(let why):
            status = "notAssessed"
            reason = wording.text(why, language)
        case .notApplicable(let why):
            status = "notApplicable"
            reason = wording.text(why, language)
        }
    }
}

/// What could not be examined, and why.
package struct UnexaminedRecord: Encodable, Hashable, Sendable {
    package var subject: String
    package var reason: String

    package init(_ unexamined: Unexamined, _ wording: Wording, _ language: Language) {
        subject = unexamined.subject
        reason = wording.text(unexamined.reason, language)
    }
}
