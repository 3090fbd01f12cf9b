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
            guard let handle = try? FileHandle(forReadingFrom: url), let data = try? handle.read(upToCount: 64 << 10) else {
                throw SecretError(problem: "the password file \(url.path) can't be read")
            }
            return Secret(data.prefix { $0 != 0x0A && $0 != 0x0D })
        }
    }
}

package struct SecretError: Error, Hashable, Sendable, CustomStringConvertible {
    package var problem: String
    package var description: String { problem }
}
