import Findings

/// Values of Authorization headers that stand whole in a literal: `Bearer …` (RFC 6750) and `Basic …` (RFC 7617). JSON Web Tokens are another's.
enum AuthorizationDetector {
    static func hits(_ text: SecretText) -> [SecretHit] { bearer(text) + basic(text) }

    private static func bearer(_ text: SecretText) -> [SecretHit] {
        text.places(of: "Bearer ").compactMap { place in
            guard let token = value(text, place, "Bearer ".utf8.count), token.count >= 20, !token.starts(with: "eyJ".utf8),
                token.contains(where: SecretText.isDigit), token.contains(where: SecretText.isLetter), Set(token).count >= 8,
                !Placeholder.isOne(token)
            else { return nil }
            return SecretHit(.bearerToken, length: token.count, severity: .high, offset: token.startIndex)
        }
    }

    private static func basic(_ text: SecretText) -> [SecretHit] {
        text.places(of: "Basic ").compactMap { place in
            guard let value = value(text, place, "Basic ".utf8.count), value.allSatisfy(SecretText.isBase64), let pair = Base64Text.decode(value),
                pair.allSatisfy({ (0x20...0x7E).contains($0) }), let colon = pair.firstIndex(of: UInt8(ascii: ":"))
            else { return nil }
            let password = pair[(colon + 1)...]
            guard colon > 0, password.count >= 3, !Placeholder.isOne(password) else { return nil }
            return SecretHit(.basicCredentials, length: value.count, severity: .medium, offset: value.startIndex)
        }
    }

    /// The rest of the literal that begins with the scheme.
    private static func value(_ text: SecretText, _ place: Int, _ scheme: Int) -> ArraySlice<UInt8>? {
        guard let literal = text.literal(at: place - 1, most: 4_096) else { return nil }
        let value = literal.dropFirst(scheme)
        return value.allSatisfy { SecretText.isBase64($0) || SecretText.isBase64URL($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "~") }
            && !value.isEmpty ? value : nil
    }
}
