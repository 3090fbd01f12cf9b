package import Estate
package import Network
import Probes

/// What a scan looks at, and how hard it may work.
package struct ScanPlan: Sendable {
    /// A host or a network, as it was named.
    package struct Target: Sendable {
        /// Its name, its address as declared, and whether it faces the internet.
        package var host: Host
        package var addresses: [CIDR]
        package var ports: [UInt16]
        /// UDP ports, asked of addresses that answered over TCP, and of those that were named singly.
        package var datagramPorts: [UInt16]
        /// The name that led to the addresses, when it was one.
        package var name: String?
        /// Why nothing of it is contacted.
        package var problem: ScopeError?
        /// Addresses of a network that are not among ``addresses``, because the scope doesn't hold them.
        package var addressesOutOfScope: Int

        package init(
            _ host: Host, addresses: [CIDR], ports: [UInt16], datagramPorts: [UInt16] = [], name: String? = nil, problem: ScopeError? = nil,
            addressesOutOfScope: Int = 0
        ) {
            self.host = host
            self.addresses = addresses
            self.ports = ports
            self.datagramPorts = datagramPorts
            self.name = name
            self.problem = problem
            self.addressesOutOfScope = addressesOutOfScope
        }

        /// How many TCP ports there are to look at; of a host whose name was not resolved any more, those of one address.
        var count: Int {
            guard !addresses.isEmpty else { return problem == nil ? ports.count : 0 }
            return addresses.reduce(0) { $0.addingClamped($1.count.multipliedClamped(ports.count)) }
        }
    }

    package var targets: [Target]
    package var scope: Scope

    package init(_ targets: [Target], scope: Scope) {
        self.targets = targets
        self.scope = scope
    }

    /// The same for the same targets, ports and scope, and different for others.
    package var identity: String {
        let targets = targets.map { target in
            [target.host.name, target.addresses.map(\.description).joined(separator: ","), Self.ranges(target.ports)]
                .joined(separator: " ")
        }
        let permitted = scope.networks.map(\.description) + scope.names + scope.excluded.map { "!\($0)" }
        return (targets + permitted).joined(separator: "\n")
    }

    /// `22,80-90`.
    private static func ranges(_ ports: [UInt16]) -> String {
        var ranges: [ClosedRange<UInt16>] = []
        for port in ports.sorted() {
            if let last = ranges.last, port == last.upperBound &+ 1, port > 0 {
                ranges[ranges.count - 1] = last.lowerBound...port
            } else {
                ranges.append(port...port)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",")
    }

    var space: SweepSpace {
        SweepSpace(
            targets.enumerated().flatMap { number, target in
                target.addresses.map { SweepSpace.Block(target: number, addresses: $0, ports: target.ports, name: target.name) }
            }, scope: scope)
    }
}

extension ScanPlan {
    /// A name may stand for a whole pool; more addresses than this of one host are not looked at.
    private static let mostAddresses = 64

    /// Names are resolved here, many at once, and never again: what is contacted are the addresses that the scope has judged.
    package init(_ estate: Estate) async {
        let scope = estate.scope
        let targets = await Window.map(estate.hosts, width: 16) { host in
            var seen: Set<UInt16> = []
            let ports = (host.ports ?? KnownPorts.all.map(\.port)).filter { seen.insert($0).inserted }
            let datagrams = host.ports.map { ports in ports.filter { KnownPorts.datagramService(on: $0) != nil } } ?? KnownPorts.datagrams.map(\.port)
            return await Self.target(host, ports: ports, datagramPorts: datagrams, scope: scope)
        }
        self.init(zip(estate.hosts, targets).map { $1 ?? Target($0, addresses: [], ports: $0.ports ?? KnownPorts.all.map(\.port)) }, scope: scope)
    }

    /// A target by its address or name.
    package static func target(_ host: Host, ports: [UInt16], datagramPorts: [UInt16], scope: Scope) async -> Target {
        var target = Target(host, addresses: [], ports: ports, datagramPorts: datagramPorts)
        do {
            // Those out of scope stay among them: the sweep counts them, and sends them nothing.
            let all = try await scope.addresses(of: host.address)
            let name = Scope.normalised(host.address)
            guard all.contains(where: { scope.permit($0, port: 1, host: name) != nil }) else {
                target.problem = .outOfScope(host: host.address, address: all.first)
                return target
            }
            target.addresses = all.prefix(mostAddresses).map { CIDR($0) }
            if IPAddress(name) == nil { target.name = name }
        } catch {
            target.problem = error
        }
        return target
    }
}
