import CGcrypt

/// A block cipher in Galois/Counter Mode (NIST SP 800-38D) over libgcrypt, for one key. The caller sees to it that no nonce is used twice: a
/// nonce that comes again under the same key gives away the difference of two plaintexts and the key of the tags.
package final class AEAD {
    package static let nonceLength = 12
    package static let tagLength = 16

    package let algorithm: SealingAlgorithm
    private let handle: gcry_cipher_hd_t

    /// - Parameter key: of `algorithm.keyLength` bytes.
    package init(_ algorithm: SealingAlgorithm, key: Secret) throws(CryptographyFailure) {
        guard key.count == algorithm.keyLength else { throw .wrongLength }
        guard Libgcrypt.ready else { throw .library(code: 0) }
        var opened: gcry_cipher_hd_t?
        let code = gcry_cipher_open(&opened, algorithm.libgcryptCipher, Int32(GCRY_CIPHER_MODE_GCM.rawValue), 0)
        guard code == 0, let opened else { throw .library(code: code) }
        self.algorithm = algorithm
        handle = opened
        let keyCode = key.withBytes { gcry_cipher_setkey(opened, $0.baseAddress, $0.count) }
        guard keyCode == 0 else { throw .library(code: keyCode) }
    }

    // libgcrypt wipes the key's schedule.
    deinit { gcry_cipher_close(handle) }

    /// The ciphertext, as long as `plaintext`, and the tag of 16 bytes behind it.
    package func seal(_ plaintext: [UInt8], nonce: [UInt8], associatedData: [UInt8] = []) throws(CryptographyFailure) -> [UInt8] {
        try start(nonce, associatedData)
        var sealed = [UInt8](repeating: 0, count: plaintext.count + AEAD.tagLength)
        let code = plaintext.withUnsafeBytes { plaintext in sealed.withUnsafeMutableBytes { encrypt(plaintext, into: $0) } }
        guard code == 0 else { throw .library(code: code) }
        return sealed
    }

    /// Like ``seal(_:nonce:associatedData:)``, without allocating: for millions of short values.
    /// - Parameters:
    ///   - nonce: 12 bytes.
    ///   - output: exactly 16 bytes longer than `plaintext`, and apart from it.
    package func seal(
        _ plaintext: UnsafeRawBufferPointer, nonce: UnsafeRawBufferPointer, associatedData: UnsafeRawBufferPointer = .init(start: nil, count: 0),
        into output: UnsafeMutableRawBufferPointer
    ) throws(CryptographyFailure) {
        guard output.count == plaintext.count + AEAD.tagLength else { throw .wrongLength }
        try start(nonce, associatedData)
        let code = encrypt(plaintext, into: output)
        guard code == 0 else { throw .library(code: code) }
    }

    /// What ``seal(_:nonce:associatedData:)`` was given.
    package func open(_ sealed: [UInt8], nonce: [UInt8], associatedData: [UInt8] = []) throws(CryptographyFailure) -> [UInt8] {
        guard sealed.count >= AEAD.tagLength else { throw .notAuthentic }
        var plaintext = sealed
        let result = plaintext.withUnsafeMutableBytes { plaintext in
            nonce.withUnsafeBytes { nonce in
                associatedData.withUnsafeBytes { associatedData in
                    Result<Void, CryptographyFailure> { () throws(CryptographyFailure) in
                        try open(inPlace: plaintext, nonce: nonce, associatedData: associatedData)
                    }
                }
            }
        }
        try result.get()
        plaintext.removeLast(AEAD.tagLength)
        return plaintext
    }

    /// Turns the ciphertext into the plaintext where it lies, without allocating. When it throws, the memory holds zeros instead.
    /// - Parameter sealed: the ciphertext and the tag of 16 bytes behind it, which stays as it is.
    package func open(
        inPlace sealed: UnsafeMutableRawBufferPointer, nonce: UnsafeRawBufferPointer, associatedData: UnsafeRawBufferPointer
    ) throws(CryptographyFailure) {
        guard sealed.count >= AEAD.tagLength, let base = sealed.baseAddress else { throw .notAuthentic }
        try start(nonce, associatedData)
        let length = sealed.count - AEAD.tagLength
        if length > 0 {
            let code = gcry_cipher_decrypt(handle, base, length, nil, 0)
            guard code == 0 else { throw .library(code: code) }
        }
        guard gcry_cipher_checktag(handle, base + length, AEAD.tagLength) == 0 else {
            // What isn't authentic is never read by anybody.
            sealed.initializeMemory(as: UInt8.self, repeating: 0)
            throw .notAuthentic
        }
    }

    private func start(_ nonce: [UInt8], _ associatedData: [UInt8]) throws(CryptographyFailure) {
        let result = nonce.withUnsafeBytes { nonce in
            associatedData.withUnsafeBytes { associatedData in
                Result<Void, CryptographyFailure> { () throws(CryptographyFailure) in try start(nonce, associatedData) }
            }
        }
        try result.get()
    }

    @inline(__always)
    private func start(_ nonce: UnsafeRawBufferPointer, _ associatedData: UnsafeRawBufferPointer) throws(CryptographyFailure) {
        guard nonce.count == AEAD.nonceLength else { throw .wrongLength }
        var code = gcry_cipher_setiv(handle, nonce.baseAddress, nonce.count)
        if code == 0, !associatedData.isEmpty { code = gcry_cipher_authenticate(handle, associatedData.baseAddress, associatedData.count) }
        guard code == 0 else { throw .library(code: code) }
    }

    /// What comes after ``start(_:_:)``; `output` has room for the tag behind the ciphertext. Gives libgcrypt's code.
    @inline(__always)
    private func encrypt(_ plaintext: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> gcry_error_t {
        guard let base = output.baseAddress else { return gcry_error_t(GPG_ERR_BUFFER_TOO_SHORT.rawValue) }
        if !plaintext.isEmpty {
            let code = gcry_cipher_encrypt(handle, base, plaintext.count, plaintext.baseAddress, plaintext.count)
            guard code == 0 else { return code }
        }
        return gcry_cipher_gettag(handle, base + plaintext.count, AEAD.tagLength)
    }
}
