/// Listens only: tells services whose server speaks first by their greeting. Says nothing about authentication.
package struct GreetingProbe: Probe {
    package static let service = Service("greeting", "greeting", .other)
    package static let speaksFirst = true
    package static let speaksInsideTLS = false

    private var buffer: [UInt8] = []

    package init(_ peer: ProbePeer) {}

    package mutating func connected() -> ProbeAction { .needMore }

    package mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        // All greetings below tell themselves within this.
        guard buffer.count >= 16 || Self.reading(of: buffer) != nil else { return .needMore }
        return .done(Self.reading(of: buffer).map { .recognised($0) } ?? .other)
    }

    package mutating func ended(_ end: ProbeEnd) -> ProbeAction { .done(Self.reading(of: buffer).map { .recognised($0) } ?? .other) }

    private static func reading(of bytes: [UInt8]) -> ServiceReading? {
        // A MySQL packet: length, sequence 0, then protocol version 10 or an error.
        if bytes.count >= 5, bytes[2] == 0, bytes[3] == 0, bytes[4] == 0x0A || bytes[4] == 0xFF { return ServiceReading(.mySQL, .unknown) }
        // Telnet option negotiation (RFC 854): IAC WILL, WONT, DO, DONT.
        if bytes.count >= 3, bytes[0] == 0xFF, (0xFB...0xFE).contains(bytes[1]) { return ServiceReading(.telnet, .unknown) }
        // OpenWire: a length, type 1, magic.
        if bytes.dropFirst(4).starts(with: [1] + Array("ActiveMQ".utf8)) { return ServiceReading(.activeMQ, .unknown) }
        return texts.first { bytes.starts(with: $0.start.utf8) }.map { ServiceReading($0.service, .unknown) }
    }

    private static let texts: [(start: String, service: Service)] = [
        ("SSH-", .ssh),
        ("RFB 00", .vnc),
        ("@RSYNCD:", .rsync),
        ("220", .ftp),
        ("+OK ", .pop3),
        ("* OK", .imap),
        ("AMQP", .rabbitMQ),
        ("INFO {", .nats),
    ]
}
