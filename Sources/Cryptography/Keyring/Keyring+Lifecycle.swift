extension Keyring {
    /// Makes a column's next key, on disk when this returns; from now on it is the one that seals.
    @discardableResult
    package func newGeneration(column: String, algorithm: SealingAlgorithm) throws(KeyringError) -> DataKey {
        try KeyringLimits.check(column, KeyringLimits.columnBytes, "a column's name")
        let path = path
        return try change { state throws(KeyringError) in
            guard state.contents.keys.count < KeyringLimits.keys else { throw .full(path: path) }
            let newest = state.contents.keys.last { $0.column == column }?.generation ?? 0
            guard newest < UInt32.max else { throw .full(path: path) }
            let now = UTCTime.now()
            var key = KeyRecord(
                id: Self.freshID(state.contents), column: column, algorithm: algorithm, generation: newest + 1, state: .enabled, createdAt: now,
                changedAt: now, seals: 0, wrapped: [], destruction: nil)
            let secret = RandomBytes.secret(32)
            key.wrapped = try KeyWrap.wrap(
                secret, by: state.kek, associatedData: KeyWrap.dekBinding(identifier: state.contents.identifier, key))
            state.contents.keys.append(key)
            return DataKey(id: key.id, algorithm: algorithm, secret: secret)
        }
    }

    /// A random id that the file never had: destroyed keys keep theirs.
    private static func freshID(_ contents: KeyringContents) -> UInt32 {
        while true {
            let id = RandomBytes.bytes(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            if id != 0, contents.index(of: id) == nil { return id }
        }
    }

    package func disable(_ id: UInt32) throws(KeyringError) { try setState(id, .disabled) }
    package func enable(_ id: UInt32) throws(KeyringError) { try setState(id, .enabled) }

    private func setState(_ id: UInt32, _ new: KeyState) throws(KeyringError) {
        try change { state throws(KeyringError) in
            let index = try Self.undestroyed(id, state.contents)
            guard state.contents.keys[index].state != new else { return }
            state.contents.keys[index].state = new
            state.contents.keys[index].changedAt = UTCTime.now()
        }
    }

    /// Crypto-shredding: the key's wrapped bytes are overwritten and removed, who and why are recorded for good. Nobody can open what it sealed
    /// any more, unless a backup of the file and its root still exist.
    package func destroy(_ id: UInt32, by: String, why: String) throws(KeyringError) {
        try KeyringLimits.check(by, KeyringLimits.byBytes, "who destroys the key")
        try KeyringLimits.check(why, KeyringLimits.whyBytes, "why it is destroyed")
        try change(.replacingAndErasing) { state throws(KeyringError) in
            let index = try Self.undestroyed(id, state.contents)
            state.contents.keys[index].state = .destroyed
            state.contents.keys[index].changedAt = UTCTime.now()
            state.contents.keys[index].wrapped = []
            state.contents.keys[index].destruction = KeyRecord.Destruction(by: by, why: why)
        }
    }

    private static func undestroyed(_ id: UInt32, _ contents: KeyringContents) throws(KeyringError) -> Int {
        guard let index = contents.index(of: id) else { throw .unknownKey(id: id) }
        let key = contents.keys[index]
        guard key.state != .destroyed else {
            throw .destroyed(id: id, at: key.changedAt, by: key.destruction?.by ?? "", why: key.destruction?.why ?? "")
        }
        return index
    }

    /// A new KEK. The DEKs stay what they are, wrapped anew: no sealed row changes.
    package func rotateKEK() throws(KeyringError) {
        let path = path
        try change(.replacingAndErasing) { state throws(KeyringError) in
            guard state.contents.kek.generation < UInt32.max else { throw .full(path: path) }
            let identifier = state.contents.identifier
            let kek = RandomBytes.secret(32)
            for index in state.contents.keys.indices where state.contents.keys[index].state != .destroyed {
                let binding = KeyWrap.dekBinding(identifier: identifier, state.contents.keys[index])
                guard let secret = KeyWrap.unwrap(state.contents.keys[index].wrapped, by: state.kek, associatedData: binding) else {
                    throw .notAuthentic(path: path)
                }
                state.contents.keys[index].wrapped = try KeyWrap.wrap(secret, by: kek, associatedData: binding)
            }
            state.kek = kek
            state.contents.kek.generation += 1
            state.contents.kek.createdAt = UTCTime.now()
            try Self.wrapKEK(&state)
        }
    }

    /// Another passphrase, key file or token. KEK and DEKs stay what they are.
    package func rotateRoot(_ new: KeyringNewRoot) throws(KeyringError) {
        let root = try KeyringRoot(making: new)
        try change(.replacingAndErasing) { state throws(KeyringError) in
            state.root = root
            state.contents.root = root.record
            try Self.wrapKEK(&state)
        }
    }

    private static func wrapKEK(_ state: inout State) throws(KeyringError) {
        let binding = KeyWrap.kekBinding(
            identifier: state.contents.identifier, root: state.contents.root, generation: state.contents.kek.generation)
        state.contents.kek.wrapped = try state.root.wrap(state.kek, associatedData: binding)
    }

    /// Copies the file as it is, sealed, after verifying it: to a new file, mode 0600, read back and compared.
    package func backup(to target: String) throws(KeyringError) {
        let copy = try PrivateFile(target)
        let bytes = try verifiedBytes()
        try KeyringError.wrapping(target) { try copy.write(bytes, .new) }
        guard try copy.read(limit: KeyringLimits.fileBytes) == bytes else { throw .notAuthentic(path: target) }
    }
}
