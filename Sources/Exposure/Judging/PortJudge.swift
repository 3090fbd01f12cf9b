import Estate
package import Findings
import Network
package import Probes

/// Judges which ports of hosts that face the internet can be reached.
package enum PortJudge {
    package static func judge(_ check: CheckID, _ kinds: Set<Service.Class>, _ hosts: [HostReading], from viewpoint: Viewpoint? = nil) -> CheckResult
    {
        guard !hosts.isEmpty else { return .judged(check, examined: 0, findings: [], unexamined: Message("exposure.no-hosts")) }
        // What answers from inside need not answer from outside.
        guard viewpoint != .inside else { return .judged(check, examined: 0, findings: [], unexamined: Message("exposure.seen-from-inside")) }
        // What was reached from outside faces the internet, whatever is declared.
        let facing = viewpoint == .outside ? hosts : hosts.filter(\.host.internetFacing)
        guard !facing.isEmpty else { return .judged(check, examined: 0, findings: [], unexamined: Message("exposure.no-internet-facing")) }
        let findings = facing.flatMap { host in
            host.open.compactMap { port -> Finding? in
                guard let service = port.service, kinds.contains(service.kind) else { return nil }
                let evidence = Message(
                    port.isConfirmed ? "exposure.port-confirmed" : "exposure.port-expected",
                    ["service": .text(service.name), "place": .text(port.place)])
                return Finding(
                    check: check, subject: host.host.name, asset: "\(port.place)/\(service.name)",
                    facts: ["host": .text(host.host.name), "service": .text(service.name), "port": .text("\(port.target.port)")], evidence: [evidence]
                )
            }
        }
        return .judged(check, examined: facing.reduce(0) { $0 + $1.examined }, findings: findings, unexamined: Coverage.incomplete(facing))
    }
}
