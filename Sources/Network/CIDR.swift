/// A block of addresses (RFC 4632): `192.0.2.0/24`, `2001:db8::/32`; a lone address is a block of one.
package struct CIDR: Hashable, Sendable, CustomStringConvertible {
    package let base: IPAddress
    package let prefixLength: Int

    /// Nil when the text is no block, or has bits set beyond its prefix (`10.0.0.1/8` is more likely a slip than a wish).
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let base = IPAddress(parts[0]) else { return nil }
        var length = base.bitCount
        if parts.count == 2 {
            guard let given = Int(parts[1]), String(given) == parts[1] else { return nil }
            // ::ffff:192.0.2.0/120 is 192.0.2.0/24.
            length = parts[0].contains(":") && base.family == .v4 ? given - 96 : given
        }
        guard (0...base.bitCount).contains(length) else { return nil }
        self.base = base
        prefixLength = length
        guard CIDR.masked(base, length) == base else { return nil }
    }

    init(base: IPAddress, prefixLength: Int) {
        self.base = base
        self.prefixLength = prefixLength
    }

    package func contains(_ address: IPAddress) -> Bool {
        address.family == base.family && CIDR.masked(address, prefixLength) == base
    }

    package var description: String { "\(base)/\(prefixLength)" }

    private static func masked(_ address: IPAddress, _ length: Int) -> IPAddress {
        func keep(_ bits: UInt64, _ count: Int) -> UInt64 { count <= 0 ? 0 : count >= 64 ? bits : bits & ~(UInt64.max >> UInt64(count)) }
        switch address.family {
        case .v4: return IPAddress(v4: UInt32(truncatingIfNeeded: keep(address.low << 32, length) >> 32))
        case .v6: return IPAddress(v6High: keep(address.high, length), low: keep(address.low, length - 64))
        }
    }
}
