import Estate
package import Findings
import Network

/// Everything that one look from outside brings back.
package struct ExposureScan: Sendable {
    package var hosts: [HostReading]
    package var web: InterfaceSurvey.Result
    package var inspection: Inspection
    /// How long it took.
    package var duration: Duration

    /// What became of the ports, over all hosts.
    package struct Coverage: Hashable, Sendable {
        /// Ports that were tried.
        package var probed = 0
        package var open = 0
        package var closed = 0
        /// No answer, or the network's word that there is no way.
        package var filtered = 0
        /// Ports that nothing was sent to.
        package var unexamined = 0
    }

    package var coverage: Coverage {
        var sum = Coverage()
        for host in hosts {
            for sweep in host.addresses {
                sum.open += sweep.open.count
                sum.closed += sweep.refused
                sum.filtered += sweep.silent + sweep.unreachable
                sum.unexamined += sweep.exhausted + sweep.outOfScope
            }
            sum.filtered += host.otherSilentPorts
            sum.unexamined = sum.unexamined.addingClamped(host.otherOutOfScope)
            sum.unexamined += host.interrupted + (host.problem == nil ? 0 : host.host.ports?.count ?? 0)
        }
        sum.probed = sum.open + sum.closed + sum.filtered
        return sum
    }
}

/// From where a scan looks: what can be reached from inside isn't thereby open to the internet.
package enum Viewpoint: String, Sendable, CaseIterable {
    case inside, outside
}
