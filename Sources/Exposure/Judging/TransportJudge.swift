import Estate
package import Findings
import Network
import Probes

/// Judges how services protect what they send: versions and suites of TLS, certificates, databases in plain text.
package enum TransportJudge {
    /// - Parameter check: one of ``TLSChecks/weak`` and ``TLSChecks/certificate``.
    /// - Parameter pages: what the first pages of HTTP services said of HSTS.
    package static func tls(_ check: CheckID, _ hosts: [HostReading], _ pages: [PageReading] = []) -> CheckResult {
        guard !hosts.isEmpty else { return .judged(check, examined: 0, findings: [], unexamined: Message("exposure.no-hosts")) }
        var examined = 0
        var findings: [Finding] = []
        for host in hosts {
            for port in host.open {
                guard let reading = port.tls else { continue }
                examined += 1
                var problems = reading.problems.filter { $0.check == check }
                if check == TLSChecks.weak, let page = pages.first(where: { port.webAddress?.hasSameOrigin(as: $0.origin) ?? false }) {
                    page.hsts.problem.map { problems.append($0) }
                }
                guard let worst = problems.map(\.severity).max() else { continue }
                findings.append(finding(check, host, port, severity: worst, evidence: problems.map(\.message)))
            }
        }
        let untested = hosts.contains { $0.open.contains { $0.usesTLS && $0.tls == nil } } ? Message("exposure.tls-not-examined") : nil
        guard examined > 0 || untested != nil else {
            return .judged(check, examined: 0, findings: [], unexamined: Coverage.incomplete(hosts) ?? Message("exposure.no-tls"))
        }
        return .judged(check, examined: examined, findings: findings, unexamined: Coverage.incomplete(hosts) ?? untested)
    }

    /// Databases that take connections from other machines without TLS.
    package static func databases(_ check: CheckID, _ hosts: [HostReading]) -> CheckResult {
        guard !hosts.isEmpty else { return .judged(check, examined: 0, findings: [], unexamined: Message("exposure.no-hosts")) }
        var examined = 0
        var findings: [Finding] = []
        for host in hosts {
            // What listens on the machine's own address only talks to nobody else.
            for port in host.open where port.reading.map({ databases.contains($0.service) }) ?? false && !port.target.address.isLoopback {
                examined += 1
                guard !port.usesTLS else { continue }
                findings.append(finding(check, host, port, evidence: [Message("exposure.database-plaintext", ["place": .text(port.place)])]))
            }
        }
        guard examined > 0 else {
            return .judged(check, examined: 0, findings: [], unexamined: Coverage.incomplete(hosts) ?? Message("exposure.no-databases"))
        }
        return .judged(check, examined: examined, findings: findings, unexamined: Coverage.incomplete(hosts))
    }

    /// Of which a connection in plain text shows records and passwords.
    private static let databases: Set<Service> = [
        .postgreSQL, .mySQL, .mySQLX, .sqlServer, .oracle, .dameng, .kingbase, .oceanBase, .db2, .doris, .redis, .memcached, .mongoDB, .elasticsearch,
        .solr, .clickHouse, .couchDB, .influxDB, .cassandra, .neo4j, .ldap, .dicom, .orthanc, .dicomWeb, .hl7, .fhir,
    ]

    private static func finding(
        _ check: CheckID, _ host: HostReading, _ port: PortReading, severity: Severity? = nil, evidence: [Message]
    ) -> Finding {
        let name = port.reading?.service.name ?? port.service?.name ?? "TLS"
        return Finding(
            check: check, subject: host.host.name, asset: "\(port.place)/\(name)", severity: severity,
            facts: ["host": .text(host.host.name), "service": .text(name), "port": .text("\(port.target.port)")], evidence: evidence)
    }
}
