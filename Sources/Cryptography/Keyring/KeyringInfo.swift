/// What may be shown of a keyring: no secret, wrapped or not, is in it.
package struct KeyringInfo: Hashable, Sendable {
    package struct Key: Hashable, Sendable {
        package let id: UInt32
        package let column: String
        package let algorithm: SealingAlgorithm
        package let generation: Int
        package let state: KeyState
        /// Seconds since 1970, UTC.
        package let createdAt: Int64
        /// When the state last changed.
        package let changedAt: Int64
        package let seals: UInt64
        package let destroyedBy: String?
        package let destroyedWhy: String?

        /// A new generation should be made now.
        package var isDue: Bool { seals >= KeyringLimits.dueSeals }
        /// It seals no more; it still opens.
        package var isExhausted: Bool { seals >= KeyringLimits.seals }
    }

    /// Thirty-two hexadecimal digits.
    package let identifier: String
    package let revision: UInt64
    package let createdAt: Int64
    package let root: KeyringRootKind
    package let passphraseCosts: Argon2id.Parameters?
    package let tokenLabel: String?
    package let kekGeneration: Int
    package let kekCreatedAt: Int64
    package let keys: [Key]
    /// False when nobody unlocked it: then it is what the file says, which anybody who may write it could have changed.
    package let isVerified: Bool

    /// Reads a keyring without unlocking it.
    package static func unverified(_ path: String) throws(KeyringError) -> KeyringInfo {
        let bytes = try PrivateFile(path).read(limit: KeyringLimits.fileBytes)
        return KeyringInfo(try KeyringFormat.parse(bytes, path: path), isVerified: false, pending: [:])
    }

    init(_ contents: KeyringContents, isVerified: Bool, pending: [UInt32: UInt64]) {
        identifier = Hex.text(contents.identifier)
        revision = contents.revision
        createdAt = contents.createdAt
        root = contents.root.kind
        if case .passphrase(let costs, _) = contents.root { passphraseCosts = costs } else { passphraseCosts = nil }
        if case .token(let token) = contents.root { tokenLabel = token.label } else { tokenLabel = nil }
        kekGeneration = Int(contents.kek.generation)
        kekCreatedAt = contents.kek.createdAt
        keys = contents.keys.map { key in
            Key(
                id: key.id, column: key.column, algorithm: key.algorithm, generation: Int(key.generation), state: key.state, createdAt: key.createdAt,
                changedAt: key.changedAt, seals: key.seals + pending[key.id, default: 0], destroyedBy: key.destruction?.by,
                destroyedWhy: key.destruction?.why)
        }
        self.isVerified = isVerified
    }
}

private enum Hex {
    static func text(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
