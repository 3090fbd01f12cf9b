import CGcrypt

/// AES-256 in Galois/Counter Mode (NIST SP 800-38D) over libgcrypt, for one key. The caller sees to it that no nonce is used twice.
package final class AESGCM {
    package enum Failure: Error, Hashable, Sendable {
        /// The key hasn't 32 bytes, or the nonce not 12.
        case wrongLength
        /// The ciphertext, its tag or its associated data isn't what was sealed.
        case notAuthentic
        /// libgcrypt refused; its error code.
        case library(code: UInt32)
    }

    package static let keyLength = 32
    package static let nonceLength = 12
    package static let tagLength = 16

    private let handle: gcry_cipher_hd_t

    package init(key: Secret) throws(Failure) {
        guard key.count == AESGCM.keyLength else { throw .wrongLength }
        guard Libgcrypt.ready else { throw .library(code: 0) }
        var opened: gcry_cipher_hd_t?
        let code = gcry_cipher_open(&opened, Int32(GCRY_CIPHER_AES256.rawValue), Int32(GCRY_CIPHER_MODE_GCM.rawValue), 0)
        guard code == 0, let opened else { throw .library(code: code) }
        handle = opened
        let keyCode = key.withBytes { gcry_cipher_setkey(opened, $0.baseAddress, $0.count) }
        guard keyCode == 0 else { throw .library(code: keyCode) }
    }

    deinit { gcry_cipher_close(handle) }

    /// The ciphertext, as long as `plaintext`, and the tag of 16 bytes behind it.
    package func seal(_ plaintext: [UInt8], nonce: [UInt8], associatedData: [UInt8] = []) throws(Failure) -> [UInt8] {
        try start(nonce, associatedData)
        var sealed = [UInt8](repeating: 0, count: plaintext.count + AESGCM.tagLength)
        let code = plaintext.withUnsafeBytes { plaintext in sealed.withUnsafeMutableBytes { encrypt(plaintext, into: $0) } }
        guard code == 0 else { throw .library(code: code) }
        return sealed
    }

    /// Like ``seal(_:nonce:associatedData:)``, without associated data and without allocating: for millions of short values.
    /// - Parameters:
    ///   - nonce: 12 bytes.
    ///   - output: exactly 16 bytes longer than `plaintext`, and apart from it.
    package func seal(
        _ plaintext: UnsafeRawBufferPointer, nonce: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(Failure) {
        guard nonce.count == AESGCM.nonceLength, output.count == plaintext.count + AESGCM.tagLength else { throw .wrongLength }
        var code = gcry_cipher_setiv(handle, nonce.baseAddress, nonce.count)
        if code == 0 { code = encrypt(plaintext, into: output) }
        guard code == 0 else { throw .library(code: code) }
    }

    /// What ``seal(_:nonce:associatedData:)`` was given.
    package func open(_ sealed: [UInt8], nonce: [UInt8], associatedData: [UInt8] = []) throws(Failure) -> [UInt8] {
        guard sealed.count >= AESGCM.tagLength else { throw .notAuthentic }
        try start(nonce, associatedData)
        let ciphertext = Array(sealed.dropLast(AESGCM.tagLength))
        var plaintext = [UInt8](repeating: 0, count: ciphertext.count)
        if !ciphertext.isEmpty {
            let code = gcry_cipher_decrypt(handle, &plaintext, plaintext.count, ciphertext, ciphertext.count)
            guard code == 0 else { throw .library(code: code) }
        }
        let tag = Array(sealed.suffix(AESGCM.tagLength))
        guard gcry_cipher_checktag(handle, tag, tag.count) == 0 else { throw .notAuthentic }
        return plaintext
    }

    private func start(_ nonce: [UInt8], _ associatedData: [UInt8]) throws(Failure) {
        guard nonce.count == AESGCM.nonceLength else { throw .wrongLength }
        var code = gcry_cipher_setiv(handle, nonce, nonce.count)
        if code == 0, !associatedData.isEmpty { code = gcry_cipher_authenticate(handle, associatedData, associatedData.count) }
        guard code == 0 else { throw .library(code: code) }
    }

    /// What comes after ``start(_:_:)``; `output` has room for the tag behind the ciphertext. Gives libgcrypt's code.
    private func encrypt(_ plaintext: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> gcry_error_t {
        guard let base = output.baseAddress else { return gcry_error_t(GPG_ERR_BUFFER_TOO_SHORT.rawValue) }
        if !plaintext.isEmpty {
            let code = gcry_cipher_encrypt(handle, base, plaintext.count, plaintext.baseAddress, plaintext.count)
            guard code == 0 else { return code }
        }
        return gcry_cipher_gettag(handle, base + plaintext.count, AESGCM.tagLength)
    }
}
