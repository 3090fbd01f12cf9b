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
}
