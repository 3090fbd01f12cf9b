import Findings

/// An HTTP proxy that relays for anybody (RFC 9110, 7.6 and 9.3.6). It is only ever asked for itself: by the address that it was reached at or,
/// where that was a name, which it might resolve to something else, by its own loopback address.
///
/// A page proves nothing, since a web server answers a request in absolute form as well. The proof is a tunnel through which the proxy
/// itself answers, or a `Via` that holds one step more than when it is asked directly: it has been through there twice.
struct ProxyProbe: Probe {
    static let service = Service.httpProxy
    static let speaksInsideTLS = false
    static let connections = 3

    private static let longestHead = 32 << 10

    private enum State { case absolute, tunnel, inside, direct }

    private let authority: String
    private let isExpected: Bool
    private var state = State.absolute
    private var head: [UInt8] = []
    /// How far the end of the head was looked for.
    private var scanned = 0
    private var product: String?
    private var isProxy = false
    private var steps = 0
    private var refusal: Int?

    init(_ peer: ProbePeer) {
        let isVersion6 = peer.host.contains(":") && peer.host.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
        let isVersion4 = !peer.host.isEmpty && peer.host.allSatisfy { $0.isNumber && $0.isASCII || $0 == "." }
        authority = (isVersion6 ? "[\(peer.host)]" : isVersion4 ? peer.host : "127.0.0.1") + ":\(peer.port)"
        isExpected = peer.expected == Self.service
    }

    mutating func connected() -> ProbeAction {
        (head, scanned) = ([], 0)
        switch state {
        case .absolute: return .send(request("GET http://\(authority)/"))
        case .tunnel: return .send(request("CONNECT \(authority)"))
        case .direct, .inside: return .send(request("GET /"))
        }
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        head += bytes
        guard "HTTP/1.".utf8.starts(with: head.prefix(7)) else { return .done(end) }
        while scanned + 3 < head.count {
            if head[scanned] == 0x0D, head[scanned + 1] == 0x0A, head[scanned + 2] == 0x0D, head[scanned + 3] == 0x0A {
                var reply = HTTPReply()
                // What follows the head is of no interest, but that there is something.
                guard reply.receive(Array(head.prefix(scanned + 4))) != .invalid, reply.isHTTP else { return .done(end) }
                return answered(reply, hasMore: head.count > scanned + 4)
            }
            scanned += 1
        }
        return head.count > Self.longestHead ? .done(end) : .needMore
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        guard isProxy || isExpected else { return .done(.other) }
        return goOn()
    }

    private mutating func answered(_ reply: HTTPReply, hasMore: Bool) -> ProbeAction {
        if state == .absolute { product = Self.product(reply) }
        if reply.status == 407 { return .done(refused(407)) }
        switch state {
        case .absolute:
            // Via alone may come from what stands in front of a web server.
            let server = reply.headers["server"]?.lowercased() ?? ""
            isProxy =
                reply.headers["x-squid-error"] != nil || reply.headers.keys.contains { $0.hasPrefix("proxy-") }
                || ["tinyproxy", "privoxy", "ccproxy"].contains { server.hasPrefix($0) }
            steps = Self.steps(reply)
            guard isProxy || steps > 0 || isExpected else { return .done(.other) }
            if isProxy, [401, 403].contains(reply.status) { refusal = reply.status }
        case .tunnel:
            // A tunnel has no body of its own (RFC 9110, 9.3.6).
            let isTunnel = (200...299).contains(reply.status) && reply.headers["content-length"] == nil && reply.headers["transfer-encoding"] == nil
            if isTunnel, !hasMore {
                (state, head, scanned) = (.inside, [], 0)
                return .send(request("GET /"))
            }
        case .inside: return .done(reading(.notRequired, Message("exposure.proxy-tunnel")))
        case .direct:
            if steps > Self.steps(reply), steps > 1 { return .done(reading(.notRequired, Message("exposure.proxy-relayed"))) }
        }
        return goOn()
    }

    private mutating func goOn() -> ProbeAction {
        switch state {
        case .absolute: state = .tunnel
        case .tunnel: state = .direct
        case .inside, .direct: return .done(end)
        }
        return .reconnect
    }

    private var end: ProbeResult {
        guard isProxy else { return .other }
        return refusal.map { refused($0) } ?? reading(.unknown, Message("exposure.identified-only"))
    }

    private static func steps(_ reply: HTTPReply) -> Int { reply.headers["via"].map { $0.split(separator: ",").count } ?? 0 }

    private static func product(_ reply: HTTPReply) -> String? {
        let told = ((reply.headers["server"] ?? "") + (reply.headers["via"] ?? "") + (reply.headers["proxy-agent"] ?? "")).lowercased()
        return [("squid", "Squid"), ("tinyproxy", "Tinyproxy"), ("privoxy", "Privoxy"), ("ccproxy", "CCProxy")].first { told.contains($0.0) }?.1
    }

    private func refused(_ status: Int) -> ProbeResult {
        reading(.required, Message("exposure.refused", ["reply": .text("HTTP \(status)")]))
    }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(Self.service, authentication, product: product, evidence: [message]))
    }

    private func request(_ start: String) -> [UInt8] { Array("\(start) HTTP/1.1\r\nHost: \(authority)\r\nUser-Agent: suwen\r\n\r\n".utf8) }
}
