package import Estate
package import Network
package import Probes
package import Templates

/// What was learnt of one open port.
package struct PortReading: Sendable {
    package var target: PermittedAddress
    package var transport: ProbeTransport
    /// False when only open ports were looked for.
    package var wasAsked = true
    /// Nil: nothing was recognised.
    package var reading: ServiceReading?
    /// TLS was spoken, whatever inside.
    package var usesTLS: Bool
    /// Nil: no TLS, or it wasn't examined.
    package var tls: TLSReading?
    /// A vendor's documented account that was let in.
    package var account: DefaultAccount?
    /// Whether such accounts were tried, and whether it is known what came of it; nil: there are none, or nobody asked.
    package var accountsDecided: Bool?
    /// Templates that matched, and what running them took.
    package var matches: [TemplateMatch] = []
    package var statistics = TemplateStatistics()

    package init(_ target: PermittedAddress, _ reading: ServiceReading? = nil, transport: ProbeTransport = .tcp, usesTLS: Bool = false) {
        self.target = target
        self.transport = transport
        self.reading = reading
        self.usesTLS = usesTLS || reading?.usesTLS == true
    }

    /// What is taken to listen there: what was recognised, else what usually does. Of a port known for a product that speaks HTTP, "it speaks HTTP"
    /// says nothing against the product, unless a probe of its own looked and found something else.
    package var service: Service? {
        let expected = KnownPorts.service(on: target.port)
        guard let reading else { return expected }
        if reading.service == .http, let expected, ProbeRegistry.probe(for: expected) == nil { return expected }
        return reading.service
    }

    /// Whether the service spoke for itself.
    package var isConfirmed: Bool { reading?.service == service && reading != nil }

    /// `192.0.2.1:6379`, `[2001:db8::1]:6379`, `192.0.2.1:161/udp`.
    package var place: String {
        let address = target.address
        return (address.family == .v6 ? "[\(address)]" : "\(address)") + ":\(target.port)" + (transport == .udp ? "/udp" : "")
    }
}

/// What was learnt of one declared host, or of one network.
package struct HostReading: Sendable {
    package var host: Host
    /// The open ports, by address and port.
    package var ports: [PortReading]
    /// What became of the ports of each address that answered, and, of a host of few addresses, of each address.
    package var addresses: [AddressSweep]
    /// Addresses of which not one port answered: nobody can say whether they were reached. Those beyond what ``addresses`` holds.
    package var otherSilentAddresses: Int
    package var otherSilentPorts: Int
    /// Ports of addresses outside the scope, beyond what ``addresses`` holds.
    package var otherOutOfScope: Int
    /// Why the host, or some of it, was not contacted.
    package var problem: ScopeError?
    /// Ports that the run was stopped before.
    package var interrupted: Int

    package init(
        _ host: Host, _ ports: [PortReading] = [], addresses: [AddressSweep] = [], otherSilentAddresses: Int = 0, otherSilentPorts: Int = 0,
        otherOutOfScope: Int = 0,
        problem: ScopeError? = nil,
        interrupted: Int = 0
    ) {
        self.host = host
        self.ports = ports
        self.addresses = addresses
        self.otherSilentAddresses = otherSilentAddresses
        self.otherSilentPorts = otherSilentPorts
        self.otherOutOfScope = otherOutOfScope
        self.problem = problem
        self.interrupted = interrupted
    }

    /// The open ports that count: none of a decoy's, and of an address that takes every connection only those where a service spoke.
    package var open: [PortReading] {
        let doubts = Dictionary(doubts.map { ($0.address.address, $0.doubt) }) { first, _ in first }
        return ports.filter { port in
            switch doubts[port.target.address] {
            case nil: true
            case .answersEverything: port.isConfirmed
            case .claimsEverything: false
            }
        }
    }

    /// The addresses that don't deserve belief, and why.
    package var doubts: [(address: AddressSweep, doubt: Doubt)] {
        let byAddress = Dictionary(grouping: ports, by: \.target.address)
        return addresses.compactMap { sweep in Doubt(sweep, byAddress[sweep.address] ?? []).map { (sweep, $0) } }
    }

    package var silentAddresses: [AddressSweep] { addresses.filter { !$0.hasAnswered && $0.exhausted + $0.outOfScope < $0.count } }
    package var exhausted: Int { addresses.reduce(0) { $0 + $1.exhausted } }
    package var outOfScope: Int { addresses.reduce(otherOutOfScope) { $0.addingClamped($1.outOfScope) } }

    /// Whether everything declared of it was looked at.
    package var isComplete: Bool {
        problem == nil && interrupted == 0 && exhausted == 0 && outOfScope == 0 && otherSilentAddresses == 0 && silentAddresses.isEmpty
            && doubts.isEmpty
    }

    /// How many ports were looked at with a result.
    package var examined: Int { addresses.filter(\.hasAnswered).reduce(0) { $0 + $1.count - $1.exhausted - $1.outOfScope } }
}
