import Findings

/// NATS. The server speaks first (`INFO`, with its version and whether it demands TLS). Connects without credentials and pings: only who was let in
/// gets a pong.
struct NATSProbe: Probe {
    static let service = Service.nats
    static let speaksFirst = true
    /// A server can be told to begin with TLS; most begin it after INFO.
    static let speaksInsideTLS = true

    private enum State { case information, securing, session }

    private let isExpected: Bool
    private var state = State.information
    private var buffer = LineBuffer()
    private var version: String?
    private var isSecure = false

    init(_ peer: ProbePeer) { isExpected = peer.expected == Self.service }

    mutating func connected() -> ProbeAction {
        (state, buffer, isSecure) = (.information, LineBuffer(), false)
        return .needMore
    }

    mutating func secured() -> ProbeAction {
        isSecure = true
        return logIn()
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer.append(bytes)
        if state == .information, !zip(buffer.pending, "INFO {".utf8).allSatisfy(==) { return .done(.other) }
        var isPinged = false
        while let line = buffer.line() {
            if state == .session, line.elementsEqual("PING".utf8) {
                isPinged = true
            } else if let action = answered(line) {
                return action
            }
        }
        if isPinged { return .send(Array("PONG\r\n".utf8)) }
        return buffer.isTooLong ? .done(broken) : .needMore
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        // Silence is how a server that begins with TLS greets.
        .done(state == .information && isExpected && buffer.pending.isEmpty && end == .silent ? .perhapsTLS : broken)
    }

    /// Nil: read on.
    private mutating func answered(_ line: ArraySlice<UInt8>) -> ProbeAction? {
        switch state {
        case .information:
            guard let information = JSON.read(Array(line.dropFirst(5).drop { $0 == 0x20 })), information["server_id"]?.text != nil,
                information["max_payload"]?.integer != nil
            else { return .done(.other) }
            version = PeerText.version(information["version"]?.text)
            guard case .bool(true) = information["tls_required"] else { return logIn() }
            state = .securing
            buffer = LineBuffer()
            return .startTLS()
        case .securing: return .done(broken)
        case .session:
            if line.elementsEqual("PONG".utf8) { return .done(reading(.notRequired, Message("exposure.nats-pong"))) }
            if line.starts(with: "-ERR ".utf8) { return .done(refused(String(decoding: line.dropFirst(5).prefix(80), as: UTF8.self).lowercased())) }
            return line.elementsEqual("+OK".utf8) || line.starts(with: "INFO ".utf8) ? nil : .done(broken)
        }
    }

    private mutating func logIn() -> ProbeAction {
        state = .session
        return .send(Array("CONNECT \(Self.options(isSecure: isSecure))\r\nPING\r\n".utf8))
    }

    private static func options(isSecure: Bool) -> String {
        #"{"verbose":true,"pedantic":false,"tls_required":\#(isSecure),"name":"suwen","lang":"swift","version":"1","protocol":1}"#
    }

    /// Words of the server's `errors.go`.
    private func refused(_ text: String) -> ProbeResult {
        let isRefusal = ["authorization violation", "authentication timeout", "user authentication expired", "account authentication expired"]
            .contains { text.contains($0) }
        return isRefusal
            ? reading(.required, Message("exposure.refused", ["reply": "Authorization Violation"]))
            : reading(.unknown, Message("exposure.busy", ["reply": "-ERR"]))
    }

    private var broken: ProbeResult { state == .information ? .other : reading(.unknown, Message("exposure.session-broken")) }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(Self.service, authentication, version: version, evidence: [message], usesTLS: isSecure))
    }
}
