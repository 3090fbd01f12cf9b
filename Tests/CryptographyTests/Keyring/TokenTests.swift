import CPKCS11
import Cryptography
import Glibc
import Testing

/// SoftHSM2 (Debian: softhsm2) is a whole PKCS #11 module in software. It keeps its tokens in a folder of this process.
@Suite("A PKCS#11 token as root", .serialized)
struct TokenTests {
    private static let module = "/usr/lib/softhsm/libsofthsm2.so"
    private static let pin = "123456"

    /// One folder for the process: the module reads its configuration once.
    private static let label: String? = {
        guard access(module, R_OK) == 0, let folder = try? TemporaryFolder() else { return nil }
        let kept = Unmanaged.passRetained(folder).takeUnretainedValue()
        mkdir(kept.file("tokens"), 0o700)
        let configuration = "directories.tokendir = \(kept.file("tokens"))\nobjectstore.backend = file\nlog.level = ERROR\n"
        guard (try? kept.put(Array(configuration.utf8), "softhsm2.conf")) != nil else { return nil }
        setenv("SOFTHSM2_CONF", kept.file("softhsm2.conf"), 1)
        atexit { TokenTests.removeTokens() }
        tokens = kept.path
        for name in ["clinic", "spare"] {
            var child: pid_t = 0
            let arguments = ["softhsm2-util", "--init-token", "--free", "--label", name, "--so-pin", "654321", "--pin", pin]
            var pointers = arguments.map { strdup($0) } + [nil]
            defer { for pointer in pointers { free(pointer) } }
            var actions = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&actions)
            defer { posix_spawn_file_actions_destroy(&actions) }
            posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
            guard posix_spawnp(&child, "softhsm2-util", &actions, nil, &pointers, environ) == 0 else { return nil }
            var status: Int32 = 0
            guard waitpid(child, &status, 0) == child, status == 0 else { return nil }
        }
        return "clinic"
    }()
    nonisolated(unsafe) private static var tokens: String?

    private static func removeTokens() {
        guard let tokens else { return }
        var child: pid_t = 0
        var pointers = (["rm", "-rf", tokens] as [String]).map { strdup($0) } + [nil]
        guard posix_spawnp(&child, "rm", nil, nil, &pointers, environ) == 0 else { return }
        var status: Int32 = 0
        waitpid(child, &status, 0)
    }

    private func token(_ pin: String = pin) -> KeyringUnlock { .token(module: Self.module, pin: Secret(text: pin)) }

    @Test("the token's key opens what it closed, across KEK rotation, changes and a change of root")
    func roundTrip() throws {
        let label = try #require(Self.label, "SoftHSM2 is not installed (scripts/setup installs it)")
        let folder = try TemporaryFolder()
        let path = folder.file("keyring")
        let keyring = try Keyring.create(path, root: .token(module: Self.module, label: label, pin: Secret(text: Self.pin)))
        let key = try keyring.newGeneration(column: "a", algorithm: .sm4GCM)
        try keyring.rotateKEK()
        let opened = try Keyring.open(path, unlock: token())
        #expect(try opened.dataKey(id: key.id).secret.bytes == key.secret.bytes)
        #expect(opened.info.tokenLabel == label && opened.info.kekGeneration == 2)
        try KeyFile.create(folder.file("key"))
        try opened.rotateRoot(.keyFile(path: folder.file("key")))
        let filed = try Keyring.open(path, unlock: .keyFile(path: folder.file("key")))
        try filed.rotateRoot(.token(module: Self.module, label: label, pin: Secret(text: Self.pin)))
        #expect(try Keyring.open(path, unlock: token()).dataKey(id: key.id).secret.bytes == key.secret.bytes)
    }

    @Test("a wrong PIN is refused, also after a right one in the same process")
    func wrongPIN() throws {
        let label = try #require(Self.label)
        let folder = try TemporaryFolder()
        _ = try Keyring.create(folder.file("keyring"), root: .token(module: Self.module, label: label, pin: Secret(text: Self.pin)))
        let error = #expect(throws: KeyringError.self) { try Keyring.open(folder.file("keyring"), unlock: token("000000")) }
        #expect(error?.description.contains("PIN is wrong") == true)
        #expect(error?.description.contains("000000") == false)
        #expect(try Keyring.open(folder.file("keyring"), unlock: token()).info.isVerified)
    }

    @Test("each byte changed is refused under a token, too")
    func changed() throws {
        let label = try #require(Self.label)
        let folder = try TemporaryFolder()
        let path = folder.file("keyring")
        let keyring = try Keyring.create(path, root: .token(module: Self.module, label: label, pin: Secret(text: Self.pin)))
        try keyring.newGeneration(column: "a", algorithm: .aes256GCM)
        let bytes = try folder.bytes("keyring")
        var accepted: [Int] = []
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1
            try folder.put(changed, "keyring")
            if (try? Keyring.open(path, unlock: token())) != nil { accepted.append(index) }
        }
        #expect(accepted.isEmpty)
    }

    @Test("the key can't leave the token")
    func sensitive() throws {
        let label = try #require(Self.label)
        let folder = try TemporaryFolder()
        _ = try Keyring.create(folder.file("keyring"), root: .token(module: Self.module, label: label, pin: Secret(text: Self.pin)))
        guard case .token(let record) = try KeyringFormat.parse(folder.bytes("keyring"), path: "").root else {
            Issue.record("the root is no token")
            return
        }
        let value = try PKCS11Module.withSession(Self.module, token: label, pin: Secret(text: Self.pin)) { session throws(KeyringError) in
            session.value(of: try session.findAESKey(id: record.keyID))
        }
        #expect(value == nil)
    }

    @Test("a module, token or key that isn't there is named")
    func missing() throws {
        let label = try #require(Self.label)
        let folder = try TemporaryFolder()
        func refusal(_ module: String, _ label: String) -> String {
            let root = KeyringNewRoot.token(module: module, label: label, pin: Secret(text: Self.pin))
            return #expect(throws: KeyringError.self) { try Keyring.create(folder.file("keyring"), root: root) }?.description ?? ""
        }
        #expect(refusal("/nonexistent.so", label).contains("no PKCS#11 module"))
        #expect(refusal("libsofthsm2.so", label).contains("absolute path"))
        #expect(refusal(Self.module, "nobody").contains("no token has the label"))
        #expect(folder.names == [".keyring.lock"])
        _ = try Keyring.create(folder.file("keyring"), root: .token(module: Self.module, label: label, pin: Secret(text: Self.pin)))
        let bytes = try folder.bytes("keyring")
        var contents = try KeyringFormat.parse(bytes, path: "")
        guard case .token(var record) = contents.root else {
            Issue.record("the root is no token")
            return
        }
        // The file of another token of the same module.
        record.label = "spare"
        contents.root = .token(record)
        try folder.put(KeyringFormat.encode(contents) + bytes.suffix(KeyringFormat.macBytes), "keyring")
        #expect(throws: KeyringError.token("the token doesn't have this keyring's key")) {
            try Keyring.open(folder.file("keyring"), unlock: token())
        }
    }
}

extension PKCS11Session {
    /// A key's bytes, when the token gives them away.
    fileprivate func value(of key: CK_OBJECT_HANDLE) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 64)
        return bytes.withUnsafeMutableBytes { bytes in
            var attribute = CK_ATTRIBUTE()
            attribute.type = CK_ATTRIBUTE_TYPE(CKA_VALUE)
            attribute.pValue = bytes.baseAddress
            attribute.ulValueLen = UInt(bytes.count)
            guard functions.C_GetAttributeValue?(handle, key, &attribute, 1) == CKR_OK else { return nil }
            return Array(bytes.prefix(Int(attribute.ulValueLen)))
        }
    }
}
