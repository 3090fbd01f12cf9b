import Synchronization

/// The keys of sealed columns, in one file: a root secret wraps the KEK, which wraps one DEK per column and generation.
///
/// Guarantees:
/// * Whatever changes keys or states is on disk, synced, when the call returns; only counts of seals wait for ``save()``.
/// * Writers of several processes don't undo each other: each change is made to the file as it is then, under a lock.
/// * A file with any byte changed, removed, added or moved is refused. An *older* file is not recognised as such, except within one process.
package final class Keyring: Sendable {
    package let path: String
    private let file: PrivateFile
    private let state: Mutex<State>
    /// How long to wait for another writer, in tenths of a second.
    private static let patience = 100

    struct State: Sendable {
        var contents: KeyringContents
        var root: KeyringRoot
        var kek: Secret
        /// Seals that are not in the file yet, by key.
        var pending: [UInt32: UInt64] = [:]
    }

    private init(path: String, file: PrivateFile, state: State) {
        self.path = path
        self.file = file
        self.state = Mutex(state)
    }

    /// Makes a keyring without keys. What exists is not overwritten.
    package static func create(_ path: String, root: KeyringNewRoot) throws(KeyringError) -> Keyring {
        let file = try PrivateFile(path)
        let lock = try file.lock(patience: patience)
        defer { withExtendedLifetime(lock) {} }
        do throws(KeyringError) {
            _ = try file.read(limit: KeyringLimits.fileBytes)
            throw .alreadyExists(path: path)
        } catch .missing {
        } catch {
            // Whatever it is, it is there.
            throw .alreadyExists(path: path)
        }
        let root = try KeyringRoot(making: root)
        let identifier = RandomBytes.bytes(16)
        let now = UTCTime.now()
        let kek = RandomBytes.secret(32)
        let binding = KeyWrap.kekBinding(identifier: identifier, root: root.record, generation: 1)
        let contents = KeyringContents(
            identifier: identifier, revision: 1, createdAt: now, root: root.record,
            kek: KEKRecord(generation: 1, createdAt: now, wrapped: try root.wrap(kek, associatedData: binding)), keys: [])
        let bytes = try sealed(contents, kek)
        try KeyringError.wrapping(path) { try file.write(bytes, .new) }
        return Keyring(path: path, file: file, state: State(contents: contents, root: root, kek: kek))
    }

    package static func open(_ path: String, unlock: KeyringUnlock) throws(KeyringError) -> Keyring {
        let file = try PrivateFile(path)
        let bytes = try file.read(limit: KeyringLimits.fileBytes)
        let contents = try KeyringFormat.parse(bytes, path: path)
        let root = try KeyringRoot(opening: contents.root, unlock, path: path)
        let kek = try authenticated(bytes, contents, root, path)
        return Keyring(path: path, file: file, state: State(contents: contents, root: root, kek: kek))
    }

    // MARK: Keys

    /// The key that seals or opens a column's values.
    /// - Parameter generation: nil for the newest enabled one, which must not be exhausted.
    package func dataKey(column: String, generation: Int? = nil) throws(KeyringError) -> DataKey {
        try state.withLock { state throws(KeyringError) in
            let keys = state.contents.keys.filter { $0.column == column && (generation == nil || Int($0.generation) == generation) }
            if generation != nil, let key = keys.first { return try Self.dataKey(key, state, path) }
            guard let newest = keys.last(where: { $0.state == .enabled }) else { throw .noEnabledKey(column: column, generation: generation) }
            guard newest.seals + state.pending[newest.id, default: 0] < KeyringLimits.seals else { throw .exhausted(id: newest.id) }
            return try Self.dataKey(newest, state, path)
        }
    }

    /// The key that an envelope names.
    package func dataKey(id: UInt32) throws(KeyringError) -> DataKey {
        try state.withLock { state throws(KeyringError) in
            guard let index = state.contents.index(of: id) else { throw .unknownKey(id: id) }
            return try Self.dataKey(state.contents.keys[index], state, path)
        }
    }

    private static func dataKey(_ key: KeyRecord, _ state: borrowing State, _ path: String) throws(KeyringError) -> DataKey {
        switch key.state {
        case .disabled: throw .disabled(id: key.id)
        case .destroyed:
            throw .destroyed(id: key.id, at: key.changedAt, by: key.destruction?.by ?? "", why: key.destruction?.why ?? "")
        case .enabled: break
        }
        let binding = KeyWrap.dekBinding(identifier: state.contents.identifier, key)
        guard let secret = KeyWrap.unwrap(key.wrapped, by: state.kek, associatedData: binding) else { throw .notAuthentic(path: path) }
        return DataKey(id: key.id, algorithm: key.algorithm, secret: secret)
    }

    /// Counts seals before they are made, so that a crash counts too many and never too few; ``save()`` puts them on disk.
    /// - Throws: `exhausted`, without counting, when the key must not seal that many more.
    package func noteSeals(id: UInt32, count: Int) throws(KeyringError) {
        try state.withLock { state throws(KeyringError) in
            guard let index = state.contents.index(of: id) else { throw .unknownKey(id: id) }
            let before = state.contents.keys[index].seals + state.pending[id, default: 0]
            guard count >= 0, UInt64(count) <= KeyringLimits.seals, before + UInt64(count) <= KeyringLimits.seals else { throw .exhausted(id: id) }
            state.pending[id, default: 0] += UInt64(count)
        }
    }

    /// Puts counted seals on disk.
    package func save() throws(KeyringError) {
        guard state.withLock({ !$0.pending.isEmpty }) else { return }
        try change { _ throws(KeyringError) in }
    }

    /// What may be shown: no secret in it.
    package var info: KeyringInfo {
        state.withLock { KeyringInfo($0.contents, isVerified: true, pending: $0.pending) }
    }

    // MARK: Changing

    /// Applies a change to the file as it is now, under the lock, and writes it.
    func change<Result: Sendable>(
        _ placement: PrivateFile.Placement = .replacing, _ body: @Sendable (inout State) throws(KeyringError) -> Result
    ) throws(KeyringError) -> Result {
        let lock = try file.lock(patience: Self.patience)
        defer { withExtendedLifetime(lock) {} }
        return try state.withLock { state throws(KeyringError) in
            var fresh = try current(state).state
            for (id, count) in state.pending {
                guard let index = fresh.contents.index(of: id) else { continue }
                // Two processes may together pass the limit by what each of them reserved; never are seals forgotten.
                fresh.contents.keys[index].seals += count
            }
            let result = try body(&fresh)
            fresh.contents.revision += 1
            let bytes = try Self.sealed(fresh.contents, fresh.kek)
            guard bytes.count <= KeyringLimits.fileBytes else { throw .full(path: path) }
            try KeyringError.wrapping(path) { try file.write(bytes, placement) }
            state = fresh
            return result
        }
    }

    /// The file's present contents, authenticated; another process may have written it since.
    private func current(_ state: borrowing State) throws(KeyringError) -> (state: State, bytes: [UInt8]) {
        let bytes = try file.read(limit: KeyringLimits.fileBytes)
        let contents = try KeyringFormat.parse(bytes, path: path)
        guard contents.identifier == state.contents.identifier else { throw .notAuthentic(path: path) }
        guard contents.revision >= state.contents.revision else { throw .rolledBack(path: path) }
        guard contents.root == state.contents.root else { throw .rootChangedMeanwhile(path: path) }
        var kek = state.kek
        if contents.kek == state.contents.kek {
            try Self.authenticate(bytes, contents, kek, path)
        } else {
            kek = try Self.authenticated(bytes, contents, state.root, path)
        }
        return (State(contents: contents, root: state.root, kek: kek), bytes)
    }

    /// The file's present bytes, once they are known to be authentic.
    func verifiedBytes() throws(KeyringError) -> [UInt8] {
        try state.withLock { state throws(KeyringError) in try current(state).bytes }
    }

    // MARK: Authenticity

    /// Unwraps the KEK and checks the whole file with it.
    private static func authenticated(
        _ bytes: [UInt8], _ contents: KeyringContents, _ root: KeyringRoot, _ path: String
    ) throws(KeyringError) -> Secret {
        let binding = KeyWrap.kekBinding(identifier: contents.identifier, root: contents.root, generation: contents.kek.generation)
        guard let kek = try root.unwrap(contents.kek.wrapped, associatedData: binding) else { throw .notAuthentic(path: path) }
        try authenticate(bytes, contents, kek, path)
        return kek
    }

    private static func authenticate(_ bytes: [UInt8], _ contents: KeyringContents, _ kek: Secret, _ path: String) throws(KeyringError) {
        let code = try code(bytes.dropLast(KeyringFormat.macBytes), contents.identifier, kek)
        guard ConstantTime.areEqual(code, bytes.suffix(KeyringFormat.macBytes)) else { throw .notAuthentic(path: path) }
    }

    private static func sealed(_ contents: KeyringContents, _ kek: Secret) throws(KeyringError) -> [UInt8] {
        let bytes = KeyringFormat.encode(contents)
        return bytes + (try code(bytes, contents.identifier, kek))
    }

    private static func code(_ bytes: some Collection<UInt8>, _ identifier: [UInt8], _ kek: Secret) throws(KeyringError) -> [UInt8] {
        do {
            let key = try HKDF.derive(kek, salt: identifier, info: "suwen/1/keyring/mac", count: 32)
            return try HMAC(.sha256, key: key).authenticate(Array(bytes))
        } catch {
            throw .library("HMAC")
        }
    }
}
