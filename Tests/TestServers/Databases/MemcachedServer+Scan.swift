import Foundation

extension MemcachedServer: ChangeableServer {
    /// Has no TLS: that variant is the open one.
    package static func with(_ variant: ServerVariant, _ body: (MemcachedServer) async throws -> Void) async throws {
        // Each command is printed before it is answered.
        try await with(authentication: variant.authentication, settings: ["-vv"]) { server in
            _ = try server.ask("set clinic:ward 0 0 1\r\n7\r\n", until: "STORED")
            try await body(server)
        }
    }

    package var expectations: [ServiceExpectation] {
        [ServiceExpectation("memcached", port: port, authentication == .trust ? ServiceExpectation.Authentication.none : .required)]
    }

    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        snapshot["settings"] = try ask("stats settings\r\n", until: "END")
        snapshot["item"] = try ask("get clinic:ward\r\n", until: "END")
        let counts = try ask("stats\r\n", until: "END").split(separator: "\n").filter { line in
            ["curr_items", "total_items", "cmd_flush", "cmd_touch", "evictions"].contains { line.hasPrefix("STAT \($0) ") }
        }
        // What was written, and how much: one more `set` would show.
        snapshot["counts"] = counts.joined(separator: ", ")
        snapshot.addFile(folder.path("password"), as: "password")
        return snapshot
    }

    package func change() async throws { _ = try ask("set clinic:ward 0 0 1\r\n8\r\n", until: "STORED") }

    /// Those of the tests are among them.
    package func commandLog() async throws -> [String] {
        folder.output.split(separator: "\n").compactMap { line in line.firstMatch(of: /^<\d+ (.*)$/).map { String($0.1) } }.filter {
            !$0.hasPrefix("new ") && !$0.hasPrefix("connection closed") && !$0.hasPrefix("server listening")
        }
    }

    private func ask(_ text: String, until end: String) throws -> String {
        let conversation = try LoopbackConversation(port: port)
        if let password = authentication.password {
            let account = "\(user) \(password)"
            try conversation.send("set auth 0 0 \(account.utf8.count)\r\n\(account)\r\n")
            _ = try conversation.readLine()
        }
        try conversation.send(text)
        var lines: [String] = []
        while lines.last != end { lines.append(try conversation.readLine()) }
        return lines.joined(separator: "\n")
    }
}
