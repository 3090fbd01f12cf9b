package import Findings
package import Foundation

/// The one model that every format renders. Encoded as JSON it is `report.json`: schema `suwen.report/1`.
///
/// Its sentences are in ``language`` already; its exhibits and dates are not, so that a renderer can lay them out.
package struct Report: Codable, Sendable {
    package var schema = "suwen.report/1"
    package var language: Language
    package var organisation: Organisation
    package var assessedAt: Date
    package var summary: Summary
    package var duties: [Duty]
    package var domains: [Domain]
    /// What the law attaches to the number of persons held.
    package var consequences: [Consequence]
    package var controls: [Control]
    package var findings: [Finding]
    package var coverage: [Coverage]
    package var exhibits: [Exhibit]
    package var progress: Progress
    /// Names and versions of Suwen, its catalogue and the data it used, with the attributions that their licences ask for.
    package var versions: [Version]

    package struct Organisation: Codable, Sendable {
        package var name: String
        package var mlpsLevel: Int
        package var medicalInstitution: Bool
        package var internetDiagnosis: Bool
        package var importantData: Bool
        package var minors: Bool
    }

    package struct Summary: Codable, Sendable {
        /// Distinct natural persons: the higher of measured and declared.
        package var persons: Int
        package var personsMeasured: Int?
        package var personsDeclared: Int
        package var controls: ControlCounts
        package var findings: FindingCounts
    }

    package struct ControlCounts: Codable, Sendable {
        package var compliant = 0
        package var partial = 0
        package var nonCompliant = 0
        package var notApplicable = 0
        package var notAssessed = 0
    }

    /// Findings that are new or open.
    package struct FindingCounts: Codable, Sendable {
        package var critical = 0
        package var high = 0
        package var medium = 0
        package var low = 0
    }

    /// One duty of the notice, M1…S2.
    package struct Duty: Codable, Sendable {
        package var id: String
        package var title: String
        package var verdict: Verdict
        package var controls: [String]
        /// Titles of the findings that the inspector would cite under this duty, worst first, at most five.
        package var citedFindings: [String]
    }

    package struct Domain: Codable, Sendable {
        package var id: String
        package var title: String
        package var counts: ControlCounts
        /// 0…100 over the assessed controls (compliant 1, partial ½), nil when none was assessed.
        package var score: Double?
    }

    package struct Consequence: Codable, Sendable {
        package var text: String
        package var clauses: [Clause]
    }

    package struct Control: Codable, Sendable {
        package var id: String
        package var title: String
        package var domain: String
        package var verdict: Verdict
        package var severity: Severity
        package var duties: [String]
        package var clauses: [Clause]
        package var checks: [Check]
        /// Fingerprints.
        package var findings: [String]
        package var remediation: String
        /// Who answers for it, and by when: set when the verdict is partial or non-compliant.
        package var owner: String
        package var deadline: Date?
        package var attestation: String?
    }

    package struct Clause: Codable, Sendable {
        package var law: String
        package var article: String
        /// The number until 2025-12-31, where it differs.
        package var oldArticle: String?
        /// `verified`, `secondary`, `derived`, `unverified`.
        package var status: String
        /// How the report prints it, by the date of the facts: `《网络安全法》第23条第3项`.
        package var citation: String
        package var paraphrase: String
    }

    package struct Check: Codable, Sendable {
        package var id: String
        package var title: String
        /// `passed`, `failed`, `notAssessed`.
        package var status: String
        package var reason: String?
        package var examined: Int
    }

    package struct Finding: Codable, Sendable {
        package var fingerprint: String
        package var check: String
        package var controls: [String]
        package var severity: Severity
        package var status: Status
        package var title: String
        package var asset: String
        package var evidence: [String]
        package var remediation: String
        package var firstSeen: Date?
        package var occurredAt: Date?
        /// Who accepted it, until when and why.
        package var acceptance: String?

        package enum Status: String, Codable, Sendable {
            case new, open, fixed, accepted
        }
    }

    package struct Coverage: Codable, Sendable {
        package var inspector: String
        package var title: String
        package var examined: Int
        package var unexamined: [Left]

        package struct Left: Codable, Sendable {
            package var subject: String
            package var reason: String
        }
    }

    package struct Progress: Codable, Sendable {
        package var previousRun: Date?
        package var new: Int
        package var open: Int
        package var fixed: Int
        package var accepted: Int
    }

    package struct Version: Codable, Sendable {
        package var name: String
        package var version: String
    }
}
