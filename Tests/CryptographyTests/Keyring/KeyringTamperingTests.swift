import Cryptography
import Testing

@Suite("A keyring's file that isn't what was written")
struct KeyringTamperingTests {
    /// Three keys, one of each state.
    private func written() throws -> (TemporaryFolder, [UInt8]) {
        let folder = try TemporaryFolder()
        let keyring = try folder.keyring()
        let keys = try ["patients.name", "patients.name", "patients.mobile"].map { try keyring.newGeneration(column: $0, algorithm: .aes256GCM) }
        try keyring.disable(keys[2].id)
        try keyring.destroy(keys[0].id, by: "operator", why: "a test")
        return (folder, try folder.bytes("keyring"))
    }

    private func isRefused(_ bytes: [UInt8], _ folder: TemporaryFolder) throws -> Bool {
        try folder.put(bytes, "keyring")
        return (try? folder.reopen()) == nil
    }

    @Test("as written it opens")
    func whole() throws {
        let (folder, bytes) = try written()
        #expect(try !isRefused(bytes, folder))
    }

    @Test("each byte changed, in each of its bits and wholly, is refused")
    func changed() throws {
        let (folder, bytes) = try written()
        var accepted: [Int] = []
        for index in bytes.indices {
            for mask in [UInt8(1), 2, 4, 8, 16, 32, 64, 128, 255] {
                var changed = bytes
                changed[index] ^= mask
                if try !isRefused(changed, folder) { accepted.append(index) }
            }
        }
        #expect(accepted.isEmpty)
    }

    @Test("each byte of the root record changed is refused under a passphrase, too")
    func changedUnderPassphrase() throws {
        let folder = try TemporaryFolder()
        let cheap = try #require(Argon2id.Parameters(memory: 65_536, passes: 1, lanes: 1))
        let secret = Secret(text: "correct horse battery")
        _ = try Keyring.create(folder.file("keyring"), root: .passphrase(secret, cheap))
        let bytes = try folder.bytes("keyring")
        var accepted: [Int] = []
        // The root's record: its kind, the costs and the salt lie behind 8 + 2 + 4 + 16 + 8 + 8 bytes. Costs stay small where only the low byte changes.
        for index in 46..<46 + 29 {
            var changed = bytes
            changed[index] ^= 2
            try folder.put(changed, "keyring")
            if (try? Keyring.open(folder.file("keyring"), unlock: .passphrase(secret))) != nil { accepted.append(index) }
        }
        #expect(accepted.isEmpty)
    }

    @Test("a file cut short at any length, or with bytes added, is refused")
    func truncated() throws {
        let (folder, bytes) = try written()
        var accepted: [Int] = []
        for length in 0..<bytes.count where try !isRefused(Array(bytes.prefix(length)), folder) { accepted.append(length) }
        #expect(accepted.isEmpty)
        #expect(try isRefused(bytes + [0], folder))
        #expect(try isRefused([0] + bytes, folder))
    }

    @Test("entries removed, doubled or reordered are refused, with the lengths set right")
    func rearranged() throws {
        let (folder, bytes) = try written()
        let contents = try KeyringFormat.parse(bytes, path: "")
        let code = bytes.suffix(KeyringFormat.macBytes)
        func with(_ keys: [KeyRecord]) -> [UInt8] {
            var changed = contents
            changed.keys = keys
            return KeyringFormat.encode(changed) + code
        }
        let keys = contents.keys
        #expect(with(keys) == bytes)
        for rearranged in [Array(keys.dropLast()), Array(keys.dropFirst()), [], keys + [keys[2]], [keys[2], keys[0], keys[1]], keys.reversed()] {
            #expect(try isRefused(with(rearranged), folder))
        }
        // Two keys' wrapped bytes swapped: whatever a keyring's own writer might sign, they open only as what they were made as.
        let binding = KeyWrap.dekBinding(identifier: contents.identifier, keys[1])
        #expect(KeyWrap.unwrap(keys[2].wrapped, by: Secret([UInt8](repeating: 0, count: 32)), associatedData: binding) == nil)
    }

    @Test("a hostile file can't ask for memory, time or keys beyond the bounds")
    func hostile() throws {
        let salt = [UInt8](repeating: 1, count: 16)
        let folder = try TemporaryFolder()
        _ = try folder.keyring()
        let contents = try KeyringFormat.parse(folder.bytes("keyring"), path: "")
        func file(_ root: RootRecord, count: UInt32 = 0) -> [UInt8] {
            var changed = contents
            changed.root = root
            var bytes = KeyringFormat.encode(changed)
            withUnsafeBytes(of: count.bigEndian) { bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: $0) }
            return bytes + [UInt8](repeating: 0, count: KeyringFormat.macBytes)
        }
        func refusal(_ bytes: [UInt8]) -> String? {
            do throws(KeyringError) {
                _ = try KeyringFormat.parse(bytes, path: "k")
                return nil
            } catch {
                return error.description
            }
        }
        #expect(refusal(file(.passphrase(.standard, salt: salt))) == nil)
        for costs in [Argon2id.Parameters(unchecked: 1 << 30, 3, 1), .init(unchecked: 65_536, .max, 1), .init(unchecked: 1, 1, 1)] {
            #expect(refusal(file(.passphrase(costs, salt: salt)))?.contains("costs are out of bounds") == true)
        }
        #expect(refusal(file(.keyFile(salt: salt), count: .max))?.contains("keys") == true)
        #expect(refusal(file(.keyFile(salt: salt), count: 1))?.contains("cut short") == true)
        var newer = file(.keyFile(salt: salt))
        newer[9] = 2
        #expect(throws: KeyringError.unsupportedVersion(path: "k", version: 2)) { try KeyringFormat.parse(newer, path: "k") }
    }

    @Test("random bytes behind the mark never crash the parser")
    func fuzz() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let length = Int.random(in: 0..<300, using: &generator)
            let head = KeyringFormat.magic + [0, 1, 0, 0] + withUnsafeBytes(of: UInt16(length + 14).bigEndian) { Array($0) }
            let bytes = head + (0..<length).map { _ in UInt8.random(in: 0...3, using: &generator) }
            #expect(throws: KeyringError.self) {
                let contents = try KeyringFormat.parse(bytes, path: "")
                // What parses has exactly one encoding.
                #expect(KeyringFormat.encode(contents) == bytes.dropLast(KeyringFormat.macBytes))
                throw KeyringError.notAuthentic(path: "")
            }
        }
    }

    @Test("neither an error nor a description of it holds the passphrase")
    func silence() throws {
        let folder = try TemporaryFolder()
        let cheap = try #require(Argon2id.Parameters(memory: 65_536, passes: 1, lanes: 1))
        _ = try Keyring.create(folder.file("keyring"), root: .passphrase(Secret(text: "correct horse battery"), cheap))
        do {
            _ = try Keyring.open(folder.file("keyring"), unlock: .passphrase(Secret(text: "wrong-passphrase-here")))
            Issue.record("it opened")
        } catch {
            #expect(!"\(error)\(String(reflecting: error))".contains("wrong-passphrase-here"))
        }
    }
}
