import Foundation

extension RedisServer: ChangeableServer {
    /// Within TLS, `port` is the port that speaks it.
    package static func with(_ variant: ServerVariant, _ body: (RedisServer) async throws -> Void) async throws {
        var settings = ["enable-debug-command local", "appendfsync no"]
        guard variant == .tls else {
            return try await with(authentication: variant.authentication, settings: settings) { server in
                try server.seed()
                try await body(server)
            }
        }
        let folder = try ServerFolder(name: "redis-tls")
        defer { folder.remove() }
        let pair = try await SelfSignedCertificate.make(in: folder, for: nil)
        let port = try Loopback.freePorts(1)[0]
        settings += ["tls-port \(port)", "tls-cert-file \(pair.certificate.path)", "tls-key-file \(pair.key.path)", "tls-auth-clients no"]
        try await with(settings: settings) { server in
            try server.seed()
            try await body(RedisServer(host: server.host, port: port, authentication: .trust, folder: server.folder, plainPort: server.port))
        }
    }

    package var expectations: [ServiceExpectation] {
        let authentication: ServiceExpectation.Authentication = self.authentication == .trust ? .none : .required
        return [ServiceExpectation("redis", port: port, authentication, isTLS: plainPort != nil)]
    }

    private func seed() throws { _ = try ask(["SET clinic:ward 7", "HSET clinic:beds a 1 b 2"]) }

    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        let commands = ["DBSIZE", "DEBUG DIGEST", "CONFIG GET *", "ACL LIST", "CLIENT LIST TYPE replica"]
        for (command, reply) in zip(commands, try ask(commands)) { snapshot[command] = reply }
        return snapshot
    }

    package func change() async throws { _ = try ask(["SET clinic:ward 8"]) }

    /// How often each command was called or refused: the server counts every one of them. Those of the tests are among them.
    package func commandLog() async throws -> [String] {
        try ask(["INFO commandstats"])[0].split(whereSeparator: \.isNewline).flatMap { line -> [String] in
            guard let match = line.firstMatch(of: /^cmdstat_([^:]+):calls=(\d+),.*rejected_calls=(\d+),failed_calls=(\d+)/) else { return [] }
            // The tests know the password: who fails is somebody else.
            let calls = match.1 == "auth" ? match.4 : match.2
            return Array(repeating: String(match.1), count: (Int(calls) ?? 0) + (Int(match.3) ?? 0))
        }
    }

    /// The replies to inline commands (the Redis protocol), as text.
    private func ask(_ commands: [String]) throws -> [String] {
        let conversation = try LoopbackConversation(port: plainPort ?? port)
        let login = authentication.password.map { ["AUTH \($0)"] } ?? []
        let replies = try (login + commands).map { command in
            try conversation.send(command + "\r\n")
            return try Self.reply(conversation)
        }
        return Array(replies.dropFirst(login.count))
    }

    private static func reply(_ conversation: LoopbackConversation) throws -> String {
        let line = try conversation.readLine()
        let count = Int(line.dropFirst()) ?? -1
        switch line.first {
        case "$" where count >= 0: return String(decoding: try conversation.read(count + 2).dropLast(2), as: UTF8.self)
        case "*" where count > 0: return try (0..<count).map { _ in try reply(conversation) }.joined(separator: " ")
        case "-": throw TestServerError.unexpected("Redis answers \(line)")
        default: return String(line.dropFirst())
        }
    }
}
