import Foundation

/// A NATS server of its own for one test, with one JetStream stream. Its monitoring port is the tests' own.
package struct NATSServer: ChangeableServer {
    private let server: RunningServer

    package static func with(_ variant: ServerVariant, _ body: (NATSServer) async throws -> Void) async throws {
        try await RunningServer.with(
            "nats", variant, ports: 2,
            configure: { folder, ports in
                var lines = [
                    "listen: \(Loopback.host):\(ports[0])", "http: \(Loopback.host):\(ports[1])", "debug: true", "trace: true", "logtime: false",
                    "jetstream { store_dir: \"\(try folder.makeFolder("jetstream"))\", max_mem: 8M, max_file: 16M }",
                ]
                if variant.needsLogin {
                    lines.append("authorization { user: \"\(ServerVariant.user)\", password: \"\(ServerVariant.password)\" }")
                }
                if variant == .tls {
                    let pair = try await SelfSignedCertificate.make(in: folder, for: folder.user)
                    lines.append("tls { cert_file: \"\(pair.certificate.path)\", key_file: \"\(pair.key.path)\" }")
                }
                return ServerProgram(path: "/usr/sbin/nats-server", arguments: ["-c", try folder.put(lines, at: "nats.conf")])
            },
            isReady: { LoopbackHTTP.isStatus(200, "/healthz", port: $0[1]) },
            { running in
                let server = NATSServer(server: running)
                // Within TLS the tests don't speak.
                if variant != .tls { try server.seed() }
                try await body(server)
            })
    }

    package var expectations: [ServiceExpectation] { [ServiceExpectation("nats", port: server.port, server.variant)] }

    private func connect(_ name: String) throws -> LoopbackConversation {
        let conversation = try LoopbackConversation(port: server.port)
        _ = try conversation.readLine()
        var options = "\"verbose\":false,\"name\":\"\(name)\""
        if server.variant.needsLogin { options += ",\"user\":\"\(ServerVariant.user)\",\"pass\":\"\(ServerVariant.password)\"" }
        try conversation.send("CONNECT {\(options)}\r\n")
        return conversation
    }

    private func seed() throws {
        let stream =
            #"{"name":"clinic","subjects":["clinic.>"],"storage":"file","retention":"limits","max_consumers":-1,"max_msgs":-1,"max_bytes":-1,"max_age":0,"num_replicas":1}"#
        let conversation = try connect("suwen-tests")
        try conversation.send("SUB answers 1\r\nPUB $JS.API.STREAM.CREATE.clinic answers \(stream.utf8.count)\r\n\(stream)\r\n")
        while try !conversation.readLine().contains("stream_create_response") {}
        try conversation.send("PUB clinic.ward answers 1\r\n7\r\n")
        while try !conversation.readLine().contains(#""stream":"clinic""#) {}
    }

    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        let settings: Set<String> = [
            "server_id", "version", "host", "port", "auth_required", "tls_required", "max_connections", "max_payload", "max_subscriptions",
            "ping_interval", "jetstream", "config_load_time",
        ]
        try snapshot.addJSON(
            LoopbackHTTP.demand("GET", "/varz", port: server.ports[1]).json, as: "settings", only: settings, changing: ["stats", "meta"])
        try snapshot.addJSON(
            LoopbackHTTP.demand("GET", "/jsz?streams=true&consumers=true&config=true", port: server.ports[1]).json, as: "JetStream",
            changing: ["now", "api"])
        snapshot.addFile(server.folder.path("nats.conf"), as: "nats.conf")
        return snapshot
    }

    package func change() async throws {
        let conversation = try connect("visitor")
        try conversation.send("SUB answers 1\r\nPUB clinic.ward answers 1\r\n8\r\n")
        while try !conversation.readLine().contains(#""stream":"clinic""#) {}
    }

    /// Within TLS, what had been written when this was called.
    package func commandLog() async throws -> [String] {
        let mark = "suwen-tests-\(UUID().uuidString)"
        var text = server.folder.output
        if server.variant != .tls { text = try await server.log({ server.folder.output }, until: mark) { _ = try connect(mark) } }
        return text.split(separator: "\n").filter { !$0.contains("suwen-tests") && $0.contains(" cid:") }.compactMap { line in
            line.firstMatch(of: /<<- \[([A-Z]+)( \S+)?/).map { $0.1 == "CONNECT" ? "CONNECT" : "\($0.1)\($0.2 ?? "")".replacing("]", with: "") }
        }
    }
}
