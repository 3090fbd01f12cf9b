import Findings

/// FTP (RFC 959). Logs in as `anonymous` (RFC 1635) and asks for the working directory, which needs a session and opens no data connection.
/// A server that admits nobody in plain text is asked again inside TLS (RFC 4217).
struct FTPProbe: Probe {
    static let service = Service.ftp
    static let speaksFirst = true
    static let speaksInsideTLS = true
    static let connections = 2

    private enum State { case greeting, features, user, password, directory, startingTLS }

    private let isExpected: Bool
    private var state = State.greeting
    private var replies = NumberedReplies()
    /// A reply that only FTP gives was seen.
    private var isKnown = false
    private var greeting = ""
    /// Nil when the server doesn't tell what it can do.
    private var offersTLS: Bool?
    /// Nobody is let in in plain text: the next connection begins TLS first.
    private var wantsTLS = false
    private var isSecure = false
    /// The refusal in plain text: it stands when TLS isn't to be had.
    private var refusal: ProbeResult?

    init(_ peer: ProbePeer) { isExpected = peer.expected == Self.service }

    mutating func connected() -> ProbeAction {
        replies = NumberedReplies()
        state = .greeting
        return .needMore
    }

    mutating func secured() -> ProbeAction {
        isSecure = true
        return send("USER anonymous", .user)
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        replies.append(bytes)
        switch replies.next() {
        case .incomplete: return .needMore
        case .invalid: return .done(broken)
        case .reply(let reply): return answered(reply)
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        // A server that should speak first and doesn't may be waiting for TLS, as on port 990.
        if state == .greeting, isExpected, end == .silent, !replies.hasMore { return .done(.perhapsTLS) }
        return .done(broken)
    }

    private var broken: ProbeResult { refusal ?? (isKnown ? reading(.unknown, Message("exposure.session-broken")) : .other) }

    private mutating func answered(_ reply: NumberedReply) -> ProbeAction {
        switch state {
        case .greeting: return greeted(reply)
        case .features:
            if reply.code == 421 { return .done(busy(reply)) }
            if reply.code == 211 {
                isKnown = true
                offersTLS = reply.mentions("auth tls", "auth ssl")
            }
            return send("USER anonymous", .user)
        case .user, .password: return judged(reply)
        case .directory:
            switch reply.code {
            case 257: return done(reading(.notRequired, Message("exposure.ftp-anonymous")))
            case 530, 532: return done(refused(reply))
            default: return done(busy(reply))
            }
        case .startingTLS:
            // Whatever came along with the consent was not sent inside TLS.
            guard reply.code == 234, !replies.hasMore else { return .done(broken) }
            return .startTLS()
        }
    }

    private mutating func greeted(_ reply: NumberedReply) -> ProbeAction {
        let hint = NumberedGreeting.service(reply.text)
        guard hint != .smtp else { return .done(broken) }
        isKnown = isKnown || hint == .ftp
        greeting = reply.text
        switch reply.code {
        case 220: return wantsTLS ? send("AUTH TLS", .startingTLS) : send("FEAT", .features)
        // Ready in some minutes.
        case 120, 421: return .done(refusal ?? busy(reply))
        default: return .done(broken)
        }
    }

    /// What the server says to the name, or to the password.
    private mutating func judged(_ reply: NumberedReply) -> ProbeAction {
        switch reply.code {
        case 230, 202, 232:
            isKnown = true
            return send("PWD", .directory)
        case 331, 336:
            isKnown = true
            // RFC 1635: an address, by custom.
            guard state == .user else { return done(refused(reply)) }
            return send("PASS anonymous@example.org", .password)
        case 332:
            isKnown = true
            return done(reading(.required, Message("exposure.password-asked")))
        case 430, 530...539, 550...559:
            // SMTP and others know 5xx as well; only 530 is FTP's own to this.
            if reply.code == 530 || reply.code == 430 { isKnown = true }
            guard isKnown else { return .done(.other) }
            refusal = refused(reply)
            guard offersTLS == true, !isSecure, reply.mentions("encrypt", "tls", "ssl", "secure") else { return done(refused(reply)) }
            // Servers like to hang up after these words.
            wantsTLS = true
            return .reconnect
        default: return done(busy(reply))
        }
    }

    private mutating func send(_ command: String, _ next: State) -> ProbeAction {
        state = next
        return .send(Array((command + "\r\n").utf8))
    }

    private func done(_ result: ProbeResult) -> ProbeAction { .done(result, farewell: Array("QUIT\r\n".utf8)) }

    private func refused(_ reply: NumberedReply) -> ProbeResult {
        reading(.required, Message("exposure.refused", ["reply": .text("\(reply.code)")]))
    }

    private func busy(_ reply: NumberedReply) -> ProbeResult {
        isKnown ? reading(.unknown, Message("exposure.busy", ["reply": .text("\(reply.code)")])) : .other
    }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        let (product, version) = Self.product(in: greeting)
        let cleartext = offersTLS == false && !isSecure ? [Message("exposure.ftp-no-tls")] : []
        return .recognised(
            ServiceReading(
                Self.service, authentication, product: product, version: version, evidence: [message] + cleartext, usesTLS: isSecure))
    }

    private static let products = [
        ("vsFTPd", "vsftpd"), ("ProFTPD", "ProFTPD"), ("Pure-FTPd", "Pure-FTPd"), ("FileZilla Server", "FileZilla Server"),
        ("Microsoft FTP Service", "Microsoft FTP Service"), ("Serv-U FTP Server", "Serv-U"),
    ]

    private static func product(in greeting: String) -> (product: String?, version: String?) {
        for (mark, product) in products {
            guard let place = greeting.firstRange(of: mark) else { continue }
            let rest = greeting[place.upperBound...].drop { $0 == " " || $0 == "v" }
            return (product, rest.first?.isNumber == true ? PeerText.version(rest.utf8) : nil)
        }
        return (nil, nil)
    }
}
