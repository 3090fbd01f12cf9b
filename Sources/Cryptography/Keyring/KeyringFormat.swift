/// The file's bytes (docs/keyring.md): a strict format of its own, in which each content has exactly one encoding.
///
/// Everything before the last 32 bytes is authenticated by them, HMAC-SHA-256 under a key derived from the KEK.
package enum KeyringFormat {
    package static let magic = Array("SUWENKEY".utf8)
    static let version: UInt16 = 1
    package static let macBytes = 32
    static let wrappedBytes = KeyWrap.overhead + 32

    /// The file without its authentication code.
    package static func encode(_ contents: KeyringContents) -> [UInt8] {
        var body = ByteWriter()
        body.raw(contents.identifier)
        body.number(contents.revision)
        body.number(contents.createdAt)
        body.raw(encode(contents.root))
        body.number(contents.kek.generation)
        body.number(contents.kek.createdAt)
        body.sized(contents.kek.wrapped)
        body.number(UInt32(clamping: contents.keys.count))
        for key in contents.keys { body.raw(encode(key)) }
        var file = ByteWriter()
        file.raw(magic)
        file.number(version)
        // The whole file's length, so that one cut short is known before anything is derived.
        file.number(UInt32(clamping: magic.count + 2 + 4 + body.bytes.count + macBytes))
        file.raw(body.bytes)
        return file.bytes
    }

    static func encode(_ root: RootRecord) -> [UInt8] {
        var writer = ByteWriter()
        switch root {
        case .passphrase(let parameters, let salt):
            writer.number(UInt8(1))
            writer.number(parameters.memory)
            writer.number(parameters.passes)
            writer.number(parameters.lanes)
            writer.raw(salt)
        case .keyFile(let salt):
            writer.number(UInt8(2))
            writer.raw(salt)
        case .token(let token):
            writer.number(UInt8(3))
            writer.sized(token.label.utf8)
            writer.raw(token.keyID)
        }
        return writer.bytes
    }

    private static func encode(_ key: KeyRecord) -> [UInt8] {
        var writer = ByteWriter()
        writer.number(key.id)
        writer.sized(key.column.utf8)
        writer.number(key.algorithm.rawValue)
        writer.number(key.generation)
        writer.number(key.state.rawValue)
        writer.number(key.createdAt)
        writer.number(key.changedAt)
        writer.number(key.seals)
        writer.sized(key.wrapped)
        if let destruction = key.destruction {
            writer.sized(destruction.by.utf8)
            writer.sized(destruction.why.utf8)
        }
        return writer.bytes
    }
}
