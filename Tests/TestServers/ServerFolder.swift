package import Foundation

/// A folder of one server: its data, its configuration, its output. Removed with the server.
package struct ServerFolder: Sendable {
    package let url: URL
    /// Whom its files belong to; nil: whoever runs the test.
    let user: SystemUser?

    /// - Parameter user: the system user that the server runs as, when the test runs as root.
    init(name: String, user: SystemUser? = nil) throws {
        // Not $TMPDIR: another user must be able to get there.
        self.user = user
        url = URL(fileURLWithPath: "/tmp").appendingPathComponent("suwen-\(name)-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        do { try give(url, to: user) } catch {
            remove()
            throw error
        }
    }

    package func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    /// Writes a file that only the server's user can read.
    @discardableResult
    func write(_ text: String, to name: String, for user: SystemUser? = nil) throws -> URL {
        let file = url.appendingPathComponent(name)
        guard FileManager.default.createFile(atPath: file.path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]) else {
            throw TestServerError.system(call: "open", code: errno)
        }
        try give(file, to: user)
        return file
    }

    func give(_ file: URL, to user: SystemUser?) throws {
        guard let user else { return }
        guard chown(file.path, user.user, user.group) == 0 else { throw TestServerError.system(call: "chown", code: errno) }
    }

    /// Writes a file of the server's user.
    @discardableResult
    func put(_ lines: [String], at name: String) throws -> String {
        try write(lines.joined(separator: "\n") + "\n", to: name, for: user).path
    }

    /// An empty folder of the server's user; what was in it is gone.
    @discardableResult
    func makeFolder(_ name: String) throws -> String {
        let folder = url.appendingPathComponent(name)
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        try give(folder, to: user)
        return folder.path
    }

    func text(of name: String) -> String { text(at: path(name)) }

    package func text(at path: String) -> String { String(decoding: (try? Data(contentsOf: URL(fileURLWithPath: path))) ?? Data(), as: UTF8.self) }

    /// What all the programs that ran here have printed.
    var output: String {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).filter { $0.hasPrefix("output-") }
        return names.sorted().map(text(of:)).joined()
    }

    func remove() { try? FileManager.default.removeItem(at: url) }
}
