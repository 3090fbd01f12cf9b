import Findings

/// Listens, and tells services whose server speaks first by their greeting. Says nothing about authentication.
///
/// One greeting is shared by FTP and SMTP: `220` and a text that need not say which. Only then is something sent, `NOOP`, which both
/// know, change nothing by, and answer differently.
package struct GreetingProbe: Probe {
    package static let service = Service("greeting", "greeting", .other)
    package static let speaksFirst = true
    package static let speaksInsideTLS = false

    private var buffer: [UInt8] = []
    /// Once the greeting turned out to be numbered: the replies, and whether `NOOP` was sent.
    private var replies = NumberedReplies()
    private var isNumbered = false
    private var hasAsked = false

    /// All greetings that aren't numbered tell themselves within this.
    private static let longest = 16

    package init(_ peer: ProbePeer) {}

    package mutating func connected() -> ProbeAction { .needMore }

    package mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        if isNumbered { return numbered(bytes) }
        buffer += bytes
        if buffer.starts(with: "220 ".utf8) || buffer.starts(with: "220-".utf8) {
            isNumbered = true
            return numbered(buffer)
        }
        if let service = Self.service(of: buffer) { return .done(Self.reading(service)) }
        return buffer.count >= Self.longest ? .done(.other) : .needMore
    }

    package mutating func ended(_ end: ProbeEnd) -> ProbeAction { .done(.other) }

    private mutating func numbered(_ bytes: [UInt8]) -> ProbeAction {
        replies.append(bytes)
        guard case .reply(let reply) = replies.next() else { return replies.isWaiting ? .needMore : .done(.other) }
        guard hasAsked else {
            if let service = NumberedGreeting.service(reply.text) { return .done(Self.reading(service), farewell: Self.quit) }
            hasAsked = true
            return .send(Array("NOOP\r\n".utf8))
        }
        switch reply.code {
        // RFC 5321, 4.3.2.
        case 250: return .done(Self.reading(.smtp), farewell: Self.quit)
        // RFC 959, 5.4; 530 by those that answer nothing before the login.
        case 200, 530: return .done(Self.reading(.ftp), farewell: Self.quit)
        default: return .done(.other)
        }
    }

    private static let quit = Array("QUIT\r\n".utf8)

    private static func reading(_ service: Service) -> ProbeResult {
        .recognised(ServiceReading(service, .unknown, evidence: [Message("exposure.identified-only")]))
    }

    private static func service(of bytes: [UInt8]) -> Service? {
        // A MySQL packet: length, sequence 0, then protocol version 10 or an error.
        if bytes.count >= 5, bytes[2] == 0, bytes[3] == 0, bytes[4] == 0x0A || bytes[4] == 0xFF { return .mySQL }
        // Telnet option negotiation (RFC 854): IAC WILL, WONT, DO, DONT, and an option.
        if bytes.count >= 3, bytes[0] == 0xFF, (0xFB...0xFE).contains(bytes[1]) { return .telnet }
        // OpenWire: a length, the type WireFormatInfo, the magic.
        if bytes.count >= 13, bytes[0] == 0, bytes[1] == 0, bytes[4] == 1, bytes[5..<13].elementsEqual("ActiveMQ".utf8) { return .activeMQ }
        return texts.first { bytes.starts(with: $0.start.utf8) }?.service
    }

    private static let texts: [(start: String, service: Service)] = [
        ("SSH-2.", .ssh),
        ("SSH-1.", .ssh),
        ("RFB 00", .vnc),
        ("@RSYNCD: ", .rsync),
        ("+OK ", .pop3),
        ("+OK\r\n", .pop3),
        ("* OK ", .imap),
        ("* PREAUTH ", .imap),
        ("INFO {", .nats),
        ("AMQP", .rabbitMQ),
    ]
}
