import Findings

/// POP3 (RFC 1939): a greeting, and an answer to CAPA (RFC 2449), which every server gives or refuses in POP3's own way.
struct POP3Probe: Probe {
    static let service = Service.pop3
    static let speaksFirst = true
    static let speaksInsideTLS = true

    private let isExpected: Bool
    private var lines = LineBuffer.text
    private var isGreeted = false

    init(_ peer: ProbePeer) { isExpected = peer.expected == Self.service }

    mutating func connected() -> ProbeAction { .needMore }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        lines.append(bytes)
        let marks = isGreeted ? ["+OK", "-ERR"] : ["+OK"]
        guard let line = lines.line() else {
            let isPossible = marks.contains { $0.utf8.starts(with: lines.pending.prefix($0.utf8.count)) }
            return isPossible && !lines.isTooLong ? .needMore : .done(.other)
        }
        guard marks.contains(where: { line.starts(with: $0.utf8) }) else { return .done(.other) }
        guard isGreeted else {
            isGreeted = true
            return .send(Array("CAPA\r\n".utf8))
        }
        return .done(
            .recognised(ServiceReading(Self.service, .unknown, evidence: [Message("exposure.identified-only")])), farewell: Array("QUIT\r\n".utf8))
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        .done(isExpected && end == .silent && !isGreeted && lines.pending.isEmpty ? .perhapsTLS : .other)
    }
}
