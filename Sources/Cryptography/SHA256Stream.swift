import CGcrypt

/// SHA-256 (FIPS 180-4) of bytes that come piece by piece.
package final class SHA256Stream {
    private let handle: gcry_md_hd_t

    /// Nil where libgcrypt can't be had.
    package init?() {
        var opened: gcry_md_hd_t?
        guard Libgcrypt.ready, gcry_md_open(&opened, Int32(GCRY_MD_SHA256.rawValue), 0) == 0, let opened else { return nil }
        handle = opened
    }

    deinit { gcry_md_close(handle) }

    package func update(_ bytes: UnsafeRawBufferPointer) { gcry_md_write(handle, bytes.baseAddress, bytes.count) }

    /// The 32 bytes of everything so far, in lower-case hexadecimal. Nothing may be added afterwards.
    package func finish() -> String {
        guard let digest = gcry_md_read(handle, Int32(GCRY_MD_SHA256.rawValue)) else { return "" }
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: (0..<32).flatMap { [digits[Int(digest[$0] >> 4)], digits[Int(digest[$0] & 15)]] }, as: UTF8.self)
    }
}
