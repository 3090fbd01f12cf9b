import Findings

/// Oracle Database's listener (TNS). Asks to be connected to a service that doesn't exist: the refusal holds the listener's version. No login is begun.
struct OracleProbe: Probe {
    static let service = Service.oracle
    static let speaksInsideTLS = true

    private var buffer: [UInt8] = []
    private var isResent = false

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        (buffer, isResent) = ([], false)
        return .send(TNS.connect(service: "SUWEN"))
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        switch TNS.read(buffer) {
        case .incomplete: return .needMore
        case .invalid: return .done(.other)
        case .packet(.resend, _):
            guard !isResent else { return .done(.other) }
            (buffer, isResent) = ([], true)
            return .send(TNS.connect(service: "SUWEN"))
        case .packet(_, let version):
            return .done(.recognised(ServiceReading(Self.service, .unknown, version: version, evidence: [Message("exposure.identified-only")])))
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        .done(buffer.isEmpty && !isResent && end == .closed ? .perhapsTLS : .other)
    }
}
