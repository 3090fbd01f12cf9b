import Cryptography
import Testing

@Suite("Signing key files")
struct SigningKeyFileTests {
    private func made(_ folder: TemporaryFolder) throws -> NoteSigner {
        try KeyFile.create(folder.file("root"))
        return try SigningKeyFile.create(folder.file("key"), name: "clinic.example/logs", root: .keyFile(path: folder.file("root")))
    }

    private func open(_ folder: TemporaryFolder, _ name: String = "key") throws -> NoteSigner {
        try SigningKeyFile.open(folder.file(name), unlock: .keyFile(path: folder.file("root")))
    }

    @Test("What was made opens, under its name and with its key, and is nobody else's to read")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        let made = try made(folder)
        #expect(try open(folder).verifierKey == made.verifierKey)
        let info = try SigningKeyFile.unverified(folder.file("key"))
        #expect(info.verifierKey == made.verifierKey)
        #expect(info.root == .keyFile)
        var note = try SignedNote(text: "text\n")
        try note.sign(try open(folder))
        #expect(try note.verify([made.verifierKey]) == [made.verifierKey])
        try folder.put(try folder.bytes("key"), "open", mode: 0o644)
        #expect(throws: KeyringError.self) { try open(folder, "open") }
    }

    @Test("A passphrase opens its own file only")
    func passphrase() throws {
        let folder = try TemporaryFolder()
        let made = try SigningKeyFile.create(folder.file("key"), name: "a.example", root: .passphrase(Secret(text: "correct horse battery")))
        #expect(
            try SigningKeyFile.open(folder.file("key"), unlock: .passphrase(Secret(text: "correct horse battery"))).verifierKey == made.verifierKey)
        #expect(throws: KeyringError.notAuthentic(path: folder.file("key"))) {
            try SigningKeyFile.open(folder.file("key"), unlock: .passphrase(Secret(text: "correct horse batterz")))
        }
        #expect(throws: KeyringError.weakPassphrase(minimum: 12)) {
            try SigningKeyFile.create(folder.file("other"), name: "a.example", root: .passphrase(Secret(text: "short")))
        }
    }

    @Test("A file with any byte changed, left out or added doesn't open")
    func changed() throws {
        let folder = try TemporaryFolder()
        _ = try made(folder)
        let file = try folder.bytes("key")
        for index in file.indices {
            var other = file
            other[index] ^= 1
            try folder.put(other, "changed")
            #expect(throws: KeyringError.self, "byte \(index)") { try open(folder, "changed") }
            try folder.put(Array(file[..<index]), "changed")
            #expect(throws: KeyringError.self) { try open(folder, "changed") }
        }
        try folder.put(file + [0], "changed")
        #expect(throws: KeyringError.self) { try open(folder, "changed") }
    }

    @Test("Nothing is overwritten, no bad name taken, and what isn't there is said")
    func refused() throws {
        let folder = try TemporaryFolder()
        _ = try made(folder)
        #expect(throws: KeyringError.alreadyExists(path: folder.file("key"))) {
            try SigningKeyFile.create(folder.file("key"), name: "b.example", root: .keyFile(path: folder.file("root")))
        }
        #expect(throws: KeyringError.self) {
            try SigningKeyFile.create(folder.file("new"), name: "b example", root: .keyFile(path: folder.file("root")))
        }
        #expect(throws: KeyringError.self) { try open(folder, "nothing") }
        #expect(folder.names == [".key.lock", "key", "root"])
    }
}
