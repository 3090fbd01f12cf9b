import Findings

/// SMTP (RFC 5321): identified by its greeting or, where that doesn't say so, by its answer to NOOP. Whether it relays is not tested.
struct SMTPProbe: Probe {
    static let service = Service.smtp
    static let speaksFirst = true
    static let speaksInsideTLS = true

    private let isExpected: Bool
    private var replies = NumberedReplies()
    private var greeting: String?

    init(_ peer: ProbePeer) { isExpected = peer.expected == Self.service }

    mutating func connected() -> ProbeAction { .needMore }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        replies.append(bytes)
        guard case .reply(let reply) = replies.next() else { return replies.isWaiting ? .needMore : .done(.other) }
        if let greeting { return reply.code == 250 ? done(greeting) : .done(.other) }
        let hint = NumberedGreeting.service(reply.text)
        // 421 and 554: not now, or not for you.
        guard reply.code == 220 || [421, 554].contains(reply.code) && hint == .smtp, hint != .ftp else { return .done(.other) }
        if hint == .smtp { return done(reply.text) }
        greeting = reply.text
        return .send(Array("NOOP\r\n".utf8))
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        .done(isExpected && end == .silent && greeting == nil && !replies.hasMore ? .perhapsTLS : .other)
    }

    private func done(_ greeting: String) -> ProbeAction {
        let lowered = greeting.lowercased()
        let product = Self.products.first { lowered.contains($0.lowercased()) }
        var version: String?
        if let product, let place = greeting.firstRange(of: product) {
            let rest = greeting[place.upperBound...].drop { $0 == " " || $0 == "/" }
            if rest.first?.isNumber == true { version = PeerText.version(rest.utf8) }
        }
        return .done(
            .recognised(
                ServiceReading(Self.service, .unknown, product: product, version: version, evidence: [Message("exposure.identified-only")])),
            farewell: Array("QUIT\r\n".utf8))
    }

    private static let products = ["Postfix", "Exim", "Sendmail", "Microsoft ESMTP MAIL Service", "Coremail", "hMailServer", "MDaemon"]
}
