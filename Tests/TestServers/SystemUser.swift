import Foundation

/// An account of this machine that a server runs as when the tests run as root: PostgreSQL, MariaDB and Memcached refuse to be root.
struct SystemUser: Sendable {
    let user: uid_t
    let group: gid_t

    /// Nil when the test isn't root: the server then runs as whoever runs the test.
    static func ifRoot(_ name: String) throws -> SystemUser? {
        guard geteuid() == 0 else { return nil }
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getpwnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil else {
            throw TestServerError.notInstalled("user \(name)")
        }
        return SystemUser(user: entry.pw_uid, group: entry.pw_gid)
    }
}
