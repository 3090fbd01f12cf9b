import Foundation

/// An etcd of its own for one test. Its debug log names each request (`/etcdserverpb.KV/Range`), whether it came by gRPC or as JSON.
package struct EtcdServer: ChangeableServer {
    private let server: RunningServer

    package static func with(_ variant: ServerVariant, _ body: (EtcdServer) async throws -> Void) async throws {
        try await RunningServer.with(
            "etcd", variant, ports: 3,
            configure: { folder, ports in
                var files: [String] = []
                if variant == .tls {
                    let pair = try await SelfSignedCertificate.make(in: folder, for: folder.user)
                    files = ["--cert-file=\(pair.certificate.path)", "--key-file=\(pair.key.path)"]
                }
                let scheme = variant == .tls ? "https" : "http"
                // The tests' own port stays without TLS.
                let client = "\(scheme)://\(Loopback.host):\(ports[0])"
                let clients = [client] + (variant == .tls ? ["http://\(Loopback.host):\(ports[2])"] : [])
                let peer = "http://\(Loopback.host):\(ports[1])"
                return ServerProgram(
                    path: "/usr/bin/etcd",
                    arguments: [
                        "--name=clinic", "--data-dir=\(try folder.makeFolder("data"))", "--listen-client-urls=\(clients.joined(separator: ","))",
                        "--advertise-client-urls=\(client)", "--listen-peer-urls=\(peer)", "--initial-advertise-peer-urls=\(peer)",
                        "--initial-cluster=clinic=\(peer)", "--logger=zap", "--log-level=debug", "--heartbeat-interval=20",
                        "--election-timeout=100", "--unsafe-no-fsync", "--bcrypt-cost=4",
                    ] + files)
            },
            isReady: { LoopbackHTTP.isStatus(200, "/health", port: variant == .tls ? $0[2] : $0[0]) },
            { running in
                let server = EtcdServer(server: running)
                try server.seed()
                try await body(server)
            })
    }

    package var expectations: [ServiceExpectation] { [ServiceExpectation("etcd", port: server.port, server.variant)] }

    private var ownPort: UInt16 { server.variant == .tls ? server.ports[2] : server.port }

    private func seed() throws {
        try call("kv/put", ["key": Self.base64("/clinic/ward"), "value": Self.base64("7")])
        guard server.variant.needsLogin else { return }
        try call("auth/user/add", ["name": "root", "password": ServerVariant.password])
        try call("auth/role/add", ["name": "root"])
        try call("auth/user/grant", ["user": "root", "role": "root"])
        try call("auth/enable", [:])
    }

    package func snapshot() async throws -> ServerSnapshot {
        let headers = try server.variant.needsLogin ? ["Authorization: \(token())"] : []
        var snapshot = ServerSnapshot()
        let everything = ["key": Self.base64("\0"), "range_end": Self.base64("\0")]
        // The answer's header holds the revision of the store.
        for (path, body) in [("kv/range", everything), ("auth/user/list", [:]), ("auth/role/list", [:]), ("lease/leases", [:])] {
            try snapshot.addJSON(call(path, body, headers: headers), as: path, changing: ["raft_term"])
        }
        return snapshot
    }

    package func change() async throws { try call("kv/put", ["key": Self.base64("/clinic/ward"), "value": Self.base64("7")]) }

    package func commandLog() async throws -> [String] {
        let name = "/etcdserverpb.Cluster/MemberList"
        let mark = "\"remote\":"
        let before = server.folder.output.components(separatedBy: name).count
        try call("cluster/member/list", [:])
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(20)
        while server.folder.output.components(separatedBy: name).count == before, clock.now < deadline {
            try await Task.sleep(for: .milliseconds(5))
        }
        return server.folder.output.split(separator: "\n").filter { $0.contains("request stats") && $0.contains(mark) }.compactMap { line in
            line.firstMatch(of: /"response type":"([^"]*)"/).map { String($0.1) }
        }
    }

    private func token() throws -> String {
        let answer = try call("auth/authenticate", ["name": "root", "password": ServerVariant.password])
        guard let token = (answer as? [String: Any])?["token"] as? String else { throw TestServerError.unexpected("etcd gives no token") }
        return token
    }

    @discardableResult
    private func call(_ path: String, _ body: [String: String], headers: [String] = []) throws -> Any? {
        let text = String(decoding: try JSONSerialization.data(withJSONObject: body), as: UTF8.self)
        return try LoopbackHTTP.demand("POST", "/v3/\(path)", port: ownPort, headers: headers, body: text).json
    }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
