package import CPKCS11

/// A session with a token, in which the user is logged in.
package struct PKCS11Session: @unchecked Sendable {
    package let functions: CK_FUNCTION_LIST
    package let handle: CK_SESSION_HANDLE

    init(_ module: PKCS11Module, slot: CK_SLOT_ID, pin: Secret) throws(KeyringError) {
        functions = module.functions
        var handle: CK_SESSION_HANDLE = 0
        let flags = CK_FLAGS(CKF_SERIAL_SESSION) | CK_FLAGS(CKF_RW_SESSION)
        try PKCS11Module.check(try PKCS11Module.require(functions.C_OpenSession)(slot, flags, nil, nil, &handle), "C_OpenSession")
        self.handle = handle
        do throws(KeyringError) {
            try logIn(pin)
        } catch {
            end()
            throw error
        }
    }

    private func logIn(_ pin: Secret) throws(KeyringError) {
        let login = try PKCS11Module.require(functions.C_Login)
        func attempt() -> CK_RV {
            pin.withBytes { bytes in
                // The function takes a pointer to bytes that it doesn't write.
                login(handle, CK_USER_TYPE(CKU_USER), UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress), UInt(bytes.count))
            }
        }
        var code = attempt()
        if code == CKR_USER_ALREADY_LOGGED_IN {
            // Somebody else's login in this process must not stand in for this PIN.
            _ = functions.C_Logout?(handle)
            code = attempt()
        }
        try PKCS11Module.check(code, "C_Login")
    }

    func end() {
        _ = functions.C_Logout?(handle)
        _ = functions.C_CloseSession?(handle)
    }

    /// Makes an AES-256 key that stays in the token and encrypts and decrypts, no more.
    func generateAESKey(id: [UInt8], label: String) throws(KeyringError) {
        let generate = try PKCS11Module.require(functions.C_GenerateKey)
        let attributes = PKCS11Attributes()
        attributes.add(CKA_CLASS, number: UInt(CKO_SECRET_KEY))
        attributes.add(CKA_KEY_TYPE, number: UInt(CKK_AES))
        attributes.add(CKA_VALUE_LEN, number: 32)
        attributes.add(CKA_ID, bytes: id)
        attributes.add(CKA_LABEL, bytes: Array(label.utf8))
        for yes in [CKA_TOKEN, CKA_PRIVATE, CKA_SENSITIVE, CKA_ENCRYPT, CKA_DECRYPT] { attributes.add(yes, flag: true) }
        for no in [CKA_EXTRACTABLE, CKA_WRAP, CKA_UNWRAP, CKA_SIGN, CKA_VERIFY, CKA_MODIFIABLE] { attributes.add(no, flag: false) }
        var mechanism = CK_MECHANISM()
        mechanism.mechanism = CK_MECHANISM_TYPE(CKM_AES_KEY_GEN)
        var key: CK_OBJECT_HANDLE = 0
        let code = attributes.withList { generate(handle, &mechanism, $0.baseAddress, UInt($0.count), &key) }
        try PKCS11Module.check(code, "C_GenerateKey")
    }

    /// The one AES key with this id.
    package func findAESKey(id: [UInt8]) throws(KeyringError) -> CK_OBJECT_HANDLE {
        let start = try PKCS11Module.require(functions.C_FindObjectsInit)
        let find = try PKCS11Module.require(functions.C_FindObjects)
        let attributes = PKCS11Attributes()
        attributes.add(CKA_CLASS, number: UInt(CKO_SECRET_KEY))
        attributes.add(CKA_KEY_TYPE, number: UInt(CKK_AES))
        attributes.add(CKA_ID, bytes: id)
        let code = attributes.withList { start(handle, $0.baseAddress, UInt($0.count)) }
        try PKCS11Module.check(code, "C_FindObjectsInit")
        defer { _ = functions.C_FindObjectsFinal?(handle) }
        var keys = [CK_OBJECT_HANDLE](repeating: 0, count: 2)
        var count: UInt = 0
        try PKCS11Module.check(find(handle, &keys, UInt(keys.count), &count), "C_FindObjects")
        guard count == 1 else { throw .token(count == 0 ? "the token doesn't have this keyring's key" : "the token has this keyring's key twice") }
        return keys[0]
    }

    /// AES-GCM with a tag of 16 bytes behind the ciphertext.
    func encrypt(_ plaintext: [UInt8], key: CK_OBJECT_HANDLE, nonce: [UInt8], associatedData: [UInt8]) throws(KeyringError) -> [UInt8] {
        let start = try PKCS11Module.require(functions.C_EncryptInit)
        let encrypt = try PKCS11Module.require(functions.C_Encrypt)
        try PKCS11Module.check(Self.withGCM(nonce, associatedData) { start(handle, $0, key) }, "C_EncryptInit")
        var (input, output) = (plaintext, [UInt8](repeating: 0, count: plaintext.count + 64))
        defer { input.wipe() }
        var count = UInt(output.count)
        try PKCS11Module.check(encrypt(handle, &input, UInt(input.count), &output, &count), "C_Encrypt")
        guard Int(count) == plaintext.count + 16 else { throw .token("C_Encrypt gave \(count) bytes") }
        return Array(output.prefix(Int(count)))
    }

    /// Nil when the token says that the ciphertext, the nonce or the associated data are others.
    func decrypt(_ ciphertext: [UInt8], key: CK_OBJECT_HANDLE, nonce: [UInt8], associatedData: [UInt8]) throws(KeyringError) -> Secret? {
        let start = try PKCS11Module.require(functions.C_DecryptInit)
        let decrypt = try PKCS11Module.require(functions.C_Decrypt)
        try PKCS11Module.check(Self.withGCM(nonce, associatedData) { start(handle, $0, key) }, "C_DecryptInit")
        var (input, output) = (ciphertext, [UInt8](repeating: 0, count: ciphertext.count + 64))
        defer { output.wipe() }
        var count = UInt(output.count)
        let code = decrypt(handle, &input, UInt(input.count), &output, &count)
        // What modules give for a wrong tag; PKCS #11 3.0 has a code of its own for it (0x42).
        let wrong = [UInt(CKR_ENCRYPTED_DATA_INVALID), UInt(CKR_ENCRYPTED_DATA_LEN_RANGE), UInt(CKR_GENERAL_ERROR), UInt(CKR_FUNCTION_FAILED), 0x42]
        if wrong.contains(code) { return nil }
        try PKCS11Module.check(code, "C_Decrypt")
        guard Int(count) <= output.count else { throw .token("C_Decrypt gave \(count) bytes") }
        return output.withUnsafeBytes { Secret($0.prefix(Int(count))) }
    }

    private static func withGCM(
        _ nonce: [UInt8], _ associatedData: [UInt8], _ body: (UnsafeMutablePointer<CK_MECHANISM>) -> CK_RV
    ) -> CK_RV {
        var (nonce, associatedData) = (nonce, associatedData)
        return nonce.withUnsafeMutableBufferPointer { nonce in
            associatedData.withUnsafeMutableBufferPointer { associatedData in
                var parameters = CK_GCM_PARAMS()
                parameters.pIv = nonce.baseAddress
                parameters.ulIvLen = UInt(nonce.count)
                parameters.ulIvBits = UInt(nonce.count * 8)
                parameters.pAAD = associatedData.baseAddress
                parameters.ulAADLen = UInt(associatedData.count)
                parameters.ulTagBits = 128
                return withUnsafeMutableBytes(of: &parameters) { parameters in
                    var mechanism = CK_MECHANISM()
                    mechanism.mechanism = CK_MECHANISM_TYPE(CKM_AES_GCM)
                    mechanism.pParameter = parameters.baseAddress
                    mechanism.ulParameterLen = UInt(parameters.count)
                    return body(&mechanism)
                }
            }
        }
    }
}
