import Foundation

/// An InfluxDB 1 of its own for one test, with one point.
package struct InfluxDBServer: ChangeableServer {
    private let server: RunningServer

    package static func with(_ variant: ServerVariant, _ body: (InfluxDBServer) async throws -> Void) async throws {
        try await RunningServer.with(
            "influxdb", variant, ports: 2,
            configure: { folder, ports in
                var lines = [
                    "reporting-disabled = true", "bind-address = \"\(Loopback.host):\(ports[1])\"", "[meta]",
                    "dir = \"\(try folder.makeFolder("meta"))\"", "[data]", "dir = \"\(try folder.makeFolder("data"))\"",
                    "wal-dir = \"\(try folder.makeFolder("wal"))\"", "[monitor]", "store-enabled = false", "[http]",
                    "bind-address = \"\(Loopback.host):\(ports[0])\"", "auth-enabled = \(variant.needsLogin)", "log-enabled = true",
                    "access-log-path = \"\(folder.path("access"))\"",
                ]
                if variant == .tls {
                    let pair = try await SelfSignedCertificate.make(in: folder, for: folder.user)
                    lines += [
                        "https-enabled = true", "https-certificate = \"\(pair.certificate.path)\"", "https-private-key = \"\(pair.key.path)\"",
                    ]
                }
                return ServerProgram(path: "/usr/bin/influxd", arguments: ["run", "-config", try folder.put(lines, at: "influxdb.conf")])
            },
            isReady: { LoopbackHTTP.isStatus(204, "/ping", port: $0[0]) },
            { running in
                let server = InfluxDBServer(server: running)
                try server.seed()
                try await body(server)
            })
    }

    package var expectations: [ServiceExpectation] { [ServiceExpectation("influxdb", port: server.port, server.variant)] }

    private func query(_ method: String, _ text: String) throws -> Any? {
        let query = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return try LoopbackHTTP.demand(method, "/query?q=\(query)", port: server.port, login: server.variant.needsLogin).json
    }

    private func seed() throws {
        if server.variant.needsLogin {
            let account = "CREATE USER \(ServerVariant.user) WITH PASSWORD '\(ServerVariant.password)' WITH ALL PRIVILEGES"
            let query = account.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            // The first account may be made by anybody.
            try LoopbackHTTP.demand("POST", "/query?q=\(query)", port: server.port)
        }
        _ = try query("POST", "CREATE DATABASE clinic")
        try LoopbackHTTP.demand(
            "POST", "/write?db=clinic", port: server.port, login: server.variant.needsLogin, body: "visits,ward=7 count=3 1000000000\n")
    }

    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        let queries = [
            "SHOW DATABASES", "SHOW RETENTION POLICIES ON clinic", "SHOW USERS", "SHOW CONTINUOUS QUERIES", "SHOW SUBSCRIPTIONS",
            "SELECT * FROM clinic.autogen.visits",
        ]
        for text in queries { try snapshot.addJSON(query("GET", text), as: text) }
        snapshot.addFile(server.folder.path("influxdb.conf"), as: "influxdb.conf")
        return snapshot
    }

    package func change() async throws {
        // A client of another name than the tests', so that it stands in the log.
        let conversation = try LoopbackConversation(port: server.port)
        let point = "visits,ward=8 count=1 1000000000"
        try conversation.send("POST /write?db=clinic HTTP/1.0\r\nContent-Length: \(point.utf8.count)\r\n\r\n\(point)")
        _ = try conversation.readToEnd()
    }

    package func commandLog() async throws -> [String] {
        try await server.requests({ server.folder.text(of: "access") }, port: server.port, page: "/ping?")
    }
}
