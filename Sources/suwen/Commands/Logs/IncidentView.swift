import AccessLogs
import Findings
import Foundation
import Geography
import Regulations
import Reporting

/// One incident, for people and for programs.
struct IncidentView {
    let catalogue: Catalogue
    let language: Language

    /// Names of what regions count as, in the contract of `suwen.logs/1`.
    static let standings: [String: RegionStanding] = [
        "domestic": .domestic, "hkMoTw": .hongKongMacaoTaiwan, "foreign": .foreign, "undetermined": .undetermined, "private": .special,
    ]

    static func name(of standing: RegionStanding) -> String { standings.first { $0.value == standing }?.key ?? "undetermined" }

    func record(_ incident: Incident) -> LogIncidentRecord {
        LogIncidentRecord(
            kind: incident.kind.rawValue, title: catalogue.wording.findingTitle(incident.finding, language), log: incident.source,
            source: incident.network, addresses: incident.addresses, account: incident.account, accounts: incident.accounts,
            region: incident.region.name, class: Self.name(of: incident.standing), from: incident.from, to: incident.to,
            requests: incident.requests, bytes: incident.bytes, rows: incident.rows, persons: incident.persons, severity: incident.severity,
            succeeded: incident.succeeded, techniques: incident.techniques,
            evidence: incident.evidence.map { catalogue.wording.text($0, language) },
            rule: incident.rule.map { LogIncidentRecord.Rule(id: $0.id, title: $0.title, author: $0.author) })
    }

    /// Time, why it is told, severity, kind, whom it is about, and what happened.
    func line(_ told: LiveIncident) -> String {
        let wording = catalogue.wording
        let incident = told.incident
        let news = wording.term("incident-news.\(told.news.rawValue)", language)
        let severity = wording.term("severity.\(incident.severity.rawValue)", language)
        let who = [incident.network, incident.account].compactMap { $0 }.joined(separator: " ")
        return [
            wording.render(.time(incident.to), language), "[\(severity)] \(news)", wording.term("incident.\(incident.kind.rawValue)", language),
            who.isEmpty ? incident.source : who, wording.findingTitle(incident.finding, language),
        ].joined(separator: "  ")
    }
}
