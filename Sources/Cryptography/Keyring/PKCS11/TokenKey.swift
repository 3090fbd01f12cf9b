/// The key in a token that wraps a keyring's KEK. It never leaves the token; the KEK does, into this process's memory.
struct TokenKey: Sendable {
    let module: String
    let pin: Secret
    let record: TokenRecord

    func generate() throws(KeyringError) {
        try PKCS11Module.withSession(module, token: record.label, pin: pin) { session throws(KeyringError) in
            try session.generateAESKey(id: record.keyID, label: "suwen keyring")
        }
    }

    /// Nonce, ciphertext, tag: the layout of ``KeyWrap``.
    func wrap(_ kek: Secret, associatedData: [UInt8]) throws(KeyringError) -> [UInt8] {
        let nonce = RandomBytes.bytes(AEAD.nonceLength)
        return try PKCS11Module.withSession(module, token: record.label, pin: pin) { session throws(KeyringError) in
            let key = try session.findAESKey(id: record.keyID)
            var plaintext = kek.withBytes { Array($0) }
            defer { plaintext.wipe() }
            return nonce + (try session.encrypt(plaintext, key: key, nonce: nonce, associatedData: associatedData))
        }
    }

    func unwrap(_ wrapped: [UInt8], associatedData: [UInt8]) throws(KeyringError) -> Secret? {
        try PKCS11Module.withSession(module, token: record.label, pin: pin) { session throws(KeyringError) in
            let key = try session.findAESKey(id: record.keyID)
            let nonce = Array(wrapped.prefix(AEAD.nonceLength))
            let kek = try session.decrypt(
                Array(wrapped.dropFirst(AEAD.nonceLength)), key: key, nonce: nonce, associatedData: associatedData)
            return kek?.count == 32 ? kek : nil
        }
    }
}
