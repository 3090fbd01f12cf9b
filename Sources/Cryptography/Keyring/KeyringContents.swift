/// What a keyring's file says, all of it public: the keys in it are wrapped.
package struct KeyringContents: Hashable, Sendable {
    /// 16 random bytes; part of every wrapping's associated data, so that nothing moves from one keyring to another.
    package var identifier: [UInt8]
    /// Grows by one with each save.
    package var revision: UInt64
    /// Seconds since 1970, UTC, as all times here.
    package var createdAt: Int64
    package var root: RootRecord
    package var kek: KEKRecord
    /// In the order in which they were made.
    package var keys: [KeyRecord]

    func index(of id: UInt32) -> Int? { keys.firstIndex { $0.id == id } }
}

/// What is needed, besides the secret, to come from the root's secret to the key that wraps the KEK.
package enum RootRecord: Hashable, Sendable {
    case passphrase(Argon2id.Parameters, salt: [UInt8])
    case keyFile(salt: [UInt8])
    case token(TokenRecord)

    package var kind: KeyringRootKind {
        switch self {
        case .passphrase: .passphrase
        case .keyFile: .keyFile
        case .token: .token
        }
    }
}

/// Which AES key of which PKCS#11 token. The module's path is not part of it: a file must not choose which code is loaded.
package struct TokenRecord: Hashable, Sendable {
    package var label: String
    /// The key's CKA_ID: 16 random bytes.
    package var keyID: [UInt8]
}

package struct KEKRecord: Hashable, Sendable {
    package var generation: UInt32
    package var createdAt: Int64
    package var wrapped: [UInt8]
}

package enum KeyState: UInt8, Sendable {
    case enabled = 1
    /// Neither seals nor opens until it is enabled again.
    case disabled = 2
    /// Its bytes are gone.
    case destroyed = 3

    package var name: String {
        switch self {
        case .enabled: "enabled"
        case .disabled: "disabled"
        case .destroyed: "destroyed"
        }
    }
}

/// One DEK: one generation of one column's key.
package struct KeyRecord: Hashable, Sendable {
    package var id: UInt32
    package var column: String
    package var algorithm: SealingAlgorithm
    package var generation: UInt32
    package var state: KeyState
    package var createdAt: Int64
    /// When `state` last changed.
    package var changedAt: Int64
    package var seals: UInt64
    /// Empty exactly when destroyed.
    package var wrapped: [UInt8]
    /// Present exactly when destroyed.
    package var destruction: Destruction?

    package struct Destruction: Hashable, Sendable {
        package var by: String
        package var why: String
    }
}

package enum KeyringLimits {
    /// How often one DEK may seal with random nonces. SP 800-38D (section 8.3) allows 2^32 invocations; half of that leaves room for counts that a
    /// crash lost.
    package static let seals: UInt64 = 1 << 31
    /// From here on a new generation is due: the last sixteenth is for finishing what was begun.
    package static let dueSeals: UInt64 = seals - seals / 16
    package static let passphraseBytes = 12
    static let columnBytes = 1...512
    static let byBytes = 1...256
    static let whyBytes = 1...1024
    static let labelBytes = 1...32
    static let keys = 65_536
    static let fileBytes = 64 << 20

    /// No control characters, so that a name can't break a table, a log line or a terminal.
    static func isPlain(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F ~= $0.value) && !(0x2028...0x202E ~= $0.value) }
    }

    static func check(_ text: String, _ bounds: ClosedRange<Int>, _ what: String) throws(KeyringError) {
        guard bounds ~= text.utf8.count, isPlain(text) else {
            throw .invalid(what: "\(what) must have \(bounds.lowerBound) to \(bounds.upperBound) bytes and no control characters")
        }
    }
}
