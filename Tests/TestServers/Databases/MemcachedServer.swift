import Foundation

/// A Memcached of its own for one test.
package struct MemcachedServer: Sendable {
    package let host: String
    package let port: UInt16
    package let user = "suwen"
    package let authentication: ServerAuthentication
    let folder: ServerFolder

    /// - Parameters:
    ///   - authentication: a password is asked for by the text protocol's authentication (`-Y`): the first `set` must hold `user password`.
    ///   - settings: further options: `-m`, `16`.
    package static func with<Result>(
        authentication: ServerAuthentication = .trust, settings: [String] = [], isolation: isolated (any Actor)? = #isolation,
        _ body: (MemcachedServer) async throws -> Result
    ) async throws -> Result {
        let systemUser = try SystemUser.ifRoot("nobody")
        let folder = try ServerFolder(name: "memcached", user: systemUser)
        defer { folder.remove() }
        var options = ["-l", Loopback.host, "-U", "0", "-m", "16", "-t", "1"]
        if let password = authentication.password {
            options += ["-Y", try folder.write("suwen:\(password)\n", to: "password", for: systemUser).path]
        }
        return try await ServerLife.with(
            "memcached", signal: SIGKILL,
            launch: { port in try await ServerProcess.start("/usr/bin/memcached", options + settings + ["-p", "\(port)"], as: systemUser, in: folder)
            },
            isReady: { port in
                let reply = String(decoding: Loopback.exchange(port: port, request: "version\r\n") ?? [], as: UTF8.self)
                return reply.hasPrefix("VERSION") || reply.hasPrefix("CLIENT_ERROR")
            },
            body: { port in try await body(MemcachedServer(host: Loopback.host, port: port, authentication: authentication, folder: folder)) })
    }
}
