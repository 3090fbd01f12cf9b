/// Runs a probe within its limits, whatever the peer does: bytes, connections, and the one thing that means the same in every protocol, a TLS alert.
/// Pure; the driver performs what it asks for.
package struct ProbeSession: Sendable {
    private var probe: any Probe
    private var received = 0
    private var connections = 0
    /// The first bytes of this connection, held back while they might be a TLS alert.
    private var opening: [UInt8]? = []
    private var isDone = false
    /// The probe asked for another connection: what still comes on the old one is not for it.
    private var isBetween = false

    package init(_ probe: any Probe) { self.probe = probe }

    package mutating func connected() -> ProbeAction {
        connections += 1
        guard connections <= type(of: probe).connections else { return .done(.other) }
        opening = []
        isBetween = false
        return checked(probe.connected())
    }

    package mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        guard !isDone, !isBetween else { return .needMore }
        received += bytes.count
        guard received <= ProbeLimits.bytes else { return finish(.tooLong) }
        var bytes = bytes
        if let held = opening {
            bytes = held + bytes
            // RFC 8446 5.1: an alert record, which is how a TLS server answers a client that speaks none. No reply of a database begins so.
            guard bytes.first != 0x15 || bytes.count > 1 else {
                opening = bytes
                return .needMore
            }
            if bytes.first == 0x15, bytes[1] == 0x03 { return checked(.done(.perhapsTLS)) }
            if !bytes.isEmpty { opening = nil }
        }
        return checked(probe.received(bytes))
    }

    package mutating func secured() -> ProbeAction {
        // What comes next is inside TLS: alerts never reach the probe.
        opening = nil
        return checked(probe.secured())
    }

    package mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        guard !isDone else { return .needMore }
        return finish(end)
    }

    private mutating func finish(_ end: ProbeEnd) -> ProbeAction {
        switch probe.ended(end) {
        case .reconnect: return checked(.reconnect)
        case .done(let result, let farewell): return checked(.done(result, farewell: farewell))
        case .send, .needMore, .startTLS: return checked(.done(.other))
        }
    }

    private mutating func checked(_ action: ProbeAction) -> ProbeAction {
        if case .done = action { isDone = true }
        if action == .reconnect { isBetween = true }
        return action
    }
}
