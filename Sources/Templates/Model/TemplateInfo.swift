/// What a template says of itself.
package struct TemplateInfo: Sendable, Equatable {
    package enum Severity: String, CaseIterable, Sendable, Comparable {
        case unknown, info, low, medium, high, critical

        private var rank: Int { Severity.allCases.firstIndex(of: self) ?? 0 }

        package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
    }

    package var name: String
    package var severity: Severity
    package var tags: [String]
    package var references: [String]
    /// CVE ids, upper case.
    package var cve: [String]
    /// CWE ids, upper case.
    package var cwe: [String]
    /// `info.metadata`: scalars as text. Suwen's own templates use `name-zh`, `suwen-service`, `suwen-authentication` (none | required).
    package var metadata: [String: String]
    package var description: String
    package var remediation: String
}
