/// Hashes of passwords by the prefix of their scheme: crypt(5) (bcrypt, SHA-crypt, yescrypt, scrypt), argon2 and PBKDF2 strings, LDAP's schemes (RFC 2307).
enum PasswordHashValidator {
    private static let prefixes: [StaticString] = [
        "$2a$", "$2b$", "$2y$", "$argon2", "$pbkdf2", "$scrypt$", "$7$", "$6$", "$5$", "$1$", "$y$", "$apr1$", "$P$", "$H$", "{SSHA", "{SHA", "{MD5}",
        "{SMD5}", "{CRYPT}", "{bcrypt}", "pbkdf2_sha", "pbkdf2:", "bcrypt$", "bcrypt_sha256$", "argon2$", "scrypt:",
    ]

    static func matches(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard value.count >= 16, let first = value.first, [0x24, 0x7B, 0x70, 0x62, 0x61, 0x73].contains(first) else { return false }
        return prefixes.contains { value.starts(with: $0) }
    }
}

extension UnsafeBufferPointer<UInt8> {
    @inline(__always)
    func starts(with prefix: StaticString) -> Bool {
        guard count >= prefix.utf8CodeUnitCount else { return false }
        for index in 0..<prefix.utf8CodeUnitCount where prefix.utf8Start[index] != self[index] { return false }
        return true
    }
}
