/// Two capital letters of ISO 3166-1 alpha-2, packed. A code names a region (地区), nothing more.
package struct RegionCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let packed: UInt16

    package init(packed: UInt16) { self.packed = packed }

    /// CN.
    package static let mainland = RegionCode(packed: 0x434E)

    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 2, bytes.allSatisfy({ (0x41...0x5A).contains($0) }) else { return nil }
        packed = UInt16(bytes[0]) << 8 | UInt16(bytes[1])
    }

    package var description: String {
        String(decoding: [UInt8(truncatingIfNeeded: packed >> 8), UInt8(truncatingIfNeeded: packed)], as: UTF8.self)
    }

    package static func < (left: RegionCode, right: RegionCode) -> Bool { left.packed < right.packed }
}

/// Where an address belongs, as far as data can tell.
package enum Region: Hashable, Sendable {
    /// Mainland China.
    case mainland
    /// Hong Kong, Macao or Taiwan: a class of its own, which policy may count as domestic or as overseas.
    case hongKongMacaoTaiwan(RegionCode)
    case overseas(RegionCode)
    /// Not in the data, or only as `??` (unknown), `AP` or `EU` (several regions): neither foreign nor domestic.
    case undetermined
    /// No place at all: an address of a private network, of documentation, or of none.
    case special(SpecialRange)

    package init(_ code: RegionCode) {
        switch code.packed {
        case 0x434E: self = .mainland  // CN
        case 0x484B, 0x4D4F, 0x5457: self = .hongKongMacaoTaiwan(code)  // HK, MO, TW
        case 0x4150, 0x4555: self = .undetermined  // AP, EU
        default: self = .overseas(code)
        }
    }

    /// Nil for what has none.
    package var code: RegionCode? {
        switch self {
        case .mainland: RegionCode("CN")
        case .hongKongMacaoTaiwan(let code), .overseas(let code): code
        case .undetermined, .special: nil
        }
    }
}

/// Ranges that name no place (IANA special-purpose registries, RFC 6890 and its updates).
package enum SpecialRange: String, Hashable, Sendable, CaseIterable {
    /// RFC 1918; RFC 4193.
    case privateUse = "private"
    case loopback
    /// RFC 6598: behind a carrier's address translation.
    case sharedAddressSpace = "shared"
    /// RFC 3927; RFC 4291.
    case linkLocal = "link-local"
    /// RFC 5737; RFC 3849 and 9637.
    case documentation
    case multicast
    /// This network, benchmarking, reserved for the future, unspecified.
    case reserved
}

/// What a region counts as under a policy.
package enum RegionStanding: String, Hashable, Sendable, CaseIterable {
    case domestic
    case hongKongMacaoTaiwan = "hong-kong-macao-taiwan"
    case foreign
    case undetermined
    case special
}

/// What Hong Kong, Macao and Taiwan count as.
package enum HongKongMacaoTaiwanPolicy: Hashable, Sendable {
    case ownClass, domestic, overseas

    package func standing(of region: Region) -> RegionStanding {
        switch region {
        case .mainland: .domestic
        case .overseas: .foreign
        case .undetermined: .undetermined
        case .special: .special
        case .hongKongMacaoTaiwan:
            switch self {
            case .ownClass: .hongKongMacaoTaiwan
            case .domestic: .domestic
            case .overseas: .foreign
            }
        }
    }
}
