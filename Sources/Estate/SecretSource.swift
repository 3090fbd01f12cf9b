package import Cryptography
package import Foundation

extension SecretSource {
    /// `env:NAME` or `file:PATH`; nil for anything else.
    package init?(_ text: String, relativeTo folder: URL) {
        if text.hasPrefix("env:"), text.utf8.count > 4 {
            self = .environment(String(text.dropFirst(4)))
        } else if text.hasPrefix("file:"), text.utf8.count > 5 {
            self = .file(URL(fileURLWithPath: String(text.dropFirst(5)), relativeTo: folder).standardizedFileURL)
        } else {
            return nil
        }
    }

    /// Fetches the secret: the variable's value, or the file's first line.
    /// - Throws: ``SecretError``, which says where it was looked for and never what was found.
    package func load() throws(SecretError) -> Secret {
        switch self {
        case .environment(let name):
            guard let value = getenv(name) else { throw SecretError(problem: "the environment variable \(name) is not set") }
            return Secret(UnsafeRawBufferPointer(start: value, count: strlen(value)))
        case .file(let url):
            guard let handle = try? FileHandle(forReadingFrom: url) else {
                throw SecretError(problem: "the password file \(url.path) can't be read")
            }
            try Self.checkAccess(handle.fileDescriptor, url.path)
            guard let data = try? handle.read(upToCount: 64 << 10) else {
                throw SecretError(problem: "the password file \(url.path) can't be read")
            }
            return Secret(data.prefix { $0 != 0x0A && $0 != 0x0D })
        }
    }

    /// Refuses a file that others can read or change, as ssh does with keys and PostgreSQL's libpq with .pgpass. As with libpq's key files, one that
    /// root owns may be readable for its group: so do secrets of containers reach a service. Pipes (`file:/dev/fd/3`) have no mode that matters.
    private static func checkAccess(_ file: Int32, _ path: String) throws(SecretError) {
        var status = stat()
        guard fstat(file, &status) == 0 else { throw SecretError(problem: "the password file \(path) can't be read") }
        guard status.st_mode & S_IFMT == S_IFREG else { return }
        guard status.st_uid == geteuid() || status.st_uid == 0 || geteuid() == 0 else {
            throw SecretError(problem: "the password file \(path) belongs to another user, who can change it: make it this user's (chown)")
        }
        let forbidden: mode_t = status.st_uid == 0 ? 0o037 : 0o077
        guard status.st_mode & forbidden == 0 else {
            throw SecretError(
                problem: "the password file \(path) is open to others (mode \(String(status.st_mode & 0o777, radix: 8))): chmod 600 it, and "
                    + "change the password if they may have read it")
        }
    }
}

package struct SecretError: Error, Hashable, Sendable, CustomStringConvertible {
    package var problem: String
    package var description: String { problem }
}
