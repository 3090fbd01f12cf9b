/// A key file: exactly 32 random bytes, mode 0600.
package enum KeyFile {
    static let length = 32

    /// Writes a new one. What exists is not overwritten.
    package static func create(_ path: String) throws(KeyringError) {
        let file = try PrivateFile(path)
        var bytes = RandomBytes.secret(length).withBytes { Array($0) }
        defer { bytes.wipe() }
        try KeyringError.wrapping(path) { try file.write(bytes, .new) }
    }

    static func read(_ path: String) throws(KeyringError) -> Secret {
        let file: [UInt8]
        do {
            file = try PrivateFile(path).read(limit: length)
        } catch .tooLarge {
            throw .badKeyFile(path: path)
        }
        var bytes = file
        defer { bytes.wipe() }
        // All alike: zeros from a full disk, a placeholder.
        guard bytes.count == length, Set(bytes).count > 1 else { throw .badKeyFile(path: path) }
        return Secret(bytes)
    }
}

extension KeyringError {
    /// Runs what throws nothing but ``KeyringError``, and says so to the compiler.
    package static func wrapping<Result>(_ path: String, _ body: () throws -> Result) throws(KeyringError) -> Result {
        do {
            return try body()
        } catch let error as KeyringError {
            throw error
        } catch {
            throw .system(path: path, doing: "writing", code: 0)
        }
    }
}
