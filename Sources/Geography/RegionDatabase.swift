package import Foundation
package import Network

/// Address blocks and their regions, from the text files of the Debian package `tor-geoipdb`.
///
/// Immutable once loaded, safe to share between threads. A lookup allocates nothing.
package struct RegionDatabase: Sendable {
    package static let debianPackage = "tor-geoipdb"
    package static let defaultV4Path = "/usr/share/tor/geoip"
    package static let defaultV6Path = "/usr/share/tor/geoip6"

    /// Whom the data's licence asks to name, and when the data was made.
    package struct Attribution: Hashable, Sendable {
        package var source = "tor-geoipdb, IPFire Location (https://location.ipfire.org/)"
        package var licence = "CC BY-SA 4.0"
        /// The data's own date, from the file's header; nil when it doesn't say.
        package var generated: Date?
    }

    package let attribution: Attribution
    private let v4: RegionTable<UInt32>
    private let v6: RegionTable<WideAddress>

    /// Reads both files; about a tenth of a second.
    /// - Throws: ``RegionDatabaseError``.
    package init(v4Path: String = defaultV4Path, v6Path: String = defaultV6Path) throws(RegionDatabaseError) {
        let v4File = try RegionFile(path: v4Path)
        let v6File = try RegionFile(path: v6Path)
        v4 = try v4File.parse()
        v6 = try v6File.parse()
        attribution = Attribution(generated: v4File.generated)
    }

    /// The region of `address`; an address that only wraps an IPv4 one (NAT64, 6to4) has that one's region.
    package func region(of address: IPAddress) -> Region {
        if let special = SpecialRange(address) { return .special(special) }
        switch address.family {
        case .v4: return region(v4.code(of: UInt32(truncatingIfNeeded: address.low)))
        case .v6:
            if let inner = address.embeddedIPv4 { return region(of: inner) }
            return region(v6.code(of: WideAddress(high: address.high, low: address.low)))
        }
    }

    /// How many blocks the data holds.
    package var blockCount: Int { v4.count + v6.count }

    private func region(_ packed: UInt16?) -> Region {
        guard let packed, packed != RegionFile.unknownCode else { return .undetermined }
        return Region(RegionCode(packed: packed))
    }
}
