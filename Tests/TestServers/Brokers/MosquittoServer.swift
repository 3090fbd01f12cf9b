import Foundation

/// A Mosquitto of its own for one test, with one retained message.
package struct MosquittoServer: ChangeableServer {
    private let server: RunningServer

    package static func with(_ variant: ServerVariant, _ body: (MosquittoServer) async throws -> Void) async throws {
        try await RunningServer.with(
            "mosquitto", variant, ports: 2,
            configure: { folder, ports in
                var lines = ["persistence false", "log_type all", "log_dest stderr", "log_timestamp false", "sys_interval 0"]
                if variant.needsLogin {
                    let file = try folder.put(["\(ServerVariant.user):\(ServerVariant.password)"], at: "passwords")
                    _ = try await ServerProcess.run("/usr/bin/mosquitto_passwd", ["-U", file], as: folder.user, in: folder)
                    lines += ["allow_anonymous false", "password_file \(file)"]
                } else {
                    lines.append("allow_anonymous true")
                }
                lines.append("listener \(ports[0]) \(Loopback.host)")
                if variant == .tls {
                    let pair = try await SelfSignedCertificate.make(in: folder, for: folder.user)
                    // The tests' own port stays without TLS.
                    lines += ["certfile \(pair.certificate.path)", "keyfile \(pair.key.path)", "listener \(ports[1]) \(Loopback.host)"]
                }
                return ServerProgram(path: "/usr/sbin/mosquitto", arguments: ["-c", try folder.put(lines, at: "mosquitto.conf")])
            },
            isReady: { (try? MQTTClient(port: ownPort($0, variant), login: variant.needsLogin, name: "ready")) != nil },
            { running in
                let server = MosquittoServer(server: running)
                try server.client().retain("clinic/ward", "7")
                try await body(server)
            })
    }

    package var expectations: [ServiceExpectation] { [ServiceExpectation("mqtt", port: server.port, server.variant)] }

    private static func ownPort(_ ports: [UInt16], _ variant: ServerVariant) -> UInt16 { variant == .tls ? ports[1] : ports[0] }

    private func client(_ name: String = "suwen-tests") throws -> MQTTClient {
        try MQTTClient(port: Self.ownPort(server.ports, server.variant), login: server.variant.needsLogin, name: name)
    }

    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        snapshot["retained"] = try client().retained().joined(separator: ", ")
        for name in ["mosquitto.conf", "passwords"] { snapshot.addFile(server.folder.path(name), as: name) }
        return snapshot
    }

    package func change() async throws { try client("visitor").retain("clinic/ward", "8") }

    package func commandLog() async throws -> [String] {
        let mark = "suwen-tests-\(UUID().uuidString)"
        let text = try await server.log({ server.folder.output }, until: mark) { _ = try client(mark) }
        return text.split(separator: "\n").compactMap { line in
            line.firstMatch(of: /^Received ([A-Z]+) from (?!suwen-tests)/).map { String($0.1) }
        }
    }
}

/// As much of MQTT 3.1.1 as the tests need.
private struct MQTTClient {
    private let conversation: LoopbackConversation

    init(port: UInt16, login: Bool, name: String) throws {
        conversation = try LoopbackConversation(port: port)
        // Clean session; with a name and a password.
        let flags: UInt8 = login ? 0xC2 : 0x02
        let words = [name] + (login ? [ServerVariant.user, ServerVariant.password] : [])
        try send(0x10, Self.string("MQTT") + [4, flags, 0, 60] + words.flatMap(Self.string))
        let reply = try conversation.read(4)
        guard reply == [0x20, 2, 0, 0] else { throw TestServerError.unexpected("MQTT's CONNECT is answered \(reply)") }
    }

    func retain(_ topic: String, _ message: String) throws {
        try send(0x31, Self.string(topic) + Array(message.utf8))
        try send(0xC0, [])
        guard try conversation.read(2) == [0xD0, 0] else { throw TestServerError.unexpected("no PINGRESP") }
    }

    /// All retained messages: the broker sends them between its answers to SUBSCRIBE and to PINGREQ.
    func retained() throws -> [String] {
        try send(0x82, [0, 1] + Self.string("#") + [0])
        try send(0xC0, [])
        var messages: [String] = []
        while true {
            let head = try conversation.read(2)
            let content = try conversation.read(Int(head[1]))
            if head[0] == 0xD0 { return messages.sorted() }
            if head[0] >> 4 == 3 { messages.append(String(decoding: content.dropFirst(2), as: UTF8.self)) }
        }
    }

    /// Contents below 128 bytes: their length is one byte.
    private func send(_ kind: UInt8, _ content: [UInt8]) throws { try conversation.send([kind, UInt8(truncatingIfNeeded: content.count)] + content) }

    private static func string(_ text: String) -> [UInt8] {
        [UInt8(truncatingIfNeeded: text.utf8.count >> 8), UInt8(truncatingIfNeeded: text.utf8.count)] + Array(text.utf8)
    }
}
