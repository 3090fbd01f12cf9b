import Foundation

/// A RabbitMQ of its own for one test, with the management plugin. AMQP and the management interface ask for an account in every variant; the open one
/// has the vendor's (`guest`, with that password).
package struct RabbitMQServer: ScannedServer {
    private let server: RunningServer
    /// Erlang's name service, which the server can't do without, has a port of its own too.
    private static let program = "/usr/lib/rabbitmq/bin/rabbitmq-server"

    package static func with(_ variant: ServerVariant, _ body: (RabbitMQServer) async throws -> Void) async throws {
        let names = try ServerFolder(name: "epmd", user: SystemUser.ifRoot("nobody"))
        defer { names.remove() }
        try await ServerLife.with(
            "epmd", signal: SIGKILL,
            launch: { port in
                try await ServerProcess.start("/usr/bin/epmd", ["-port", "\(port)", "-address", Loopback.host], as: names.user, in: names)
            },
            // NAMES_REQ (the Erlang distribution protocol): the answer begins with the service's port.
            isReady: { port in
                Loopback.exchange(port: port, request: [0, 1, 0x6E])?.starts(with: withUnsafeBytes(of: UInt32(port).bigEndian, Array.init)) == true
            },
            body: { namesPort in try await start(variant, namesPort: namesPort, body) })
    }

    private static func start(_ variant: ServerVariant, namesPort: UInt16, _ body: (RabbitMQServer) async throws -> Void) async throws {
        try await RunningServer.with(
            "rabbitmq", variant, ports: 3,
            configure: { folder, ports in
                let account = variant.needsLogin ? (ServerVariant.user, ServerVariant.password) : ("guest", "guest")
                let lines = [
                    "listeners.tcp.1 = \(Loopback.host):\(ports[0])", "management.tcp.ip = \(Loopback.host)", "management.tcp.port = \(ports[1])",
                    "management.http_log_dir = \(try folder.makeFolder("http"))", "default_user = \(account.0)", "default_pass = \(account.1)",
                    "log.file = false", "log.console = true", "log.console.level = info",
                ]
                try folder.put(lines, at: "rabbitmq.conf")
                let environment = [
                    "ERL_EPMD_PORT": "\(namesPort)", "ERL_EPMD_ADDRESS": Loopback.host,
                    // The Erlang machine takes the script's place, so that the process id stays the same; `-noinput` because it has no console.
                    "RABBITMQ_ALLOW_INPUT": "1",
                    "RABBITMQ_NODENAME": "suwen\(ports[0])@localhost", "RABBITMQ_DIST_PORT": "\(ports[2])",
                    "RABBITMQ_CONFIG_FILE": folder.path("rabbitmq.conf"), "RABBITMQ_CONF_ENV_FILE": folder.path("none"),
                    "RABBITMQ_MNESIA_BASE": try folder.makeFolder("mnesia"), "RABBITMQ_LOG_BASE": folder.path("log"), "RABBITMQ_LOGS": "-",
                    "RABBITMQ_ENABLED_PLUGINS_FILE": try folder.put(["[rabbitmq_management]."], at: "enabled_plugins"),
                    "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1 +sbwt none +A 1 -kernel inet_dist_use_interface {127,0,0,1}",
                ]
                return ServerProgram(path: "/bin/sh", arguments: [program, "-noinput"], environment: environment)
            },
            // The last plugin to start is the management interface, which knows the account by then.
            isReady: { ports in
                (String(decoding: Loopback.exchange(port: ports[0], request: "AMQP\u{0}\u{0}\u{9}\u{1}") ?? [], as: UTF8.self)).contains("RabbitMQ")
                    && isOwnAccountKnown(ports[1], variant)
            },
            { running in
                let server = RabbitMQServer(server: running)
                try server.seed()
                try await body(server)
            })
    }

    package var expectations: [ServiceExpectation] {
        [
            ServiceExpectation("rabbitmq", port: server.port, .required),
            ServiceExpectation("rabbitmq-management", port: server.ports[1], .required),
        ]
    }

    private static func isOwnAccountKnown(_ port: UInt16, _ variant: ServerVariant) -> Bool {
        (try? LoopbackHTTP.ask("GET", "/api/whoami", port: port, headers: [authorization(variant)]))?.status == 200
    }

    private static func authorization(_ variant: ServerVariant) -> String {
        let account = variant.needsLogin ? "\(ServerVariant.user):\(ServerVariant.password)" : "guest:guest"
        return "Authorization: Basic \(Data(account.utf8).base64EncodedString())"
    }

    private func ask(_ method: String = "GET", _ path: String, body: String = "") throws -> LoopbackHTTP.Answer {
        try LoopbackHTTP.demand(
            method, path, port: server.ports[1], headers: [Self.authorization(server.variant), "Content-Type: application/json"], body: body)
    }

    private func seed() throws {
        _ = try ask("PUT", "/api/queues/%2F/clinic.ward", body: #"{"durable":true}"#)
        _ = try ask("PUT", "/api/exchanges/%2F/clinic", body: #"{"type":"direct","durable":true}"#)
        _ = try ask("POST", "/api/bindings/%2F/e/clinic/q/clinic.ward", body: #"{"routing_key":"ward"}"#)
    }

    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        try snapshot.addJSON(ask("GET", "/api/definitions").json, as: "definitions")
        for name in ["rabbitmq.conf", "enabled_plugins"] { snapshot.addFile(server.folder.path(name), as: name) }
        return snapshot
    }

    /// The management interface's requests, and what the broker logs of AMQP: connections, and how logins ended.
    package func commandLog() async throws -> [String] {
        let folder = server.folder.path("http")
        let requests = try await server.requests(
            {
                let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
                return names.map { server.folder.text(of: "http/\($0)") }.joined()
            }, port: server.ports[1], page: "/")
        let amqp = server.folder.output.split(separator: "\n").compactMap { line -> String? in
            if line.contains("accepting AMQP connection") { return "AMQP connection" }
            if line.contains("authenticated and granted access to vhost") { return "AMQP login" }
            if line.contains("login refused") { return "AMQP login refused" }
            return nil
        }
        return requests + amqp
    }
}
