/// What a person unlocks a keyring with.
package enum KeyringUnlock: Sendable {
    case passphrase(Secret)
    case keyFile(path: String)
    /// - module: the path of the token's PKCS#11 module, which is loaded into this process.
    case token(module: String, pin: Secret)

    package var kind: KeyringRootKind {
        switch self {
        case .passphrase: .passphrase
        case .keyFile: .keyFile
        case .token: .token
        }
    }
}

/// What a keyring is to be unlocked with from now on.
package enum KeyringNewRoot: Sendable {
    /// At least ``KeyringLimits/passphraseBytes`` bytes.
    case passphrase(Secret, Argon2id.Parameters = .standard)
    case keyFile(path: String)
    /// A new AES-256 key is made in the token of this label; it can't leave it.
    case token(module: String, label: String, pin: Secret)
}

/// An unlocked root: wraps and unwraps the KEK.
struct KeyringRoot: Sendable {
    enum Wrapping: Sendable {
        case local(Secret)
        case token(TokenKey)
    }

    let record: RootRecord
    private let wrapping: Wrapping

    init(opening record: RootRecord, _ unlock: KeyringUnlock, path: String) throws(KeyringError) {
        switch (record, unlock) {
        case (.passphrase(let parameters, let salt), .passphrase(let passphrase)):
            self = try Self(passphrase, parameters, salt)
        case (.keyFile(let salt), .keyFile(let keyFile)):
            self = try Self(try KeyFile.read(keyFile), salt)
        case (.token(let token), .token(let module, let pin)):
            self.init(record: record, wrapping: .token(TokenKey(module: module, pin: pin, record: token)))
        default: throw .otherRoot(path: path, needed: record.kind)
        }
    }

    init(making root: KeyringNewRoot) throws(KeyringError) {
        switch root {
        case .passphrase(let passphrase, let parameters):
            guard passphrase.count >= KeyringLimits.passphraseBytes else { throw .weakPassphrase(minimum: KeyringLimits.passphraseBytes) }
            self = try Self(passphrase, parameters, RandomBytes.bytes(16))
        case .keyFile(let path):
            self = try Self(try KeyFile.read(path), RandomBytes.bytes(16))
        case .token(let module, let label, let pin):
            try KeyringLimits.check(label, KeyringLimits.labelBytes, "the token's label")
            let record = TokenRecord(label: label, keyID: RandomBytes.bytes(16))
            let key = TokenKey(module: module, pin: pin, record: record)
            try key.generate()
            self.init(record: .token(record), wrapping: .token(key))
        }
    }

    private init(record: RootRecord, wrapping: Wrapping) {
        self.record = record
        self.wrapping = wrapping
    }

    private init(_ passphrase: Secret, _ parameters: Argon2id.Parameters, _ salt: [UInt8]) throws(KeyringError) {
        let derived = try Argon2id.derive(passphrase, salt: salt, parameters: parameters, count: 32)
        self.init(record: .passphrase(parameters, salt: salt), wrapping: .local(try Self.wrappingKey(derived, salt, "passphrase")))
    }

    private init(_ keyFile: Secret, _ salt: [UInt8]) throws(KeyringError) {
        self.init(record: .keyFile(salt: salt), wrapping: .local(try Self.wrappingKey(keyFile, salt, "key-file")))
    }

    private static func wrappingKey(_ secret: Secret, _ salt: [UInt8], _ kind: String) throws(KeyringError) -> Secret {
        do {
            return try HKDF.derive(secret, salt: salt, info: "suwen/1/keyring/root/\(kind)", count: 32)
        } catch {
            throw .library("HKDF")
        }
    }

    func wrap(_ kek: Secret, associatedData: [UInt8]) throws(KeyringError) -> [UInt8] {
        switch wrapping {
        case .local(let key): try KeyWrap.wrap(kek, by: key, associatedData: associatedData)
        case .token(let key): try key.wrap(kek, associatedData: associatedData)
        }
    }

    /// Nil when the root is not the one that wrapped it, or the bytes were changed.
    func unwrap(_ wrapped: [UInt8], associatedData: [UInt8]) throws(KeyringError) -> Secret? {
        switch wrapping {
        case .local(let key): KeyWrap.unwrap(wrapped, by: key, associatedData: associatedData)
        case .token(let key): try key.unwrap(wrapped, associatedData: associatedData)
        }
    }
}
