import Foundation

/// Passwords as servers' files want them, by programs that every Debian has.
enum PasswordHash {
    /// crypt(5) with a prefix: `$2y$05$` is bcrypt, `$6$` SHA-512. The salt is fixed: nothing is protected by it.
    static func crypt(_ prefix: String, in folder: ServerFolder) async throws -> String {
        try await ServerProcess.run(
            "/usr/bin/perl", ["-e", "print crypt($ARGV[0], $ARGV[1])", ServerVariant.password, prefix + "abcdefghijklmnopqrstuu"], in: folder
        ).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// `name:hash`.
    static func line(_ prefix: String, in folder: ServerFolder) async throws -> String {
        "\(ServerVariant.user):\(try await crypt(prefix, in: folder))"
    }
}
