import Cryptography
import Glibc
import Testing

@Suite("A keyring on a full disk")
struct KeyringFullDiskTests {
    /// A file system of its own in a folder, of so many bytes; nil where this process may not mount one.
    private final class SmallDisk {
        let folder: TemporaryFolder

        init?(bytes: Int) throws {
            folder = try TemporaryFolder()
            guard mount("tmpfs", folder.path, "tmpfs", 0, "size=\(bytes),mode=700") == 0 else { return nil }
        }

        /// Takes all the room that is left.
        func fill() throws {
            let file = try #require(fopen(folder.file("ballast"), "w"))
            setvbuf(file, nil, _IONBF, 0)
            let page = [UInt8](repeating: 1, count: 4096)
            while fwrite(page, 1, page.count, file) == page.count {}
            #expect(errno == ENOSPC)
            fclose(file)
        }

        deinit { umount2(folder.path, Int32(MNT_DETACH)) }
    }

    private static let mayMount = {
        guard let disk = try? SmallDisk(bytes: 16 << 10) else { return false }
        return !disk.folder.path.isEmpty
    }()

    @Test("saving fails with the reason, leaves the old file whole and nothing beside it, and succeeds once there is room", .enabled(if: mayMount))
    func saving() throws {
        let disk = try #require(try SmallDisk(bytes: 64 << 10))
        let folder = disk.folder
        let keyring = try folder.keyring()
        let first = try keyring.newGeneration(column: "a", algorithm: .aes256GCM)
        try keyring.noteSeals(id: first.id, count: 5)
        try keyring.save()
        let before = try folder.bytes("keyring")
        try disk.fill()

        let error = #expect(throws: KeyringError.self) { try keyring.newGeneration(column: "b", algorithm: .aes256GCM) }
        #expect(error?.description.contains("No space left on device") == true)
        #expect(throws: KeyringError.self) { try folder.reopen().rotateKEK() }
        #expect(throws: KeyringError.self) { try keyring.backup(to: folder.file("copy")) }
        #expect(throws: KeyringError.self) { try KeyFile.create(folder.file("another.key")) }
        #expect(try folder.bytes("keyring") == before)
        #expect(folder.names == [".keyring.lock", "ballast", "keyring", "keyring.key"])
        #expect(try folder.reopen().info.keys.map(\.id) == [first.id])

        #expect(unlink(folder.file("ballast")) == 0)
        let second = try keyring.newGeneration(column: "b", algorithm: .aes256GCM)
        #expect(try folder.reopen().info.keys.map(\.id) == [first.id, second.id])
    }
}
