/// What a server says to a ``TLSHello``.
package enum TLSAnswer: Hashable, Sendable {
    /// It would speak this version with this suite. The certificates, which TLS 1.3 encrypts and anonymous suites lack, are DER, the server's own first.
    case accepted(TLSProtocolVersion, TLSCipherSuite, certificates: [[UInt8]])
    /// It sent an alert (RFC 8446 6): `protocol_version` 70, `handshake_failure` 40, …
    case refused(alert: UInt8)
    /// It hung up, which is how some servers refuse.
    case closed
    case silent
    /// It doesn't speak TLS, or breaks its rules.
    case other

    package var accepted: (version: TLSProtocolVersion, suite: TLSCipherSuite)? {
        if case .accepted(let version, let suite, _) = self { (version, suite) } else { nil }
    }

    /// Nil when none were shown.
    package var certificates: [[UInt8]]? {
        if case .accepted(_, _, let certificates) = self, !certificates.isEmpty { certificates } else { nil }
    }

    /// An alert or a hello: only TLS servers say that.
    package var isTLS: Bool {
        switch self {
        case .accepted, .refused: true
        case .closed, .silent, .other: false
        }
    }
}

/// Reads a server's first flight: its hello and, before TLS 1.3, its certificates. Pure: bytes in, an answer out.
package struct TLSAnswerReader: Sendable {
    private let hello: TLSHello
    private let wantsCertificates: Bool
    private var buffer: [UInt8] = []
    /// The content of handshake records, which messages may straddle.
    private var handshake: [UInt8] = []
    private var agreed: (version: TLSProtocolVersion, suite: TLSCipherSuite)?
    private var received = 0

    /// A first flight longer than this is none: a chain of certificates has its place in it.
    private static let longest = 1 << 17
    private static let longestRecord = (1 << 14) + 2_048

    package init(_ hello: TLSHello, wantsCertificates: Bool = false) {
        self.hello = hello
        self.wantsCertificates = wantsCertificates
    }

    /// Nil: read on.
    package mutating func received(_ bytes: [UInt8]) -> TLSAnswer? {
        received += bytes.count
        guard received <= Self.longest else { return settled(.other) }
        buffer += bytes
        var reader = ByteReader(buffer)
        while true {
            let start = reader
            switch record(&reader) {
            case .incomplete:
                // Only when something was taken: a peer that sends byte by byte must not cost a copy each.
                if start.remaining < buffer.count { buffer = Array(start.rest) }
                return nil
            case .invalid: return settled(.other)
            case .alert(let level, let description):
                // A warning, such as that the name isn't known (112), is no refusal.
                if level == 1, description != 0 { continue }
                return settled(.refused(alert: description))
            case .handshake(let content):
                handshake += content
                if let answer = messages() { return answer }
            }
        }
    }

    package mutating func ended(_ end: ProbeEnd) -> TLSAnswer {
        guard received == 0 || agreed != nil else { return .other }
        return settled(end == .silent ? .silent : .closed)
    }

    /// The hello stands, whatever came after it.
    private func settled(_ answer: TLSAnswer) -> TLSAnswer {
        agreed.map { .accepted($0.version, $0.suite, certificates: []) } ?? answer
    }

    // MARK: - Records

    private enum Record {
        case incomplete, invalid
        case alert(level: UInt8, description: UInt8)
        case handshake(ArraySlice<UInt8>)
    }

    private func record(_ reader: inout ByteReader) -> Record {
        guard let type = reader.byte() else { return .incomplete }
        guard type == 21 || type == 22 else { return .invalid }
        guard let major = reader.byte() else { return .incomplete }
        guard major == (hello.version == .tlcp ? 1 : 3) || (type == 21 && (major == 3 || major == 1)) else { return .invalid }
        guard let minor = reader.byte() else { return .incomplete }
        guard minor <= 4 else { return .invalid }
        guard let length = reader.big(2) else { return .incomplete }
        guard (1...Self.longestRecord).contains(Int(length)), type == 22 || length == 2 else { return .invalid }
        guard let content = reader.take(Int(length)) else { return .incomplete }
        guard type == 21 else { return .handshake(content) }
        guard let level = content.first, let description = content.last, level == 1 || level == 2 else { return .invalid }
        return .alert(level: level, description: description)
    }

    // MARK: - Handshake messages

    private mutating func messages() -> TLSAnswer? {
        var reader = ByteReader(handshake)
        while let type = reader.rest.first {
            guard agreed != nil || type == 2 else { return .other }
            let start = reader
            _ = reader.byte()
            guard let length = reader.big(3), let body = reader.take(Int(length)) else {
                if start.remaining < handshake.count { handshake = Array(start.rest) }
                return nil
            }
            switch (agreed, type) {
            case (nil, _):
                guard let hello = serverHello(body) else { return .other }
                agreed = hello
                guard wantsCertificates, hello.version != .tls13, hello.suite.weakness != .anonymous else { return settled(.other) }
            case (.some(let agreed), 11):
                return .accepted(agreed.version, agreed.suite, certificates: Self.certificates(body))
            // The extended or session messages that may stand before the certificates: none that matters.
            case (.some, 4), (.some, 22), (.some, 23): continue
            default: return settled(.other)
            }
        }
        handshake = []
        return nil
    }

    /// RFC 8446 4.1.3, RFC 5246 7.4.1.3, RFC 6101 5.6.1.3.
    private func serverHello(_ body: ArraySlice<UInt8>) -> (version: TLSProtocolVersion, suite: TLSCipherSuite)? {
        var reader = ByteReader(body)
        guard let legacy = reader.big(2), reader.take(32) != nil, let sessionLength = reader.byte(), sessionLength <= 32,
            reader.take(Int(sessionLength)) != nil, let suite = reader.big(2), let compression = reader.byte(), compression == 0
        else { return nil }
        var number = UInt16(truncatingIfNeeded: legacy)
        if !reader.isAtEnd {
            guard let length = reader.big(2), Int(length) == reader.remaining else { return nil }
            while !reader.isAtEnd {
                guard let type = reader.big(2), let length = reader.big(2), let content = reader.take(Int(length)) else { return nil }
                guard type == 43 else { continue }
                // supported_versions: what is really chosen.
                guard content.count == 2 else { return nil }
                number = content.reduce(0) { $0 << 8 | UInt16($1) }
            }
        }
        let code = UInt16(truncatingIfNeeded: suite)
        guard let version = TLSProtocolVersion(rawValue: number), version <= hello.version, (version == .tlcp) == (hello.version == .tlcp),
            hello.suites.contains(code)
        else { return nil }
        return (version, TLSCipherSuite(code))
    }

    /// The list of RFC 5246 7.4.2; empty when it is broken.
    private static func certificates(_ body: ArraySlice<UInt8>) -> [[UInt8]] {
        var reader = ByteReader(body)
        guard let total = reader.big(3), Int(total) == reader.remaining else { return [] }
        var certificates: [[UInt8]] = []
        while !reader.isAtEnd {
            guard certificates.count < 16, let length = reader.big(3), length > 0, let certificate = reader.take(Int(length)) else { return [] }
            certificates.append(Array(certificate))
        }
        return certificates
    }
}
