import Foundation

/// An rsync daemon of its own for one test, with one module.
package struct RsyncServer: ScannedServer {
    private let server: RunningServer

    package static func with(_ variant: ServerVariant, _ body: (RsyncServer) async throws -> Void) async throws {
        try await RunningServer.with(
            "rsync", variant,
            configure: { folder, ports in
                var lines = [
                    "use chroot = no", "log file = \(folder.path("log"))", "reverse lookup = no", "[reports]", "comment = ward 7",
                    "path = \(try folder.makeFolder("reports"))", "read only = no",
                ]
                try folder.put(["ward 7"], at: "reports/visits.csv")
                if variant.needsLogin {
                    let secrets = try folder.put(["\(ServerVariant.user):\(ServerVariant.password)"], at: "secrets")
                    lines += ["auth users = \(ServerVariant.user)", "secrets file = \(secrets)"]
                }
                return ServerProgram(
                    path: "/usr/bin/rsync",
                    arguments: [
                        "--daemon", "--no-detach", "--config=\(try folder.put(lines, at: "rsyncd.conf"))", "--address=\(Loopback.host)",
                        "--port=\(ports[0])",
                    ])
            },
            isReady: { Loopback.exchange(port: $0[0], request: "")?.starts(with: "@RSYNCD: ".utf8) == true },
            { try await body(RsyncServer(server: $0)) })
    }

    package var expectations: [ServiceExpectation] { [ServiceExpectation("rsync", port: server.port, server.variant)] }

    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        snapshot.addFiles(below: server.folder.path("reports"))
        for name in ["rsyncd.conf", "secrets"] { snapshot.addFile(server.folder.path(name), as: name) }
        return snapshot
    }

    /// What the daemon says of each connection; `rsync on` and `rsync to` stand for a transfer.
    package func commandLog() async throws -> [String] {
        let mark = "suwen-tests-\(UUID().uuidString)"
        let text = try await server.log({ server.folder.text(of: "log") }, until: mark) {
            let conversation = try LoopbackConversation(port: server.port)
            try conversation.send("@RSYNCD: 31.0\n\(mark)\n")
            _ = try conversation.readToEnd()
        }
        return text.split(separator: "\n").filter { !$0.contains("suwen-tests-") }.compactMap { line -> String? in
            guard let match = line.firstMatch(of: /^\S+ \S+ \[\d+\] (.*)$/) else { return nil }
            return String(match.1).replacing(/\s(from|for) .*$/, with: "")
        }
    }
}
