import CGcrypt

/// Hash functions that old formats and fingerprints still ask for, over libgcrypt. MD5 and SHA-1 protect nothing: they only name things.
package enum Digest: String, CaseIterable, Sendable {
    /// RFC 1321.
    case md5
    /// FIPS 180-4.
    case sha1, sha256, sha384, sha512

    /// The digest's length in bytes.
    package var length: Int {
        switch self {
        case .md5: 16
        case .sha1: 20
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// The block that HMAC (RFC 2104) pads keys to, in bytes.
    package var blockLength: Int {
        switch self {
        case .md5, .sha1, .sha256: 64
        case .sha384, .sha512: 128
        }
    }

    private var algorithm: Int32 {
        let value =
            switch self {
            case .md5: GCRY_MD_MD5
            case .sha1: GCRY_MD_SHA1
            case .sha256: GCRY_MD_SHA256
            case .sha384: GCRY_MD_SHA384
            case .sha512: GCRY_MD_SHA512
            }
        return Int32(value.rawValue)
    }

    /// Nil where the machine's policy (FIPS mode) forbids the function.
    package func hash(_ bytes: [UInt8]) -> [UInt8]? {
        guard Libgcrypt.ready, gcry_md_algo_info(algorithm, Int32(GCRYCTL_TEST_ALGO.rawValue), nil, nil) == 0 else { return nil }
        var digest = [UInt8](repeating: 0, count: length)
        gcry_md_hash_buffer(algorithm, &digest, bytes, bytes.count)
        return digest
    }
}
