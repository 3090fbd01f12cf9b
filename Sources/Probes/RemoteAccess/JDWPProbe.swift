import Findings

/// JDWP, the Java debugger's protocol, which knows no authentication: after the handshake, asks for the virtual machine's version.
///
/// Nothing is suspended or set. A machine that was started with `suspend=y` and still waits for its debugger goes on when one leaves: the protocol
/// has no way of being recognised without that.
struct JDWPProbe: Probe {
    static let service = Service.jdwp
    static let speaksInsideTLS = false

    private enum State { case handshake, version }

    private static let handshake = Array("JDWP-Handshake".utf8)
    private static let request: UInt64 = 0x5377_656E
    private static let mostEvents = 64

    private var state = State.handshake
    private var buffer: [UInt8] = []
    private var events = 0

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction { .send(Self.handshake) }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        if state == .handshake {
            guard Self.handshake.starts(with: buffer.prefix(Self.handshake.count)) else { return .done(.other) }
            guard buffer.count >= Self.handshake.count else { return .needMore }
            buffer.removeFirst(Self.handshake.count)
            state = .version
            // VirtualMachine (1), Version (1).
            var command: [UInt8] = []
            command.appendBig(UInt32(11))
            command.appendBig(UInt32(truncatingIfNeeded: Self.request))
            return .send(command + [0, 1, 1])
        }
        while true {
            var reader = ByteReader(buffer)
            guard let length = reader.big(4) else { return .needMore }
            guard (11...65_536).contains(length) else { return .done(broken) }
            guard let packet = reader.take(Int(length) - 4) else { return .needMore }
            buffer.removeFirst(Int(length))
            var content = ByteReader(packet)
            let number = content.big(4)
            if content.byte() == 0x80 {
                guard number == Self.request, let error = content.big(2) else { return .done(broken) }
                return .done(error == 0 ? answered(&content) : broken)
            }
            // An event that the machine tells of its own accord.
            events += 1
            guard events <= Self.mostEvents else { return .done(broken) }
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction { .done(broken) }

    private var broken: ProbeResult {
        state == .handshake
            ? .other : .recognised(ServiceReading(Self.service, .unknown, evidence: [Message("exposure.session-broken")]))
    }

    private func answered(_ content: inout ByteReader) -> ProbeResult {
        func string() -> ArraySlice<UInt8>? { content.big(4).flatMap { $0 <= UInt64(content.remaining) ? content.take(Int($0)) : nil } }
        guard string() != nil, content.take(8) != nil, let version = string(), let name = string(), content.isAtEnd else { return broken }
        return .recognised(
            ServiceReading(
                Self.service, .notRequired, product: PeerText.version(name), version: PeerText.version(version),
                evidence: [Message("exposure.jdwp-version")]))
    }
}
