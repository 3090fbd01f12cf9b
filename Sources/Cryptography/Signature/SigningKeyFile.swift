/// A private key for signed notes, in a file of its own (mode 0600), wrapped under a passphrase, a key file or a PKCS#11 token.
///
/// Not in a keyring: a keyring's keys open patient data, and who signs what logs or a trail say need not be able to do that. Besides, the keyring's
/// format knows only keys that seal columns.
///
/// Format, version 1 (numbers big-endian, *sized* as in docs/keyring.md): `SUWENSIG`, version (2), length of the file (4), time of creation (8), the root
/// as in a keyring, name (sized), public key (32), wrapped private key (sized, 60). Everything before the wrapped key is its associated data: a file
/// with any byte changed doesn't open.
package enum SigningKeyFile {
    private static let magic = Array("SUWENSIG".utf8)
    private static let version: UInt16 = 1
    private static let limit = 4_096
    private static let wrappedBytes = KeyWrap.overhead + Ed25519.keyLength
    private static let purpose = Array("suwen/1/signing-key".utf8)

    /// Makes a key under a name and writes it. What exists is not overwritten.
    package static func create(_ path: String, name: String, root: KeyringNewRoot) throws(KeyringError) -> NoteSigner {
        guard NoteKeyName.isValid(name) else {
            throw .invalid(what: "a signing key's name has 1 to \(NoteKeyName.longest) bytes, no blanks and no plus, such as clinic.example/logs")
        }
        let file = try PrivateFile(path)
        let lock = try file.lock(patience: 100)
        defer { withExtendedLifetime(lock) {} }
        let root = try KeyringRoot(making: root)
        guard let key = try? Ed25519PrivateKey(), let signer = NoteSigner(name: name, key: key) else { throw .library("making an Ed25519 key") }
        let record = KeyringFormat.encode(root.record)
        var header = ByteWriter()
        header.raw(magic)
        header.number(version)
        let fixed = magic.count + 2 + 4 + 8 + 2 + Ed25519.keyLength + 2
        header.number(UInt32(clamping: fixed + record.count + name.utf8.count + wrappedBytes))
        header.number(UTCTime.now())
        header.raw(record)
        header.sized(name.utf8)
        header.raw(key.publicKey.bytes)
        let wrapped = try root.wrap(key.seed, associatedData: purpose + header.bytes)
        var whole = header
        whole.sized(wrapped)
        let bytes = whole.bytes
        try KeyringError.wrapping(path) { try file.write(bytes, .new) }
        return signer
    }

    /// Unlocks the key.
    package static func open(_ path: String, unlock: KeyringUnlock) throws(KeyringError) -> NoteSigner {
        let contents = try read(path)
        let root = try KeyringRoot(opening: contents.root, unlock, path: path)
        guard let seed = try root.unwrap(contents.wrapped, associatedData: purpose + contents.header),
            let key = try? Ed25519PrivateKey(seed: seed), key.publicKey == contents.verifierKey.key,
            let signer = NoteSigner(name: contents.verifierKey.name, key: key)
        else { throw .notAuthentic(path: path) }
        return signer
    }

    /// The verifier key and what unlocks the file, without unlocking it: what the file says, which anybody who may write it could have changed.
    package static func unverified(_ path: String) throws(KeyringError) -> (verifierKey: NoteVerifierKey, root: KeyringRootKind, createdAt: Int64) {
        let contents = try read(path)
        return (contents.verifierKey, contents.root.kind, contents.createdAt)
    }

    private struct Contents {
        var createdAt: Int64
        var root: RootRecord
        var verifierKey: NoteVerifierKey
        var header: [UInt8]
        var wrapped: [UInt8]
    }

    private static func read(_ path: String) throws(KeyringError) -> Contents {
        let bytes: [UInt8]
        do throws(KeyringError) {
            bytes = try PrivateFile(path).read(limit: limit)
        } catch .missing {
            throw .invalid(what: "\(path) doesn't exist; make a signing key first")
        } catch {
            throw error
        }
        do throws(ByteReader.Malformed) {
            return try parse(bytes)
        } catch {
            throw .invalid(what: "\(path) is no signing key, or was damaged or changed: \(error.what); restore a backup")
        }
    }

    private static func parse(_ bytes: [UInt8]) throws(ByteReader.Malformed) -> Contents {
        var reader = ByteReader(bytes[...])
        guard try reader.raw(magic.count, "the magic") == magic else { throw .init(what: "it begins with other bytes") }
        let version: UInt16 = try reader.number("the version")
        guard version == self.version else { throw .init(what: "it has version \(version)") }
        let length: UInt32 = try reader.number("the length")
        guard Int(length) == bytes.count else { throw .init(what: "it has \(bytes.count) bytes and says \(length)") }
        let createdAt: Int64 = try reader.number("the time")
        let root = try KeyringFormat.parseRoot(&reader)
        let name = try reader.text(1...NoteKeyName.longest, "the name")
        let point = try reader.raw(Ed25519.keyLength, "the public key")
        let header = Array(bytes[..<reader.position])
        let wrapped = try reader.sized(wrappedBytes...wrappedBytes, "the wrapped key")
        guard reader.isAtEnd, let key = Ed25519PublicKey(point), let verifierKey = NoteVerifierKey(name: name, key: key) else {
            throw .init(what: "its name or its end")
        }
        return Contents(createdAt: createdAt, root: root, verifierKey: verifierKey, header: header, wrapped: wrapped)
    }
}
