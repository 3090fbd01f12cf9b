package import Findings
package import Foundation
package import Geography

/// What an incident is. Raw values are the contract of `suwen.logs/1`.
package enum IncidentKind: String, Sendable, CaseIterable {
    case foreignAccess, bulkDownload, enumeration, bruteForce, bruteForceSuccess, credentialStuffing, passwordSpray, injection, traversal, webShell
    case scanner, adminAccess, offHours, databaseDump, directDatabase, dormantAccount, impossibleTravel, logTampering, personalDataInLog, sigma
}

/// One story: who, when, by which way, how much, and whether it succeeded. Masked throughout.
package struct Incident: Sendable {
    /// Author and title of the rule, for rules of others.
    package struct Rule: Hashable, Sendable {
        package var id: String
        package var title: String
        package var author: String
    }

    package var kind: IncidentKind
    /// The log's name.
    package var source: String
    /// A network as evidence shows it (`203.0.113.*`); nil when no address is known, or there are many: see ``addresses``.
    package var network: String?
    package var addresses = 0
    /// Masked; nil when there is none.
    package var account: String?
    package var accounts = 0
    package var region: RegionKey
    package var standing: RegionStanding
    package var from: Date
    package var to: Date
    package var requests = 0
    package var bytes = 0
    package var rows = 0
    /// How many persons' data it may have touched, at most: distinct records or rows; 0 when nothing says so.
    package var persons = 0
    package var severity: Severity
    package var succeeded = false
    /// ATT&CK, as `T1110.003`.
    package var techniques: [String] = []
    /// Facts for the wording `access-logs.incident.<kind>`, and evidence in words of the catalogue.
    package var facts: [String: Fact] = [:]
    package var evidence: [Message] = []
    /// Where the first of it stands, and where its success does.
    package var places: [LinePlace] = []
    package var rule: Rule?
}
