/// Wraps 32-byte keys by AES-256-GCM: nonce (12 bytes), ciphertext, tag (16 bytes).
package enum KeyWrap {
    static let overhead = AEAD.nonceLength + AEAD.tagLength

    static func wrap(_ key: Secret, by wrapping: Secret, associatedData: [UInt8]) throws(KeyringError) -> [UInt8] {
        let nonce = RandomBytes.bytes(AEAD.nonceLength)
        var plaintext = key.withBytes { Array($0) }
        defer { plaintext.wipe() }
        do {
            return nonce + (try AEAD(.aes256GCM, key: wrapping).seal(plaintext, nonce: nonce, associatedData: associatedData))
        } catch {
            throw .library("wrapping a key")
        }
    }

    /// Nil when the bytes, the wrapping key or the associated data are others.
    package static func unwrap(_ wrapped: [UInt8], by wrapping: Secret, associatedData: [UInt8]) -> Secret? {
        guard wrapped.count > overhead, let cipher = try? AEAD(.aes256GCM, key: wrapping) else { return nil }
        let nonce = Array(wrapped.prefix(AEAD.nonceLength))
        guard var plaintext = try? cipher.open(Array(wrapped.dropFirst(AEAD.nonceLength)), nonce: nonce, associatedData: associatedData) else {
            return nil
        }
        defer { plaintext.wipe() }
        return Secret(plaintext)
    }

    /// What the KEK's wrapping is bound to.
    static func kekBinding(identifier: [UInt8], root: RootRecord, generation: UInt32) -> [UInt8] {
        var writer = ByteWriter()
        writer.sized("suwen/1/keyring/kek".utf8)
        writer.sized(identifier)
        writer.sized(KeyringFormat.encode(root))
        writer.number(generation)
        return writer.bytes
    }

    /// What a DEK's wrapping is bound to: it opens only as the key that it was made as.
    package static func dekBinding(identifier: [UInt8], _ key: KeyRecord) -> [UInt8] {
        var writer = ByteWriter()
        writer.sized("suwen/1/keyring/dek".utf8)
        writer.sized(identifier)
        writer.number(key.id)
        writer.sized(key.column.utf8)
        writer.number(key.algorithm.rawValue)
        writer.number(key.generation)
        return writer.bytes
    }
}
