import Estate
package import Findings
import Network
import Probes

/// Judges which services answer without authentication.
package enum ServiceJudge {
    package static func judge(_ check: CheckID, _ hosts: [HostReading]) -> CheckResult {
        guard !hosts.isEmpty else { return .judged(check, examined: 0, findings: [], unexamined: Message("exposure.no-hosts")) }
        guard !hosts.contains(where: { $0.ports.contains { !$0.wasAsked } }) else {
            return .judged(check, examined: 0, findings: [], unexamined: Message("exposure.ports-only"))
        }
        let findings = hosts.flatMap { host in
            host.open.compactMap { port -> Finding? in
                guard let reading = port.reading, reading.authentication == .notRequired else { return nil }
                return Finding(
                    check: check, subject: host.host.name, asset: "\(port.place)/\(reading.service.name)",
                    facts: ["host": .text(host.host.name), "service": .text(reading.service.name), "port": .text("\(port.target.port)")],
                    evidence: reading.evidence)
            }
        }
        let undecided = hosts.contains { !Coverage.undecided($0).isEmpty }
        let reason = Coverage.incomplete(hosts) ?? (undecided ? Message("exposure.undecided-services") : nil)
        return .judged(check, examined: hosts.reduce(0) { $0 + $1.examined }, findings: findings, unexamined: reason)
    }
}
