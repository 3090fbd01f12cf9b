import Estate
package import Findings
import Network
import Probes

/// Judges which services let a vendor's documented account in.
package enum AccountJudge {
    /// - Parameter tried: accounts were tried at all: they are only when somebody asks for it.
    package static func judge(_ check: CheckID, _ hosts: [HostReading], tried: Bool) -> CheckResult {
        guard tried else { return .judged(check, examined: 0, findings: [], unexamined: Message("exposure.accounts-not-tried")) }
        let ports = hosts.flatMap { host in host.open.map { (host, $0) } }.filter { $0.1.accountsDecided != nil }
        let undecided = ports.filter { $0.1.accountsDecided == false }.map { Fact.text($0.1.place) }
        let findings = ports.compactMap { host, port -> Finding? in
            guard let account = port.account, let reading = port.reading else { return nil }
            let facts: [String: Fact] = ["service": .text(reading.service.name), "user": .text(account.user)]
            return Finding(
                check: check, subject: host.host.name, asset: "\(port.place)/\(reading.service.name)", discriminator: account.user, facts: facts,
                evidence: [Message("exposure.default-account", facts.merging(["source": .text(account.source)]) { first, _ in first })])
        }
        guard !ports.isEmpty else { return .judged(check, examined: 0, findings: [], unexamined: Message("exposure.no-default-accounts")) }
        let open = undecided.isEmpty ? nil : Message("exposure.accounts-undecided", ["places": .list(undecided)])
        return .judged(check, examined: ports.count - undecided.count, findings: findings, unexamined: Coverage.incomplete(hosts) ?? open)
    }
}
