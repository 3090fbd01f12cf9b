import Estate
package import Findings
import Network
import Probes

/// Judges which services let a vendor's documented account in.
package enum AccountJudge {
    /// - Parameter tried: accounts were tried at all: they are only when somebody asks for it.
    package static func judge(_ check: CheckID, _ hosts: [HostReading], tried: Bool) -> CheckResult {
        guard tried else { return .judged(check, examined: 0, findings: [], unexamined: Message("exposure.accounts-not-tried")) }
        let ports = hosts.flatMap { host in host.open.map { (host, $0) } }.filter { _, port in
            guard let reading = port.reading else { return false }
            return ProbeRegistry.probes(for: reading.service).contains {
                ($0 as? any PasswordProbe.Type)?.defaultAccounts(of: reading.service).isEmpty == false
            }
        }
        let findings = ports.compactMap { host, port -> Finding? in
            guard let account = port.account, let reading = port.reading else { return nil }
            let facts: [String: Fact] = ["service": .text(reading.service.name), "user": .text(account.user)]
            return Finding(
                check: check, subject: host.host.name, asset: "\(port.place)/\(reading.service.name)", discriminator: account.user, facts: facts,
                evidence: [Message("exposure.default-account", facts.merging(["source": .text(account.source)]) { first, _ in first })])
        }
        guard !ports.isEmpty else { return .judged(check, examined: 0, findings: [], unexamined: Message("exposure.no-default-accounts")) }
        return .judged(check, examined: ports.count, findings: findings, unexamined: Coverage.incomplete(hosts))
    }
}
