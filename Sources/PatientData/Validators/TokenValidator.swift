/// Tokens: JSON Web Tokens (RFC 7519) by their form; the known prefixes of services' keys. Other random texts are tokens where the column's name says so.
enum TokenValidator {
    private static let prefixes: [StaticString] = [
        "ghp_", "gho_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "sk-", "sk_live_", "pk_live_", "AKIA", "LTAI", "AKID", "Bearer ",
    ]

    static func matches(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard value.count >= 20 else { return false }
        if value.starts(with: "eyJ") { return isJWT(value) }
        guard prefixes.contains(where: { value.starts(with: $0) }) else { return false }
        // What follows is no word.
        return value.contains { $0 &- 0x30 <= 9 }
    }

    /// Three parts of base64url, the first of which is an object in JSON: it begins with `{"`.
    private static func isJWT(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        var dots = 0
        for byte in value {
            if byte == 0x2E {
                dots += 1
            } else if !(byte &- 0x30 <= 9 || (byte | 0x20) &- 0x61 <= 25 || byte == 0x2D || byte == 0x5F) {
                return false
            }
        }
        return dots == 2
    }
}
