import Estate
package import Findings
import Network
import Probes
import Templates

/// Judges what templates found. A template that only recognises a product is no finding: it stands in the table.
package enum TemplateJudge {
    /// - Parameter templates: how many were run.
    package static func judge(_ check: CheckID, _ hosts: [HostReading], templates: Int) -> CheckResult {
        guard templates > 0 else { return .judged(check, examined: 0, findings: [], unexamined: Message("exposure.no-templates")) }
        let ports = hosts.flatMap { host in host.open.map { (host, $0) } }
        let examined = ports.filter { $0.1.statistics.requests > $0.1.statistics.failed + $0.1.statistics.refused }.count
        let failed = ports.filter { $0.1.statistics.failed > 0 }.map { Fact.text($0.1.place) }
        let findings = ports.flatMap { host, port in
            port.matches.compactMap { match in match.info.severity.finding.map { finding(check, host, port, match, $0) } }
        }
        guard examined > 0 else {
            return .judged(check, examined: 0, findings: [], unexamined: Coverage.incomplete(hosts) ?? Message("exposure.no-web"))
        }
        let open = failed.isEmpty ? nil : Message("exposure.templates-unanswered", ["places": .list(failed)])
        return .judged(check, examined: examined, findings: findings, unexamined: Coverage.incomplete(hosts) ?? open)
    }

    /// Every match, also those that only recognise something; nil when there is none.
    package static func exhibit(_ hosts: [HostReading]) -> Exhibit? {
        let rows = hosts.flatMap(\.open).flatMap { port in
            port.matches.map { match -> [Fact] in
                [
                    .text(port.place), .text(PeerText.line(match.templateID)), name(match),
                    .term("exposure.template-\(match.info.severity.rawValue)"),
                    .text(match.versions.joined(separator: " ")),
                ]
            }
        }
        guard !rows.isEmpty else { return nil }
        let columns = ["exposure.port", "exposure.template", "exposure.template-name", "exposure.template-severity", "exposure.version"]
        return Exhibit("exposure.templates", .table, columns: columns, rows: rows)
    }

    private static func finding(_ check: CheckID, _ host: HostReading, _ port: PortReading, _ match: TemplateMatch, _ severity: Severity) -> Finding {
        let id = PeerText.line(match.templateID)
        let facts: [String: Fact] = ["template": .text(id), "name": name(match), "place": .text(port.place)]
        return Finding(
            check: check, subject: host.host.name, asset: "\(port.place) \(id)", discriminator: match.matcherName ?? "", severity: severity,
            facts: facts,
            evidence: [
                Message("exposure.template-matched", ["request": .text(PeerText.line(match.matched)), "template": .text(id)])
            ])
    }

    /// In both languages when the template has them.
    private static func name(_ match: TemplateMatch) -> Fact {
        let english = PeerText.line(match.info.name)
        guard let chinese = match.chineseName.map(PeerText.line), chinese != english else { return .text(english) }
        return .message(Message("exposure.template-name", ["zh": .text(chinese), "en": .text(english)]))
    }
}

extension TemplateInfo.Severity {
    /// Nil for templates that only tell what is there.
    fileprivate var finding: Severity? { Severity(rawValue: rawValue) }
}
