/// One question to a TLS server: would you speak this version, with one of these suites? A ClientHello, and nothing after it.
package struct TLSHello: Hashable, Sendable {
    /// The highest version that is offered; for TLS 1.3 the only one.
    package var version: TLSProtocolVersion
    package var suites: [UInt16]
    /// For the server name extension; nil for an address.
    package var serverName: String?

    /// Any suite that could be spoken in this version.
    package static func any(_ version: TLSProtocolVersion, serverName: String? = nil) -> TLSHello {
        let suites: [UInt16] =
            switch version {
            case .tls13: TLSCipherSuite.tls13
            case .tlcp: TLSCipherSuite.tlcp
            case .tls12: TLSCipherSuite.modern + older
            case .ssl3, .tls10, .tls11: older
            }
        return TLSHello(version: version, suites: suites, serverName: serverName)
    }

    /// Only suites with this weakness.
    package static func weak(_ weakness: TLSCipherSuite.Weakness, _ version: TLSProtocolVersion, serverName: String? = nil) -> TLSHello {
        TLSHello(version: version, suites: TLSCipherSuite.suites(weakness), serverName: serverName)
    }

    /// The best of the old ones first.
    private static let older = TLSCipherSuite.Weakness.allCases.reversed().flatMap(TLSCipherSuite.suites)

    /// The bytes to send: one record.
    package func encoded() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        var body: [UInt8] = []
        body.appendBig(version == .tls13 ? TLSProtocolVersion.tls12.rawValue : version.rawValue)
        body += Self.random(32, &generator)
        // A session id for the sake of devices in between (RFC 8446 D.4).
        let session = version == .tls13 ? Self.random(32, &generator) : []
        body += [UInt8(truncatingIfNeeded: session.count)] + session
        // TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746): some servers refuse those who don't know it.
        let suites = version == .tls13 || version == .tlcp ? suites : suites + [0x00FF]
        body.appendBig(UInt16(truncatingIfNeeded: suites.count * 2))
        for suite in suites { body.appendBig(suite) }
        body += [1, 0]
        // SSL 3.0 knows no extensions; TLCP's servers need none.
        if version != .ssl3, version != .tlcp { body += Self.block(extensions(length: body.count, &generator)) }
        var message: [UInt8] = [1]
        message.appendBig(UInt32(truncatingIfNeeded: body.count))
        message.remove(at: 1)
        var record: [UInt8] = [22]
        record.appendBig(version == .ssl3 || version == .tlcp ? version.rawValue : TLSProtocolVersion.tls10.rawValue)
        return record + Self.block(message + body)
    }

    /// - Parameter length: of the body before the extensions.
    private func extensions(length: Int, _ generator: inout SystemRandomNumberGenerator) -> [UInt8] {
        var extensions: [UInt8] = []
        if let serverName {
            let name = Array(serverName.utf8.prefix(253))
            extensions += Self.extend(0, Self.block([0] + Self.block(name)))
        }
        // x25519, secp256r1, secp384r1, secp521r1, curveSM2, ffdhe2048, ffdhe3072.
        extensions += Self.extend(10, Self.block([0, 29, 0, 23, 0, 24, 0, 25, 0, 41, 1, 0, 1, 1]))
        extensions += Self.extend(11, [1, 0])
        if version >= .tls12 { extensions += Self.extend(13, Self.block(Self.signatures)) }
        if version == .tls13 {
            extensions += Self.extend(43, [2, 3, 4])
            // Any 32 bytes are a point of Curve25519. Nothing is ever computed with it: the conversation ends with the server's hello.
            extensions += Self.extend(51, Self.block([0, 29] + Self.block(Self.random(32, &generator))))
        }
        // Some devices hang on hellos of 256 to 511 bytes (RFC 7685).
        let total = 4 + length + 2 + extensions.count
        if (256..<512).contains(total) { extensions += Self.extend(21, [UInt8](repeating: 0, count: max(1, 512 - total - 4))) }
        return extensions
    }

    /// ECDSA, RSA-PSS, RSA with SHA-2 and SHA-1, EdDSA, SM2 with SM3, DSA (RFC 8446 4.2.3, RFC 8998, RFC 5246).
    private static let signatures: [UInt8] = [
        4, 3, 5, 3, 6, 3, 8, 4, 8, 5, 8, 6, 4, 1, 5, 1, 6, 1, 8, 7, 7, 8, 2, 3, 2, 1, 2, 2, 4, 2, 1, 1,
    ]

    private static func extend(_ type: UInt16, _ content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendBig(type)
        return bytes + block(content)
    }

    /// With its length in two bytes before it.
    private static func block(_ content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendBig(UInt16(truncatingIfNeeded: content.count))
        return bytes + content
    }

    private static func random(_ count: Int, _ generator: inout SystemRandomNumberGenerator) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}
