package import Network

/// Addresses as logs write them.
package enum AddressText {
    /// Without brackets and zone, which some servers log.
    package static func parse(_ text: UnsafeRawBufferPointer) -> IPAddress? {
        guard let first = text.first, text.count <= 80, first == 0x3A || first == 0x5B || isHexDigit(first) else { return nil }
        var (start, end) = (0, text.count)
        if first == 0x5B {
            guard text[end - 1] == 0x5D, end > 2 else { return nil }
            (start, end) = (1, end - 1)
        }
        if let zone = text.next(0x25, from: start, to: end) { end = zone }
        guard start < end else { return nil }
        return IPAddress(ascii: text.part(start..<end))
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }
}
