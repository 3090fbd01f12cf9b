extension IPAddress {
    private static func blocks(_ texts: [String]) -> [CIDR] { texts.compactMap { CIDR($0) } }

    private static let loopback = blocks(["127.0.0.0/8", "::1/128"])
    private static let unroutable = blocks([
        // RFC 6890 and its updates: this network, private use, CGNAT, link local, multicast, reserved; IPv6 unspecified, ULA, link local, multicast.
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/4", "240.0.0.0/4",
        "::/128", "fc00::/7", "fe80::/10", "ff00::/8",
    ])

    package var isLoopback: Bool { IPAddress.loopback.contains { $0.contains(self) } }

    /// Of this machine, of a private, shared or link-local network, or no host at all: never reached across the internet.
    package var isInternal: Bool { isLoopback || IPAddress.unroutable.contains { $0.contains(self) } }

    /// The IPv4 address that a NAT64 (RFC 6052, `64:ff9b::/96`), 6to4 (RFC 3056, `2002::/16`) or IPv4-compatible address leads to.
    package var embeddedIPv4: IPAddress? {
        guard family == .v6 else { return nil }
        if high == 0x0064_FF9B_0000_0000, low >> 32 == 0 { return IPAddress(v4: UInt32(truncatingIfNeeded: low)) }
        if high >> 48 == 0x2002 { return IPAddress(v4: UInt32(truncatingIfNeeded: high >> 16)) }
        if high == 0, low >> 32 == 0, low > 1 { return IPAddress(v4: UInt32(truncatingIfNeeded: low)) }
        return nil
    }
}
