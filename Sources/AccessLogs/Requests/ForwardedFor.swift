import LogFormats
package import Network

/// Who really asked, when a trusted proxy stands in front.
package enum ForwardedFor {
    /// The peer, or whom a trusted one spoke for.
    @inline(__always)
    static func client(of event: borrowing LogEvent, trusted: [CIDR]) -> IPAddress? {
        guard !trusted.isEmpty, !event.forwardedFor.isNone, let peer = event.client, trusted.contains(where: { $0.contains(peer) }) else {
            return event.client
        }
        return client(in: event.bytes(of: event.forwardedFor), trusted: trusted) ?? peer
    }

    /// The right-most address that is no trusted proxy (RFC 7239 has no word on trust; this is what nginx's real_ip_recursive does); nil when the
    /// entry nearest to us is no address, or when all are trusted.
    ///
    /// Everything left of it was written by the client itself, and is believed by nobody.
    package static func client(in list: UnsafeRawBufferPointer, trusted: [CIDR]) -> IPAddress? {
        var end = list.count
        while end > 0 {
            var start = end
            while start > 0, list[start - 1] != 0x2C { start -= 1 }
            var (first, last) = (start, end)
            while first < last, list[first] == 0x20 { first += 1 }
            while last > first, list[last - 1] == 0x20 { last -= 1 }
            guard let address = AddressText.parse(list.part(first..<last)) else { return nil }
            if !trusted.contains(where: { $0.contains(address) }) { return address }
            end = start - 1
        }
        return nil
    }
}
