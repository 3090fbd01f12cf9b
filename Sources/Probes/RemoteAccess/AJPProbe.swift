import Findings

/// AJP 1.3 (Apache Tomcat Connectors, AJP Protocol Reference): CPing, answered by CPong. The protocol trusts whoever talks it; whether a `secret`
/// is asked for shows only in a request, and none is sent.
struct AJPProbe: Probe {
    static let service = Service.ajp
    static let speaksInsideTLS = false

    private static let pong: [UInt8] = [0x41, 0x42, 0, 1, 9]

    private var buffer: [UInt8] = []

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction { .send([0x12, 0x34, 0, 1, 10]) }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        guard Self.pong.starts(with: buffer.prefix(Self.pong.count)), buffer.count <= Self.pong.count else { return .done(.other) }
        guard buffer.count == Self.pong.count else { return .needMore }
        return .done(.recognised(ServiceReading(Self.service, .unknown, evidence: [Message("exposure.ajp-pong")])))
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction { .done(.other) }
}
