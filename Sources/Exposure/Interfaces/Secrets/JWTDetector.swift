import Findings
import Foundation
import Probes

/// JSON Web Tokens (RFC 7519): the header is decoded and names an algorithm, the claims are an object, and the signature has the algorithm's length.
enum JWTDetector {
    private static let longest = 8 << 10

    static func hits(_ text: SecretText, now: Date) -> [SecretHit] {
        text.places(of: "eyJ").compactMap { place in
            guard text[place - 1].map({ SecretText.isBase64URL($0) || $0 == UInt8(ascii: ".") }) != true else { return nil }
            let token = text.run(from: place, most: longest) { SecretText.isBase64URL($0) || $0 == UInt8(ascii: ".") }
            let parts = token.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
            guard parts.count == 3, let header = object(parts[0]), let claims = object(parts[1]), let signature = Base64Text.decode(parts[2]),
                let algorithm = header["alg"]?.text, isSignature(signature.count, of: algorithm), !isPublic(claims)
            else { return nil }
            let isExpired = claims["exp"]?.integer.map { Double($0) < now.timeIntervalSince1970 } ?? false
            return SecretHit(.jwt, length: token.count, severity: isExpired ? .low : .high, offset: place)
        }
    }

    private static func object(_ part: ArraySlice<UInt8>) -> JSON? {
        guard let bytes = Base64Text.decode(part), let json = JSON.read(bytes), case .object = json else { return nil }
        return json
    }

    /// RFC 7518 3.1 and RFC 8037: bytes of a signature.
    private static func isSignature(_ count: Int, of algorithm: String) -> Bool {
        switch algorithm {
        case "HS256": count == 32
        case "HS384": count == 48
        case "HS512", "ES256", "EdDSA", "ES256K": count == 64
        case "ES384": count == 96
        case "ES512": count == 132
        case "RS256", "RS384", "RS512", "PS256", "PS384", "PS512": count >= 128
        case "none": count == 0
        default: false
        }
    }

    /// Made to be shown: the key that Supabase gives to browsers, and the example of every tutorial.
    private static func isPublic(_ claims: JSON) -> Bool { claims["role"]?.text == "anon" || claims["sub"]?.text == "1234567890" }
}
