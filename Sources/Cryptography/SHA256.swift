import CGcrypt

/// SHA-256 (FIPS 180-4) over libgcrypt.
package enum SHA256 {
    /// The 32-byte digest of `bytes`.
    package static func hash(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        _ = Libgcrypt.ready
        let input = Array(bytes)
        var digest = [UInt8](repeating: 0, count: 32)
        gcry_md_hash_buffer(Int32(GCRY_MD_SHA256.rawValue), &digest, input, input.count)
        return digest
    }

    /// The digest of the UTF-8 bytes of `text`, in lower-case hexadecimal.
    package static func hex(_ text: String) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: hash(text.utf8).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
