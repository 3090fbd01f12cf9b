import Estate
package import Network

/// Reads what a person asks to have scanned.
package enum ScanTargets {
    package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        package var description: String
    }

    /// IPv6 networks are too large to be walked through: their hosts have to be named.
    private static let largestIPv6 = 1 << 16

    /// - Parameters:
    ///   - texts: addresses, names, or blocks of addresses.
    ///   - isInternetFacing: the targets are seen from outside.
    package static func plan(_ texts: [String], ports: PortSelection, scope: Scope, isInternetFacing: Bool) async throws(Problem) -> ScanPlan {
        var seen: Set<String> = []
        let texts = texts.filter { seen.insert($0).inserted }
        for text in texts {
            if let block = CIDR(text) {
                guard block.base.family == .v4 || block.count <= largestIPv6 else {
                    throw Problem(description: "\(text): an IPv6 network is too large to be searched; name its hosts, or a block of /112 or smaller")
                }
            } else if !Scope.isName(text) || text.hasPrefix("*") || text.allSatisfy({ $0.isNumber || $0 == "." }) {
                throw Problem(
                    description: "'\(text.prefix(60))': is no address, block of addresses (bits beyond the prefix must be 0), host name or file")
            }
        }
        let targets = await Window.map(texts, width: 16) { text in
            let host = Host(name: text, address: text, internetFacing: isInternetFacing, ports: ports.ports)
            guard let block = CIDR(text), block.count > 1 else {
                return await ScanPlan.target(host, ports: ports.ports, datagramPorts: ports.datagramPorts, scope: scope)
            }
            // Block against block: what lies outside of the scope isn't walked through. An address that is an IPv4 one in disguise is judged at the sweep.
            let parts = block.intersection(with: scope.networks)
            guard !parts.isEmpty else {
                return ScanPlan.Target(
                    host, addresses: [], ports: ports.ports, datagramPorts: ports.datagramPorts, problem: .outOfScope(host: text, address: nil))
            }
            let rest = block.count - parts.reduce(0) { $0.addingClamped($1.count) }
            return ScanPlan.Target(host, addresses: parts, ports: ports.ports, datagramPorts: ports.datagramPorts, addressesOutOfScope: max(0, rest))
        }
        return ScanPlan(targets.compactMap { $0 }, scope: scope)
    }
}
