import CGcrypt

/// The AEAD that a key is for. The raw value is the envelope's algorithm byte: it never changes its meaning.
package enum SealingAlgorithm: UInt8, CaseIterable, Hashable, Sendable, Codable {
    /// AES-256 in Galois/Counter Mode: FIPS 197, NIST SP 800-38D.
    case aes256GCM = 1
    /// SM4 in Galois/Counter Mode: GB/T 32907-2016, RFC 8998.
    case sm4GCM = 2

    /// The name on the command line and in files.
    package var name: String {
        switch self {
        case .aes256GCM: "aes-256-gcm"
        case .sm4GCM: "sm4-gcm"
        }
    }

    package init?(name: String) {
        guard let algorithm = SealingAlgorithm.allCases.first(where: { $0.name == name }) else { return nil }
        self = algorithm
    }

    /// Bytes.
    package var keyLength: Int {
        switch self {
        case .aes256GCM: 32
        case .sm4GCM: 16
        }
    }

    var libgcryptCipher: Int32 {
        switch self {
        case .aes256GCM: Int32(GCRY_CIPHER_AES256.rawValue)
        case .sm4GCM: Int32(GCRY_CIPHER_SM4.rawValue)
        }
    }
}
