/// What may be touched. Fail-closed: what isn't in it isn't contacted, and an empty scope permits nothing.
///
/// Every socket of Suwen connects to a ``PermittedAddress``, and only a scope makes one, after DNS.
package struct Scope: Hashable, Sendable {
    /// Blocks whose addresses may be contacted, whatever name led there.
    package var networks: [CIDR]
    /// Host names that may be contacted: exact (`db.example.cn`), or a suffix (`*.example.cn`, which does not include `example.cn`).
    /// A name that resolves to an address of this machine or of a private or link-local network needs that address in `networks` as well,
    /// so that whoever answers for a name can't point Suwen into the inner network.
    package var names: [String]
    /// Never contacted, even if something above permits it.
    package var excluded: [CIDR]

    package init(networks: [CIDR] = [], names: [String] = [], excluded: [CIDR] = []) {
        self.networks = networks
        self.names = names.map { $0.lowercased() }
        self.excluded = excluded
    }
}

/// An address and a port that a scope permits. The only thing that the connecting code accepts.
package struct PermittedAddress: Hashable, Sendable {
    package let address: IPAddress
    package let port: UInt16
    /// The host as it was asked for: the name for TLS and for the `Host` header.
    package let host: String

    fileprivate init(address: IPAddress, port: UInt16, host: String) {
        self.address = address
        self.port = port
        self.host = host
    }

    /// Another port of the same address: a scope judges addresses, not ports.
    package func at(port: UInt16) -> PermittedAddress { PermittedAddress(address: address, port: port, host: host) }
}

/// Why a host isn't contacted.
package enum ScopeError: Error, Hashable, Sendable {
    /// The host, and the address that it stands for when that is known.
    case outOfScope(host: String, address: IPAddress?)
    case unresolvable(host: String)
}

extension Scope {
    /// Decides for one address; `host` is the name that led to it, or the address itself.
    package func permit(_ address: IPAddress, port: UInt16, host: String) -> PermittedAddress? {
        var faces = [address]
        if let embedded = address.embeddedIPv4 { faces.append(embedded) }
        // Linux connects the unspecified address to this machine's own.
        if address.high == 0, address.low == 0 {
            faces.append(address.family == .v4 ? IPAddress(v4: 0x7F00_0001) : IPAddress(v6High: 0, low: 1))
        }
        guard !faces.contains(where: { face in excluded.contains { $0.contains(face) } }) else { return nil }
        let byNetwork = faces.allSatisfy { face in networks.contains { $0.contains(face) } }
        let byName = permits(name: host) && !faces.contains { $0.isInternal }
        return byNetwork || byName ? PermittedAddress(address: address, port: port, host: host) : nil
    }

    /// Whether the name itself is listed.
    package func permits(name host: String) -> Bool {
        let host = Scope.normalised(host)
        guard IPAddress(host) == nil else { return false }
        return names.contains { pattern in
            pattern.hasPrefix("*.") ? host.hasSuffix(pattern.dropFirst()) && host.count > pattern.count - 1 : host == pattern
        }
    }

    /// Lower case, without the brackets of an IPv6 literal and without the root's dot.
    package static func normalised(_ host: String) -> String {
        var host = host.lowercased()
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        if host.hasSuffix(".") { host.removeLast() }
        return host
    }
}
