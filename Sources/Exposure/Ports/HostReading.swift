package import Estate
package import Network
package import Probes

/// What was learnt of one port at one address.
package struct PortReading: Hashable, Sendable {
    package var target: PermittedAddress
    package var state: PortState
    /// Nil: closed, or nothing was recognised.
    package var reading: ServiceReading?

    package init(_ target: PermittedAddress, _ state: PortState, _ reading: ServiceReading? = nil) {
        self.target = target
        self.state = state
        self.reading = reading
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

    /// `192.0.2.1:6379`, `[2001:db8::1]:6379`.
    package var place: String {
        let address = target.address
        return (address.family == .v6 ? "[\(address)]" : "\(address)") + ":\(target.port)"
    }
}

/// What was learnt of one declared host.
package struct HostReading: Sendable {
    package var host: Host
    /// Empty when the host was not contacted.
    package var ports: [PortReading]
    /// Why the host, or some of it, was not contacted.
    package var problem: ScopeError?
    /// Ports that the run was stopped before.
    package var interrupted: Int

    package init(_ host: Host, _ ports: [PortReading], problem: ScopeError? = nil, interrupted: Int = 0) {
        self.host = host
        self.ports = ports
        self.problem = problem
        self.interrupted = interrupted
    }

    /// By address, in order.
    package var addresses: [(address: IPAddress, ports: [PortReading])] {
        Dictionary(grouping: ports, by: \.target.address).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// True when so many ports take connections that something in between must be taking them all: then a port counts only if a service spoke there.
    package func answersEverything(at address: IPAddress) -> Bool {
        let here = ports.filter { $0.target.address == address }
        let open = here.filter { $0.state == .open }.count
        return open >= 25 && open * 2 > here.count
    }

    /// The open ports that count.
    package var open: [PortReading] {
        ports.filter { $0.state == .open && ($0.isConfirmed || !answersEverything(at: $0.target.address)) }
    }

    /// Addresses of which not one port answered: nobody can say whether they were reached.
    package var silentAddresses: [(address: IPAddress, ports: Int)] {
        addresses.filter { !$0.ports.contains { $0.state.isAnswer } && $0.ports.contains { $0.state != .exhausted } }.map {
            ($0.address, $0.ports.count)
        }
    }

    package var exhausted: Int { ports.filter { $0.state == .exhausted }.count }

    /// Whether everything declared of it was looked at.
    package var isComplete: Bool {
        problem == nil && interrupted == 0 && exhausted == 0 && silentAddresses.isEmpty && !addresses.contains { answersEverything(at: $0.address) }
    }

    /// How many ports were looked at with a result.
    package var examined: Int {
        addresses.filter { $0.ports.contains { $0.state.isAnswer } }.reduce(0) { $0 + $1.ports.filter { $0.state != .exhausted }.count }
    }
}
