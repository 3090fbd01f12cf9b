import Findings

/// RDP ([MS-RDPBCGR], 2.2.1): the X.224 connection request. The server tells which security it takes; asked for TLS alone, one that demands
/// network level authentication refuses. Without that it is only identified: who may log in is asked on the screen.
struct RDPProbe: Probe {
    static let service = Service.rdp
    static let speaksInsideTLS = false
    static let connections = 2

    private enum State { case anything, onlyTLS }

    private let isExpected: Bool
    private var state = State.anything
    private var buffer: [UInt8] = []

    init(_ peer: ProbePeer) { isExpected = peer.expected == Self.service }

    mutating func connected() -> ProbeAction {
        buffer = []
        // PROTOCOL_SSL, PROTOCOL_HYBRID, PROTOCOL_HYBRID_EX; then PROTOCOL_SSL alone.
        let protocols: UInt8 = state == .anything ? 0x0B : 1
        return .send([3, 0, 0, 19, 14, 0xE0, 0, 0, 0, 0, 0, 1, 0, 8, 0, protocols, 0, 0, 0])
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        guard [3, 0].starts(with: buffer.prefix(2)) else { return .done(broken) }
        var reader = ByteReader(buffer)
        guard reader.take(2) != nil, let length = reader.big(2) else { return .needMore }
        guard length == 19 || length == 11 else { return .done(broken) }
        guard let packet = reader.take(Int(length) - 4) else { return .needMore }
        guard reader.isAtEnd else { return .done(broken) }
        var content = ByteReader(packet)
        // The connection confirm.
        guard content.byte() == UInt8(length) - 5, content.byte() == 0xD0, content.take(5) != nil else { return .done(broken) }
        guard let type = content.byte() else {
            // No word on security: RDP before 5.2, or another protocol over X.224.
            return .done(isExpected ? reading(.unknown, Message("exposure.rdp-no-nla")) : broken)
        }
        guard content.byte() != nil, content.little(2) == 8, let value = content.little(4) else { return .done(broken) }
        return answered(type, value)
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction { .done(broken) }

    private var broken: ProbeResult { state == .anything ? .other : reading(.unknown, Message("exposure.session-broken")) }

    private mutating func answered(_ type: UInt8, _ value: UInt64) -> ProbeAction {
        switch (state, type, value) {
        case (.anything, 2, 2), (.anything, 2, 8):
            state = .onlyTLS
            return .reconnect
        case (.anything, 2, 0), (.anything, 2, 1): return .done(reading(.unknown, Message("exposure.rdp-no-nla")))
        case (.anything, 3, 1...6): return .done(reading(.unknown, Message("exposure.busy", ["reply": .text("RDP_NEG_FAILURE \(value)")])))
        // HYBRID_REQUIRED_BY_SERVER.
        case (.onlyTLS, 3, 5): return .done(reading(.required, Message("exposure.refused", ["reply": "HYBRID_REQUIRED_BY_SERVER"])))
        case (.onlyTLS, 2, 0...1): return .done(reading(.unknown, Message("exposure.rdp-nla")))
        default: return .done(broken)
        }
    }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(Self.service, authentication, evidence: [message]))
    }
}
