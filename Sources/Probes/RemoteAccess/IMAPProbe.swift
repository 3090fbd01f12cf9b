import Findings

/// IMAP (RFC 9051): a greeting, and the answer to CAPABILITY, which anybody may ask.
struct IMAPProbe: Probe {
    static let service = Service.imap
    static let speaksFirst = true
    static let speaksInsideTLS = true

    private let isExpected: Bool
    private var lines = LineBuffer.text
    private var isGreeted = false

    init(_ peer: ProbePeer) { isExpected = peer.expected == Self.service }

    mutating func connected() -> ProbeAction { .needMore }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        lines.append(bytes)
        while let line = lines.line() {
            if isGreeted {
                let text = line.prefix(40).text.uppercased()
                if text.hasPrefix("* CAPABILITY IMAP4") || text.hasPrefix("* CAPABILITY ") && line.text.uppercased().contains("IMAP4") {
                    return .done(
                        .recognised(ServiceReading(Self.service, .unknown, evidence: [Message("exposure.identified-only")])),
                        farewell: Array("a2 LOGOUT\r\n".utf8))
                }
                // Anything untagged may come in between.
                guard text.hasPrefix("* ") else { return .done(.other) }
            } else {
                guard ["* OK", "* PREAUTH"].contains(where: { line.starts(with: $0.utf8) }) else { return .done(.other) }
                isGreeted = true
                return .send(Array("a1 CAPABILITY\r\n".utf8))
            }
        }
        return lines.isTooLong || !"* ".utf8.starts(with: lines.pending.prefix(2)) ? .done(.other) : .needMore
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        .done(isExpected && end == .silent && !isGreeted && lines.pending.isEmpty ? .perhapsTLS : .other)
    }
}
