package import Network

extension SpecialRange {
    /// The special range that holds `address`; nil for an address that may be somewhere.
    package init?(_ address: IPAddress) {
        let found = address.family == .v4 ? Self.v4(UInt32(truncatingIfNeeded: address.low)) : Self.v6(address.high, address.low)
        guard let found else { return nil }
        self = found
    }

    private static func v4(_ bits: UInt32) -> SpecialRange? {
        switch bits >> 24 {
        case 0, 240...255: return .reserved
        case 10: return .privateUse
        case 100: return bits >> 22 == 0x6440_0000 >> 22 ? .sharedAddressSpace : nil
        case 127: return .loopback
        case 169: return bits >> 16 == 0xA9FE ? .linkLocal : nil
        case 172: return bits >> 20 == 0xAC1 ? .privateUse : nil
        case 192:
            switch bits >> 8 {
            case 0xC000_00: return .reserved
            case 0xC000_02: return .documentation
            default: return bits >> 16 == 0xC0A8 ? .privateUse : nil
            }
        case 198:
            if bits >> 8 == 0xC633_64 { return .documentation }
            return bits >> 17 == 0xC612_0000 >> 17 ? .reserved : nil
        case 203: return bits >> 8 == 0xCB00_71 ? .documentation : nil
        case 224...239: return .multicast
        default: return nil
        }
    }

    private static func v6(_ high: UInt64, _ low: UInt64) -> SpecialRange? {
        if high == 0, low <= 1 { return low == 1 ? .loopback : .reserved }
        if high >> 57 == 0xFC >> 1 { return .privateUse }
        if high >> 54 == 0xFE80 >> 6 { return .linkLocal }
        if high >> 56 == 0xFF { return .multicast }
        if high >> 32 == 0x2001_0DB8 || high >> 44 == 0x3FFF0 { return .documentation }
        return nil
    }
}
