extension KeyringFormat {
    /// Parses a whole file. What it gives is not authentic yet: ``Keyring`` checks the code before it uses more than the root and the KEK.
    package static func parse(_ file: [UInt8], path: String) throws(KeyringError) -> KeyringContents {
        do {
            var reader = ByteReader(file[...])
            guard try reader.raw(magic.count, "the mark") == magic else { throw ByteReader.Malformed(what: "it doesn't begin with SUWENKEY") }
            let version: UInt16 = try reader.number("the version")
            guard version == KeyringFormat.version else { throw KeyringError.unsupportedVersion(path: path, version: version) }
            let length: UInt32 = try reader.number("the length")
            guard Int(length) == file.count, file.count >= reader.position + macBytes else {
                throw ByteReader.Malformed(what: "it has \(file.count) bytes and says \(length)")
            }
            var body = ByteReader(file[reader.position..<file.count - macBytes])
            let contents = try parse(&body)
            guard body.isAtEnd else { throw ByteReader.Malformed(what: "bytes are left over") }
            return contents
        } catch let error as KeyringError {
            throw error
        } catch {
            throw .malformed(path: path, what: (error as? ByteReader.Malformed)?.what ?? "its layout")
        }
    }

    private static func parse(_ reader: inout ByteReader) throws(ByteReader.Malformed) -> KeyringContents {
        let identifier = try reader.raw(16, "the identifier")
        let revision: UInt64 = try reader.number("the revision")
        let createdAt: Int64 = try reader.number("the time of creation")
        let root = try parseRoot(&reader)
        let kek = KEKRecord(
            generation: try reader.number("the KEK's generation"), createdAt: try reader.number("the KEK's time"),
            wrapped: try reader.sized(wrappedBytes...wrappedBytes, "the KEK"))
        let count: UInt32 = try reader.number("the number of keys")
        guard count <= KeyringLimits.keys else { throw ByteReader.Malformed(what: "it says that it has \(count) keys") }
        var keys: [KeyRecord] = []
        var ids: Set<UInt32> = []
        var generations: [String: UInt32] = [:]
        for _ in 0..<count {
            let key = try parseKey(&reader)
            guard key.id != 0, ids.insert(key.id).inserted else {
                throw ByteReader.Malformed(what: "key id \(KeyID.text(key.id)) is zero or there twice")
            }
            // Generations of a column grow in the order of the file.
            guard key.generation > generations[key.column, default: 0] else { throw ByteReader.Malformed(what: "generations are out of order") }
            generations[key.column] = key.generation
            keys.append(key)
        }
        return KeyringContents(identifier: identifier, revision: revision, createdAt: createdAt, root: root, kek: kek, keys: keys)
    }

    static func parseRoot(_ reader: inout ByteReader) throws(ByteReader.Malformed) -> RootRecord {
        let kind: UInt8 = try reader.number("the root's kind")
        switch kind {
        case 1:
            let parameters = Argon2id.Parameters(
                memory: try reader.number("argon2id's memory"), passes: try reader.number("argon2id's passes"),
                lanes: try reader.number("argon2id's lanes"))
            guard let parameters else { throw ByteReader.Malformed(what: "argon2id's costs are out of bounds") }
            return .passphrase(parameters, salt: try reader.raw(16, "the salt"))
        case 2: return .keyFile(salt: try reader.raw(16, "the salt"))
        case 3:
            let label = try reader.text(KeyringLimits.labelBytes, "the token's label")
            return .token(TokenRecord(label: label, keyID: try reader.raw(16, "the token key's id")))
        default: throw ByteReader.Malformed(what: "the root is of unknown kind \(kind)")
        }
    }

    private static func parseKey(_ reader: inout ByteReader) throws(ByteReader.Malformed) -> KeyRecord {
        let id: UInt32 = try reader.number("a key's id")
        let column = try reader.text(KeyringLimits.columnBytes, "a key's column")
        guard let algorithm = SealingAlgorithm(rawValue: try reader.number("a key's algorithm")) else {
            throw ByteReader.Malformed(what: "key \(KeyID.text(id)) has an unknown algorithm")
        }
        let generation: UInt32 = try reader.number("a key's generation")
        guard let state = KeyState(rawValue: try reader.number("a key's state")) else {
            throw ByteReader.Malformed(what: "key \(KeyID.text(id)) has an unknown state")
        }
        let createdAt: Int64 = try reader.number("a key's time of creation")
        let changedAt: Int64 = try reader.number("a key's time of change")
        let seals: UInt64 = try reader.number("a key's count of seals")
        let length = state == .destroyed ? 0 : wrappedBytes
        let wrapped = try reader.sized(length...length, "a wrapped key")
        var destruction: KeyRecord.Destruction?
        if state == .destroyed {
            let by = try reader.text(KeyringLimits.byBytes, "who destroyed a key")
            destruction = KeyRecord.Destruction(by: by, why: try reader.text(KeyringLimits.whyBytes, "why a key was destroyed"))
        }
        return KeyRecord(
            id: id, column: column, algorithm: algorithm, generation: generation, state: state, createdAt: createdAt, changedAt: changedAt,
            seals: seals,
            wrapped: wrapped, destruction: destruction)
    }
}
