/// The two messages with which nobody asks for a session ([MS-NLMP]), inside SPNEGO (RFC 4178).
enum NTLM {
    private static let signature = Array("NTLMSSP".utf8) + [0]
    /// UNICODE, REQUEST_TARGET, NTLM, ALWAYS_SIGN, EXTENDED_SESSIONSECURITY, 128, 56.
    private static let flags: UInt32 = 0xA008_8205
    private static let anonymous: UInt32 = 0x800
    private static let versionFlag: UInt32 = 0x0200_0000

    static let negotiate: [UInt8] = {
        var message = signature
        message.appendLittle(UInt32(1))
        message.appendLittle(flags)
        message += [UInt8](repeating: 0, count: 16)
        // SPNEGO's mechanism list holds NTLM alone.
        let mechanisms = BER.element(0xA0, BER.sequence(BER.element(BER.objectIdentifier, [0x2B, 6, 1, 4, 1, 0x82, 0x37, 2, 2, 0x0A])))
        let token = BER.element(0xA2, BER.element(BER.octetString, message))
        return BER.element(
            0x60, BER.element(BER.objectIdentifier, [0x2B, 6, 1, 5, 5, 2]) + BER.element(0xA0, BER.sequence(mechanisms, token)))
    }()

    /// The anonymous AUTHENTICATE_MESSAGE ([MS-NLMP], 3.1.5.1.2): no name, no answer to the challenge but one zero byte.
    static let authenticate: [UInt8] = {
        let headLength: UInt32 = 64
        var message = signature
        message.appendLittle(UInt32(3))
        func field(_ length: UInt16, _ offset: UInt32) {
            message.appendLittle(length)
            message.appendLittle(length)
            message.appendLittle(offset)
        }
        field(1, headLength)
        for _ in 0..<5 { field(0, headLength + 1) }
        message.appendLittle(flags | anonymous)
        message.append(0)
        return BER.element(0xA1, BER.sequence(BER.element(0xA2, BER.element(BER.octetString, message))))
    }()

    /// What a CHALLENGE_MESSAGE tells of the server's system: `10.0.17763`. Nil when `token` holds none; an empty text when it tells no version.
    /// The names in it are not read: they are the organisation's own.
    static func version(inChallenge token: ArraySlice<UInt8>) -> String? {
        guard let place = token.firstRange(of: signature) else { return nil }
        var reader = ByteReader(token[place.upperBound...])
        guard reader.little(4) == 2, reader.take(8) != nil, let flags = reader.little(4), reader.take(24) != nil else { return nil }
        guard UInt32(flags) & versionFlag != 0, let major = reader.byte(), let minor = reader.byte(), let build = reader.little(2) else { return "" }
        return "\(major).\(minor).\(build)"
    }
}
