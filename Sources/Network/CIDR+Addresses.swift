extension CIDR {
    /// How many addresses it holds; `Int.max` when there are more than that.
    package var count: Int {
        let bits = base.bitCount - prefixLength
        return bits >= 63 ? .max : 1 << bits
    }

    /// The address at `offset` from its base. Offsets beyond ``count`` wrap round within the low 64 bits, and are the caller's to avoid.
    package func address(at offset: UInt64) -> IPAddress {
        switch base.family {
        case .v4: IPAddress(v4: UInt32(truncatingIfNeeded: base.low &+ offset))
        case .v6: IPAddress(v6High: base.high, low: base.low &+ offset)
        }
    }

    /// A lone address.
    package init(_ address: IPAddress) { self.init(base: address, prefixLength: address.bitCount) }

    /// Whether all of `other` lies in it. Two blocks either nest or share nothing.
    package func contains(_ other: CIDR) -> Bool { other.prefixLength >= prefixLength && contains(other.base) }

    /// The parts of it that lie in one of `networks`, each once.
    package func intersection(with networks: [CIDR]) -> [CIDR] {
        if networks.contains(where: { $0.contains(self) }) { return [self] }
        let inside = networks.filter { contains($0) }
        return inside.enumerated().filter { index, network in
            !inside.enumerated().contains { other, candidate in
                other != index && candidate.contains(network) && (candidate != network || other < index)
            }
        }.map(\.element)
    }
}
