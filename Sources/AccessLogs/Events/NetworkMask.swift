import Findings
package import Network

/// The network of an address, as evidence shows it: an attacker changes the last number more easily than the network.
package enum NetworkMask {
    /// IPv4 /24, IPv6 /48: the first three parts and no more. An IPv6 address is written out before, for `2001:db8::7` has only three.
    package static func of(_ address: IPAddress) -> String {
        guard address.family == .v6 else { return Mask.address(address.description) }
        let groups = (0..<4).map { String(UInt16(truncatingIfNeeded: address.high >> (48 - 16 * $0)), radix: 16) }
        return Mask.address((groups + ["0", "0", "0", "0"]).joined(separator: ":"))
    }
}
