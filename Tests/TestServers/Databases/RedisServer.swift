import Foundation

/// A Redis of its own for one test.
package struct RedisServer: Sendable {
    package let host: String
    package let port: UInt16
    package let authentication: ServerAuthentication
    package let folder: ServerFolder
    /// Where the tests speak without TLS when `port` demands it.
    var plainPort: UInt16?

    /// - Parameter settings: lines of redis.conf.
    package static func with<Result>(
        authentication: ServerAuthentication = .trust, settings: [String] = [], isolation: isolated (any Actor)? = #isolation,
        _ body: (RedisServer) async throws -> Result
    ) async throws -> Result {
        let folder = try ServerFolder(name: "redis")
        defer { folder.remove() }
        var lines = ["bind \(Loopback.host)", "dir \(folder.url.path)", "save \"\"", "appendonly no", "daemonize no", "databases 4"]
        if let password = authentication.password { lines.append("requirepass \(password)") }
        return try await ServerLife.with(
            "redis-server", signal: SIGKILL,
            launch: { port in
                let file = try folder.write((lines + settings + ["port \(port)"]).joined(separator: "\n") + "\n", to: "redis.conf")
                return try await ServerProcess.start("/usr/bin/redis-server", [file.path], in: folder)
            },
            isReady: { port in
                let reply = String(decoding: Loopback.exchange(port: port, request: "PING\r\n") ?? [], as: UTF8.self)
                return reply.hasPrefix("+PONG") || reply.hasPrefix("-NOAUTH")
            },
            body: { port in try await body(RedisServer(host: Loopback.host, port: port, authentication: authentication, folder: folder)) })
    }
}
