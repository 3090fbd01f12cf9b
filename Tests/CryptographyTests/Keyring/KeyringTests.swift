import Cryptography
import Testing

@Suite("Keyring")
struct KeyringTests {
    private static let cheap = Argon2id.Parameters(memory: 65_536, passes: 1, lanes: 1) ?? .standard

    @Test("a passphrase opens what it closed, and another passphrase doesn't")
    func passphrase() throws {
        let folder = try TemporaryFolder()
        let created = try Keyring.create(folder.file("keyring"), root: .passphrase(Secret(text: "correct horse battery"), Self.cheap))
        let key = try created.newGeneration(column: "patients.name", algorithm: .aes256GCM)
        let opened = try Keyring.open(folder.file("keyring"), unlock: .passphrase(Secret(text: "correct horse battery")))
        #expect(try opened.dataKey(id: key.id).secret.bytes == key.secret.bytes)
        #expect(throws: KeyringError.notAuthentic(path: folder.file("keyring"))) {
            try Keyring.open(folder.file("keyring"), unlock: .passphrase(Secret(text: "correct horse batterz")))
        }
        #expect(throws: KeyringError.weakPassphrase(minimum: 12)) {
            try Keyring.create(folder.file("other"), root: .passphrase(Secret(text: "elevenbytes"), Self.cheap))
        }
        #expect(!folder.names.contains("other"))
    }

    @Test("a key file opens what it closed, and another key file or another kind of root doesn't")
    func keyFile() throws {
        let folder = try TemporaryFolder()
        let key = try folder.keyring().newGeneration(column: "patients.name", algorithm: .sm4GCM)
        #expect(try folder.reopen().dataKey(column: "patients.name").secret.bytes == key.secret.bytes)
        #expect(try folder.reopen().dataKey(column: "patients.name").algorithm == .sm4GCM)
        try KeyFile.create(folder.file("another.key"))
        let path = folder.file("keyring")
        #expect(throws: KeyringError.notAuthentic(path: path)) { try Keyring.open(path, unlock: .keyFile(path: folder.file("another.key"))) }
        #expect(throws: KeyringError.otherRoot(path: path, needed: .keyFile)) {
            try Keyring.open(path, unlock: .passphrase(Secret(text: "correct horse battery")))
        }
    }

    @Test("the newest enabled generation seals, each generation opens, and other columns have keys of their own")
    func generations() throws {
        let folder = try TemporaryFolder()
        let keyring = try folder.keyring()
        #expect(throws: KeyringError.noEnabledKey(column: "a", generation: nil)) { try keyring.dataKey(column: "a") }
        let first = try keyring.newGeneration(column: "a", algorithm: .aes256GCM)
        let second = try keyring.newGeneration(column: "a", algorithm: .aes256GCM)
        let other = try keyring.newGeneration(column: "b", algorithm: .aes256GCM)
        #expect(Set([first, second, other].map(\.id)).count == 3 && ![first, second, other].map(\.id).contains(0))
        #expect(Set([first, second, other].map(\.secret.bytes)).count == 3)
        let opened = try folder.reopen()
        #expect(try opened.dataKey(column: "a").id == second.id)
        #expect(try opened.dataKey(column: "a", generation: 1).secret.bytes == first.secret.bytes)
        #expect(try opened.dataKey(column: "b").secret.bytes == other.secret.bytes)
        #expect(throws: KeyringError.noEnabledKey(column: "a", generation: 3)) { try opened.dataKey(column: "a", generation: 3) }
        try opened.disable(second.id)
        #expect(try opened.dataKey(column: "a").id == first.id)
    }

    @Test(
        "names with control characters, empty or endless ones are refused",
        arguments: ["", "a\nb", "a\u{1B}[2J", "\u{202E}a", String(repeating: "a", count: 513)])
    func names(_ column: String) throws {
        let folder = try TemporaryFolder()
        let keyring = try folder.keyring()
        #expect(throws: KeyringError.self) { try keyring.newGeneration(column: column, algorithm: .aes256GCM) }
        #expect(keyring.info.keys.isEmpty)
    }

    @Test("a disabled key neither seals nor opens until it is enabled again")
    func disabling() throws {
        let folder = try TemporaryFolder()
        let keyring = try folder.keyring()
        let key = try keyring.newGeneration(column: "a", algorithm: .aes256GCM)
        try keyring.disable(key.id)
        #expect(throws: KeyringError.disabled(id: key.id)) { try folder.reopen().dataKey(id: key.id) }
        #expect(throws: KeyringError.disabled(id: key.id)) { try folder.reopen().dataKey(column: "a", generation: 1) }
        #expect(throws: KeyringError.noEnabledKey(column: "a", generation: nil)) { try folder.reopen().dataKey(column: "a") }
        try folder.reopen().enable(key.id)
        #expect(try folder.reopen().dataKey(id: key.id).secret.bytes == key.secret.bytes)
        #expect(throws: KeyringError.unknownKey(id: key.id ^ 1)) { try keyring.disable(key.id ^ 1) }
    }

    @Test("a destroyed key can't be opened or enabled, its wrapped bytes are gone, and who and why stay")
    func destroying() throws {
        let folder = try TemporaryFolder()
        let keyring = try folder.keyring()
        let key = try keyring.newGeneration(column: "a", algorithm: .aes256GCM)
        let kept = try keyring.newGeneration(column: "a", algorithm: .aes256GCM)
        let wrapped = try #require(KeyringFormat.parse(folder.bytes("keyring"), path: "").keys.first?.wrapped)
        try keyring.destroy(key.id, by: "张三", why: "retention ended")
        let record = try #require(KeyringFormat.parse(folder.bytes("keyring"), path: "").keys.first)
        #expect(record.wrapped.isEmpty && record.state == .destroyed)
        #expect(!(try folder.bytes("keyring")).containsRun(wrapped))
        for opened in [keyring, try folder.reopen()] {
            let refusal = KeyringError.destroyed(id: key.id, at: record.changedAt, by: "张三", why: "retention ended")
            #expect(throws: refusal) { try opened.dataKey(id: key.id) }
            #expect(throws: refusal) { try opened.dataKey(column: "a", generation: 1) }
            #expect(throws: refusal) { try opened.enable(key.id) }
            #expect(throws: refusal) { try opened.destroy(key.id, by: "x", why: "y") }
            #expect(try opened.dataKey(id: kept.id).secret.bytes == kept.secret.bytes)
        }
        #expect(throws: KeyringError.self) { try keyring.destroy(kept.id, by: "", why: "y") }
        #expect(throws: KeyringError.self) { try keyring.destroy(kept.id, by: "x", why: "") }
        #expect(try folder.reopen().dataKey(id: kept.id).id == kept.id)
    }

    @Test("rotating the KEK wraps every key anew and changes none")
    func kekRotation() throws {
        let folder = try TemporaryFolder()
        let keyring = try folder.keyring()
        let keys = try ["a", "a", "b"].map { try keyring.newGeneration(column: $0, algorithm: .aes256GCM) }
        try keyring.destroy(keys[1].id, by: "x", why: "y")
        let before = try KeyringFormat.parse(folder.bytes("keyring"), path: "")
        try keyring.rotateKEK()
        let after = try KeyringFormat.parse(folder.bytes("keyring"), path: "")
        #expect(after.kek.generation == 2 && after.kek.wrapped != before.kek.wrapped && after.root == before.root)
        for opened in [keyring, try folder.reopen()] {
            for key in [keys[0], keys[2]] { #expect(try opened.dataKey(id: key.id).secret.bytes == key.secret.bytes) }
            #expect(throws: KeyringError.self) { try opened.dataKey(id: keys[1].id) }
        }
        for (old, new) in zip(before.keys, after.keys) where old.state == .enabled { #expect(old.wrapped != new.wrapped) }
    }

    @Test("rotating the root keeps KEK and keys, and the old root opens nothing more")
    func rootRotation() throws {
        let folder = try TemporaryFolder()
        let keyring = try folder.keyring()
        let key = try keyring.newGeneration(column: "a", algorithm: .aes256GCM)
        try keyring.rotateRoot(.passphrase(Secret(text: "correct horse battery"), Self.cheap))
        let path = folder.file("keyring")
        let opened = try Keyring.open(path, unlock: .passphrase(Secret(text: "correct horse battery")))
        #expect(try opened.dataKey(id: key.id).secret.bytes == key.secret.bytes)
        #expect(opened.info.kekGeneration == 1)
        #expect(throws: KeyringError.otherRoot(path: path, needed: .passphrase)) { try folder.reopen() }
        try KeyFile.create(folder.file("second.key"))
        try opened.rotateRoot(.keyFile(path: folder.file("second.key")))
        #expect(try Keyring.open(path, unlock: .keyFile(path: folder.file("second.key"))).dataKey(id: key.id).secret.bytes == key.secret.bytes)
        #expect(throws: KeyringError.notAuthentic(path: path)) { try folder.reopen() }
    }

    @Test("seals are counted before they are made, kept, and refused past 2^31; a new generation is due before")
    func counting() throws {
        let folder = try TemporaryFolder()
        let keyring = try folder.keyring()
        let key = try keyring.newGeneration(column: "a", algorithm: .aes256GCM)
        try keyring.noteSeals(id: key.id, count: 1000)
        #expect(try folder.reopen().info.keys.map(\.seals) == [0])
        try keyring.save()
        #expect(try folder.reopen().info.keys.map(\.seals) == [1000] && !keyring.info.keys[0].isDue)
        try keyring.noteSeals(id: key.id, count: Int(KeyringLimits.dueSeals) - 1000)
        #expect(keyring.info.keys[0].isDue && !keyring.info.keys[0].isExhausted)
        #expect(throws: KeyringError.exhausted(id: key.id)) { try keyring.noteSeals(id: key.id, count: Int(KeyringLimits.seals / 16) + 1) }
        try keyring.noteSeals(id: key.id, count: Int(KeyringLimits.seals / 16))
        try keyring.save()
        let opened = try folder.reopen()
        #expect(opened.info.keys[0].isExhausted && opened.info.keys[0].seals == 1 << 31)
        #expect(throws: KeyringError.exhausted(id: key.id)) { try opened.dataKey(column: "a") }
        #expect(throws: KeyringError.exhausted(id: key.id)) { try opened.noteSeals(id: key.id, count: 1) }
        #expect(throws: KeyringError.self) { try opened.noteSeals(id: key.id, count: -1) }
        #expect(throws: KeyringError.self) { try opened.noteSeals(id: key.id, count: Int.max) }
        // It still opens what it sealed.
        #expect(try opened.dataKey(id: key.id).secret.bytes == key.secret.bytes)
        let next = try opened.newGeneration(column: "a", algorithm: .aes256GCM)
        #expect(try opened.dataKey(column: "a").id == next.id)
    }

    @Test("a backup is the same bytes, opens with the same root, and overwrites nothing")
    func backup() throws {
        let folder = try TemporaryFolder()
        let keyring = try folder.keyring()
        let key = try keyring.newGeneration(column: "a", algorithm: .aes256GCM)
        try keyring.backup(to: folder.file("copy"))
        #expect(try folder.bytes("copy") == folder.bytes("keyring"))
        let copy = try Keyring.open(folder.file("copy"), unlock: .keyFile(path: folder.file("keyring.key")))
        #expect(try copy.dataKey(id: key.id).secret.bytes == key.secret.bytes)
        #expect(throws: KeyringError.alreadyExists(path: folder.file("copy"))) { try keyring.backup(to: folder.file("copy")) }
        var damaged = try folder.bytes("keyring")
        damaged[damaged.count - 40] ^= 1
        try folder.put(damaged, "keyring")
        #expect(throws: KeyringError.self) { try keyring.backup(to: folder.file("second")) }
        #expect(!folder.names.contains("second"))
    }

    @Test("public information holds neither keys nor wrapped keys, and says whether it was verified")
    func publicInformation() throws {
        let folder = try TemporaryFolder()
        let keyring = try folder.keyring()
        try keyring.newGeneration(column: "a", algorithm: .aes256GCM)
        #expect(keyring.info.isVerified)
        let info = try KeyringInfo.unverified(folder.file("keyring"))
        #expect(!info.isVerified && info.keys == keyring.info.keys && info.identifier == keyring.info.identifier)
    }
}

extension [UInt8] {
    func containsRun(_ run: [UInt8]) -> Bool {
        guard !run.isEmpty, count >= run.count else { return false }
        return (0...count - run.count).contains { self[$0..<$0 + run.count].elementsEqual(run) }
    }
}
