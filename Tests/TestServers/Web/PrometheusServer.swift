import Foundation

/// A Prometheus of its own for one test. It watches nothing.
package struct PrometheusServer: ScannedServer {
    private let server: RunningServer

    package static func with(_ variant: ServerVariant, _ body: (PrometheusServer) async throws -> Void) async throws {
        try await RunningServer.with(
            "prometheus", variant,
            configure: { folder, ports in
                let rules = try folder.put(["groups: [{name: clinic, rules: [{record: ward:patients, expr: vector(7)}]}]"], at: "rules.yml")
                let configuration = try folder.put(
                    ["global: {scrape_interval: 1h, evaluation_interval: 1h}", "rule_files: [\"\(rules)\"]"], at: "prometheus.yml")
                var arguments = [
                    "--config.file=\(configuration)", "--web.listen-address=\(Loopback.host):\(ports[0])", "--log.level=warn",
                    "--storage.tsdb.path=\(try folder.makeFolder("data"))",
                ]
                if variant == .authenticated {
                    let lines = ["basic_auth_users: {\(ServerVariant.user): \"\(try await PasswordHash.crypt("$2y$05$", in: folder))\"}"]
                    arguments.append("--web.config.file=\(try folder.put(lines, at: "web.yml"))")
                }
                return ServerProgram(path: "/usr/bin/prometheus", arguments: arguments)
            },
            isReady: { LoopbackHTTP.isStatus(200, "/-/ready", port: $0[0], login: variant.needsLogin) },
            { try await body(PrometheusServer(server: $0)) })
    }

    /// One that asks for a login says of itself nothing but that it speaks HTTP.
    package var expectations: [ServiceExpectation] {
        [ServiceExpectation(server.variant.needsLogin ? "http" : "prometheus", port: server.port, server.variant)]
    }

    private func ask(_ path: String) throws -> LoopbackHTTP.Answer {
        try LoopbackHTTP.demand("GET", path, port: server.port, login: server.variant.needsLogin)
    }

    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        try snapshot.addJSON(ask("/api/v1/status/config").json, as: "configuration")
        try snapshot.addJSON(ask("/api/v1/status/flags").json, as: "flags")
        try snapshot.addJSON(ask("/api/v1/rules").json, as: "rules", changing: ["lastEvaluation", "evaluationTime", "health"])
        for name in ["prometheus.yml", "rules.yml", "web.yml"] { snapshot.addFile(server.folder.path(name), as: name) }
        return snapshot
    }

    /// It keeps no log of requests, and counts them by handler and status; a request that isn't let in reaches no handler.
    package func commandLog() async throws -> [String] {
        try ask("/metrics").text.split(separator: "\n").flatMap { line -> [String] in
            guard let match = line.firstMatch(of: /^prometheus_http_requests_total\{code="(\d+)",handler="([^"]*)"\} (\d+)/), let count = Int(match.3)
            else {
                return []
            }
            return Array(repeating: "\(match.2) \(match.1)", count: count)
        }
    }
}
