import Cryptography
import Glibc

/// A folder that goes away with its contents, and keyrings in it.
final class TemporaryFolder {
    struct CannotMake: Error {}
    let path: String

    init() throws {
        var template = Array("/tmp/suwen-keyring-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw CannotMake() }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.remove(path) }

    private static func remove(_ path: String) {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
                if name != ".", name != ".." { remove("\(path)/\(name)") }
            }
            closedir(folder)
        }
        Glibc.remove(path)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// A keyring under a new key file; cheap to open.
    func keyring(_ name: String = "keyring") throws -> Keyring {
        try KeyFile.create(file("\(name).key"))
        return try Keyring.create(file(name), root: .keyFile(path: file("\(name).key")))
    }

    func reopen(_ name: String = "keyring") throws -> Keyring {
        try Keyring.open(file(name), unlock: .keyFile(path: file("\(name).key")))
    }

    /// Bytes of a file, whoever may read it.
    func bytes(_ name: String) throws -> [UInt8] {
        guard let handle = fopen(file(name), "r") else { throw CannotMake() }
        defer { fclose(handle) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, handle)
        return Array(bytes.prefix(count))
    }

    func put(_ bytes: [UInt8], _ name: String, mode: mode_t = 0o600) throws {
        guard let handle = fopen(file(name), "w") else { throw CannotMake() }
        fwrite(bytes, 1, bytes.count, handle)
        fclose(handle)
        guard chmod(file(name), mode) == 0 else { throw CannotMake() }
    }

    var names: [String] {
        var names: [String] = []
        guard let folder = opendir(path) else { return names }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            names.append(withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }
}

extension Secret {
    convenience init(text: String) { self.init(Array(text.utf8)) }
    var bytes: [UInt8] { withBytes { Array($0) } }
}
