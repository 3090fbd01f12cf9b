import Findings

/// Windows RPC on port 135 ([MS-RPCE], C706): binds to the endpoint mapper, which anybody may, and asks nothing.
struct WindowsRPCProbe: Probe {
    static let service = Service.windowsRPC
    static let speaksInsideTLS = false

    private var answers = DCERPC.Answers()

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction { .send(DCERPC.bind(.endpointMapper)) }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        answers.append(bytes)
        switch answers.next(call: 1) {
        case .incomplete: return .needMore
        case .answer(.bound), .answer(.notBound):
            return .done(.recognised(ServiceReading(Self.service, .unknown, evidence: [Message("exposure.identified-only")])))
        case .invalid, .answer: return .done(.other)
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction { .done(.other) }
}
