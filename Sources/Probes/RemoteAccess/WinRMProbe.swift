import Findings

/// WinRM ([MS-WSMV]; DSP0226, 11: Identify). Asks who is there in the way that needs no authentication, then in the way that does.
struct WinRMProbe: Probe {
    static let service = Service.winRM
    static let speaksInsideTLS = true
    static let connections = 2

    private enum State { case identify, authorised }

    private var state = State.identify
    private var reply = HTTPReply()
    private var started = false

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        reply = HTTPReply()
        started = false
        return .send(Self.identify(withoutAuthentication: state == .identify))
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        started = true
        switch reply.receive(bytes) {
        case .incomplete: return .needMore
        case .complete: return answered()
        case .invalid: return .done(broken)
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        if reply.finish() == .complete { return answered() }
        return .done(state == .identify && !started && end == .closed ? .perhapsTLS : broken)
    }

    private var broken: ProbeResult { state == .identify ? .other : reading(.unknown, Message("exposure.session-broken")) }

    private mutating func answered() -> ProbeAction {
        switch state {
        case .identify:
            guard reply.status == 200, isIdentity else { return .done(.other) }
            state = .authorised
            return .reconnect
        case .authorised:
            switch reply.status {
            case 401: return .done(reading(.required, Message("exposure.refused", ["reply": "HTTP 401"])))
            // Identify tells nothing that anybody might not know: not a proof.
            case 200 where isIdentity: return .done(reading(.unknown, Message("exposure.identified-only")))
            default: return .done(reading(.unknown, Message("exposure.busy", ["reply": .text("HTTP \(reply.status)")])))
            }
        }
    }

    private var isIdentity: Bool {
        let text = String(decoding: reply.body.prefix(16 << 10), as: UTF8.self)
        return text.contains(Self.namespace) && text.contains("IdentifyResponse") && text.contains("ProtocolVersion")
    }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(Self.service, authentication, evidence: [message]))
    }

    private static let namespace = "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"

    private static func identify(withoutAuthentication: Bool) -> [UInt8] {
        let body =
            "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:i=\"\(namespace)\"><s:Header/><s:Body><i:Identify/></s:Body></s:Envelope>"
        let lines = [
            "POST /wsman HTTP/1.1", "Host: localhost", "User-Agent: suwen", "Content-Type: application/soap+xml;charset=UTF-8",
            "Content-Length: \(body.utf8.count)", "Connection: close",
        ]
        return Array(((lines + (withoutAuthentication ? ["WSMANIDENTIFY: unauthenticated"] : [])).joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
    }
}
