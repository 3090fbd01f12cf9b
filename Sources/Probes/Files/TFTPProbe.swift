import Findings

/// TFTP (RFC 1350), which knows no authentication. Asks to read a file with a random name: that it "was not found" shows that the server looked for it
/// on behalf of anybody. No file that exists is ever asked for.
struct TFTPProbe: Probe {
    static let service = Service.tftp
    static let transport = ProbeTransport.udp
    static let speaksInsideTLS = false

    private let name = "suwen-" + (0..<20).map { _ in String("abcdefghijklmnopqrstuvwxyz".randomElement() ?? "x") }.joined()

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        var request: [UInt8] = [0, 1]
        request.appendTerminated(name)
        request.appendTerminated("octet")
        return .send(request)
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        var reader = ByteReader(bytes)
        switch reader.big(2) {
        case 3:
            guard reader.big(2) == 1, reader.remaining <= 512 else { return .done(.other) }
            // It has a file for every name. An error ends the transfer (RFC 1350, 7).
            return .done(Self.reading(.unknown, Message("exposure.tftp-anything")), farewell: [0, 5, 0, 0, 0])
        case 5:
            guard let code = reader.big(2), code <= 8, let text = reader.terminated(), text.count <= 512, reader.isAtEnd else { return .done(.other) }
            if code == 1 { return .done(Self.reading(.notRequired, Message("exposure.tftp-not-found"))) }
            return .done(Self.reading(.unknown, Message("exposure.busy", ["reply": .text("ERROR \(code)")])))
        default: return .done(.other)
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction { .done(.other) }

    private static func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(service, authentication, evidence: [message]))
    }
}
