/// Messages of LDAP version 3 (RFC 4511).
enum LDAPWire {
    enum Scope: UInt32 { case base = 0, subtree = 2 }

    static let startTLS = "1.3.6.1.4.1.1466.20037"
    static let unbind: [UInt8] = BER.sequence(BER.number(99), BER.element(0x42, []))

    static func anonymousBind(_ id: UInt32) -> [UInt8] {
        BER.sequence(BER.number(id), BER.element(0x60, BER.number(3) + BER.octets("") + BER.element(0x80, [])))
    }

    static func askForTLS(_ id: UInt32) -> [UInt8] { BER.sequence(BER.number(id), BER.element(0x77, BER.octets(startTLS, tag: 0x80))) }

    /// Everything that has an object class, which everything has. At most two entries, at most three seconds.
    static func search(_ id: UInt32, _ base: [UInt8], _ scope: Scope, attributes: [String]) -> [UInt8] {
        let limits = BER.number(2) + BER.number(3)
        let typesOnly = BER.element(0x01, [scope == .base ? 0 : 0xFF])
        let head =
            BER.element(BER.octetString, base) + BER.number(scope.rawValue, tag: BER.enumerated) + BER.number(0, tag: BER.enumerated) + limits
            + typesOnly
        let filter = BER.octets("objectClass", tag: 0x87)
        return BER.sequence(
            BER.number(id), BER.element(0x63, head + filter + BER.element(BER.sequence, attributes.flatMap { BER.octets($0) })))
    }

    enum Response {
        case bind(Result)
        case extended(Result)
        case entry(name: ArraySlice<UInt8>, attributes: ArraySlice<UInt8>)
        /// A reference or an intermediate response: of no interest.
        case aside
        case searchDone(Result)
    }

    struct Result {
        var code: Int
        var diagnostic: String

        /// As RFC 4511, A.1 names it.
        var name: String {
            let name = Self.names[code]
            return name.map { "\($0) \(code)" } ?? "\(code)"
        }

        /// The server wants to know who asks, or wants to be asked inside TLS.
        var isRefusal: Bool {
            switch code {
            case 7, 8, 13, 48, 49, 50: true
            // Active Directory's way: an operationsError whose text asks for a bind.
            case 1: diagnostic.contains("successful bind must be completed")
            // OpenLDAP's, with `require authc`.
            case 53: diagnostic.contains("authentication required")
            default: false
            }
        }

        private static let names = [
            1: "operationsError", 2: "protocolError", 3: "timeLimitExceeded", 4: "sizeLimitExceeded", 7: "authMethodNotSupported",
            8: "strongerAuthRequired", 10: "referral", 11: "adminLimitExceeded", 13: "confidentialityRequired", 32: "noSuchObject",
            48: "inappropriateAuthentication", 49: "invalidCredentials", 50: "insufficientAccessRights", 51: "busy", 52: "unavailable",
            53: "unwillingToPerform", 80: "other",
        ]
    }

    /// One whole message; nil when it is none. A notice of disconnection has the id 0.
    static func read(_ bytes: ArraySlice<UInt8>) -> (id: Int, response: Response)? {
        var outer = ByteReader(bytes)
        guard let content = outer.element(BER.sequence), outer.isAtEnd else { return nil }
        var reader = ByteReader(content)
        guard let id = reader.number(), let (tag, body) = reader.element() else { return nil }
        // Controls, if any.
        if !reader.isAtEnd { guard reader.element(0xA0) != nil, reader.isAtEnd else { return nil } }
        var inner = ByteReader(body)
        switch tag {
        case 0x61: return result(&inner).map { (id, .bind($0)) }
        case 0x78: return result(&inner).map { (id, .extended($0)) }
        case 0x65: return result(&inner).map { (id, .searchDone($0)) }
        case 0x64:
            guard let name = inner.element(BER.octetString), let attributes = inner.element(BER.sequence), inner.isAtEnd else { return nil }
            return (id, .entry(name: name, attributes: attributes))
        case 0x73, 0x79: return (id, .aside)
        default: return nil
        }
    }

    private static func result(_ reader: inout ByteReader) -> Result? {
        guard let code = reader.number(BER.enumerated), code >= 0, reader.element(BER.octetString) != nil,
            let text = reader.element(BER.octetString)
        else { return nil }
        return Result(code: code, diagnostic: text.prefix(400).text)
    }

    /// The values of each attribute, by its name in lower case; nil when they can't be read.
    static func attributes(_ bytes: ArraySlice<UInt8>) -> [String: [ArraySlice<UInt8>]]? {
        var values: [String: [ArraySlice<UInt8>]] = [:]
        var reader = ByteReader(bytes)
        while !reader.isAtEnd {
            guard let attribute = reader.element(BER.sequence) else { return nil }
            var inner = ByteReader(attribute)
            guard let name = inner.element(BER.octetString), let set = inner.element(BER.set), inner.isAtEnd else { return nil }
            var members = ByteReader(set)
            while !members.isAtEnd {
                guard let value = members.element(BER.octetString) else { return nil }
                values[name.prefix(100).text.lowercased(), default: []].append(value)
            }
        }
        return values
    }
}
