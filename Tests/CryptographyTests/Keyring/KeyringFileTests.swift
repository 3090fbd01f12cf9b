import Cryptography
import Glibc
import Testing

@Suite("A keyring's file on disk")
struct KeyringFileTests {
    private struct Killed: Error {}

    private func mode(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
    }

    @Test("keyring, key file, lock and backup have mode 0600 whatever the umask, and nothing else is left")
    func modes() throws {
        let folder = try TemporaryFolder()
        let keyring = try folder.keyring()
        try keyring.newGeneration(column: "a", algorithm: .aes256GCM)
        try keyring.backup(to: folder.file("copy"))
        #expect(folder.names == [".keyring.lock", "copy", "keyring", "keyring.key"])
        for name in folder.names { #expect(mode(folder.file(name)) == 0o600) }
    }

    @Test(
        "a keyring or key file that others may read or write is refused with the mend",
        arguments: [0o640, 0o604, 0o620, 0o602, 0o610, 0o666] as [mode_t])
    func permissions(_ mode: mode_t) throws {
        let folder = try TemporaryFolder()
        _ = try folder.keyring()
        for name in ["keyring", "keyring.key"] {
            chmod(folder.file(name), mode)
            let error = #expect(throws: KeyringError.self) { try folder.reopen() }
            #expect(error?.description.contains("chmod 600") == true)
            chmod(folder.file(name), 0o600)
        }
        #expect(try folder.reopen().info.isVerified)
    }

    @Test("symbolic links, further names, folders and pipes in a file's place are refused")
    func kinds() throws {
        let folder = try TemporaryFolder()
        _ = try folder.keyring()
        func refusal(_ name: String) -> KeyringError? {
            #expect(throws: KeyringError.self) { try Keyring.open(folder.file(name), unlock: .keyFile(path: folder.file("keyring.key"))) }
        }
        #expect(symlink(folder.file("keyring"), folder.file("link")) == 0)
        #expect(refusal("link") == .symbolicLink(path: folder.file("link")))
        #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
        #expect(refusal("pipe") == .notARegularFile(path: folder.file("pipe")))
        #expect(mkdir(folder.file("folder"), 0o700) == 0)
        #expect(refusal("folder") == .notARegularFile(path: folder.file("folder")))
        #expect(refusal("nothing") == .missing(path: folder.file("nothing")))
        #expect(link(folder.file("keyring"), folder.file("twin")) == 0)
        #expect(refusal("keyring") == .notARegularFile(path: folder.file("keyring")))
        // Creating goes through no link either, a dangling one included.
        #expect(symlink(folder.file("elsewhere"), folder.file("dangling")) == 0)
        #expect(throws: KeyringError.alreadyExists(path: folder.file("dangling"))) {
            try Keyring.create(folder.file("dangling"), root: .keyFile(path: folder.file("keyring.key")))
        }
        #expect(!folder.names.contains("elsewhere"))
    }

    @Test("creating overwrites nothing")
    func creating() throws {
        let folder = try TemporaryFolder()
        _ = try folder.keyring()
        let before = try folder.bytes("keyring")
        #expect(throws: KeyringError.alreadyExists(path: folder.file("keyring"))) {
            try Keyring.create(folder.file("keyring"), root: .keyFile(path: folder.file("keyring.key")))
        }
        #expect(throws: KeyringError.alreadyExists(path: folder.file("keyring.key"))) { try KeyFile.create(folder.file("keyring.key")) }
        #expect(try folder.bytes("keyring") == before)
    }

    @Test("a key file of another length, or of one byte repeated, is refused")
    func keyFiles() throws {
        let folder = try TemporaryFolder()
        for (name, bytes) in [("short", [UInt8](0..<31)), ("long", [UInt8](0..<33)), ("zeros", [UInt8](repeating: 0, count: 32)), ("empty", [])] {
            try folder.put(bytes, name)
            #expect(throws: KeyringError.badKeyFile(path: folder.file(name))) {
                try Keyring.create(folder.file("keyring"), root: .keyFile(path: folder.file(name)))
            }
        }
        try folder.put([UInt8](0..<32), "good")
        #expect(try Keyring.create(folder.file("keyring"), root: .keyFile(path: folder.file("good"))).info.keys.isEmpty)
    }

    @Test(
        "a writer that dies at any step leaves the old file or the new one, whole, and the next writer clears up",
        arguments: PrivateFile.WriteStep.allCases)
    func dying(_ step: PrivateFile.WriteStep) throws {
        for placement in [PrivateFile.Placement.replacing, .replacingAndErasing] {
            let folder = try TemporaryFolder()
            let keyring = try folder.keyring()
            let first = try keyring.newGeneration(column: "a", algorithm: .aes256GCM)
            let old = try folder.bytes("keyring")
            let second = try keyring.newGeneration(column: "a", algorithm: .aes256GCM)
            let new = try folder.bytes("keyring")
            try folder.put(old, "keyring")
            #expect(throws: Killed.self) {
                try PrivateFile(folder.file("keyring")).write(new, placement) { if $0 == step { throw Killed() } }
            }
            let isNew = step == .inPlace || step == .folderSynced
            #expect(try folder.bytes("keyring") == (isNew ? new : old))
            let survivor = try folder.reopen()
            #expect(try survivor.dataKey(column: "a").id == (isNew ? second.id : first.id))
            try survivor.newGeneration(column: "b", algorithm: .aes256GCM)
            #expect(folder.names == [".keyring.lock", "keyring", "keyring.key"])
        }
    }

    @Test("a creation that dies leaves nothing or the whole file", arguments: PrivateFile.WriteStep.allCases)
    func dyingAtCreation(_ step: PrivateFile.WriteStep) throws {
        let folder = try TemporaryFolder()
        #expect(throws: Killed.self) { try PrivateFile(folder.file("new")).write([1, 2, 3], .new) { if $0 == step { throw Killed() } } }
        let isThere = folder.names.contains("new")
        #expect(isThere == (step == .inPlace || step == .folderSynced))
        if isThere { #expect(try folder.bytes("new") == [1, 2, 3]) }
    }

    @Test("destroying overwrites the bytes of the file that was replaced")
    func erasing() throws {
        let folder = try TemporaryFolder()
        let keyring = try folder.keyring()
        let key = try keyring.newGeneration(column: "a", algorithm: .aes256GCM)
        let length = try folder.bytes("keyring").count
        // A reader that had the file open sees what becomes of its bytes.
        let old = open(folder.file("keyring"), O_RDONLY)
        defer { close(old) }
        try keyring.destroy(key.id, by: "x", why: "y")
        var bytes = [UInt8](repeating: 1, count: length + 1)
        #expect(read(old, &bytes, bytes.count) == length)
        #expect(bytes.prefix(length).allSatisfy { $0 == 0 })
    }

    @Test("a second writer waits its turn, and is told when that doesn't come")
    func locking() throws {
        let folder = try TemporaryFolder()
        let file = try PrivateFile(folder.file("keyring"))
        do {
            let held = try file.lock(patience: 0)
            #expect(throws: KeyringError.busy(path: folder.file("keyring"))) { try PrivateFile(folder.file("keyring")).lock(patience: 0) }
            withExtendedLifetime(held) {}
        }
        _ = try file.lock(patience: 0)
    }

    @Test("two openings of one keyring see each other's keys, counts and rotations, and lose none")
    func twoWriters() throws {
        let folder = try TemporaryFolder()
        let (one, two) = (try folder.keyring(), try folder.reopen())
        let first = try one.newGeneration(column: "a", algorithm: .aes256GCM)
        let second = try two.newGeneration(column: "a", algorithm: .aes256GCM)
        #expect(two.info.keys.map(\.id) == [first.id, second.id] && two.info.keys.map(\.generation) == [1, 2])
        try one.noteSeals(id: first.id, count: 5)
        try two.noteSeals(id: first.id, count: 7)
        try one.save()
        try two.rotateKEK()
        try one.disable(second.id)
        #expect(try folder.reopen().info.keys.map(\.seals) == [12, 0])
        #expect(try one.dataKey(id: first.id).secret.bytes == first.secret.bytes)
        try KeyFile.create(folder.file("new.key"))
        try two.rotateRoot(.keyFile(path: folder.file("new.key")))
        #expect(throws: KeyringError.rootChangedMeanwhile(path: folder.file("keyring"))) { try one.enable(second.id) }
    }

    @Test("many writers at once lose no count and no key")
    func manyWriters() async throws {
        let folder = try TemporaryFolder()
        let key = try folder.keyring().newGeneration(column: "a", algorithm: .aes256GCM)
        let (path, keyFile) = (folder.file("keyring"), folder.file("keyring.key"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let keyring = try Keyring.open(path, unlock: .keyFile(path: keyFile))
                    for _ in 0..<5 {
                        try keyring.noteSeals(id: key.id, count: 3)
                        try keyring.save()
                    }
                    try keyring.newGeneration(column: "column \(writer)", algorithm: .aes256GCM)
                }
            }
            try await group.waitForAll()
        }
        let info = try folder.reopen().info
        #expect(info.keys.count == 5 && info.keys[0].seals == 60)
    }

    @Test("an older copy put in the file's place is noticed by a process that saw the newer one")
    func rollback() throws {
        let folder = try TemporaryFolder()
        let keyring = try folder.keyring()
        let old = try folder.bytes("keyring")
        try keyring.newGeneration(column: "a", algorithm: .aes256GCM)
        try folder.put(old, "keyring")
        #expect(throws: KeyringError.rolledBack(path: folder.file("keyring"))) { try keyring.newGeneration(column: "b", algorithm: .aes256GCM) }
    }

    @Test("key ids are written and read as eight hexadecimal digits")
    func ids() {
        #expect(KeyID.text(0xAB) == "000000ab" && KeyID.parse("000000ab") == 0xAB && KeyID.parse("FFFFFFFF") == .max)
        for bad in ["", "ab", "00000000", "+00000ab", "0000000g", "000000abc"] { #expect(KeyID.parse(bad) == nil) }
    }
}
