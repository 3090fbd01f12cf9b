import Foundation

/// A Docker registry of its own for one test, with one repository. The password file is bcrypt's: the registry takes nothing else.
package struct RegistryServer: ChangeableServer {
    private let server: RunningServer

    package static func with(_ variant: ServerVariant, _ body: (RegistryServer) async throws -> Void) async throws {
        try await RunningServer.with(
            "registry", variant,
            configure: { folder, ports in
                var lines = ["version: 0.1", "log: {level: info}", "http:", "  addr: \(Loopback.host):\(ports[0])"]
                if variant == .tls {
                    let pair = try await SelfSignedCertificate.make(in: folder, for: folder.user)
                    lines += ["  tls: {certificate: \"\(pair.certificate.path)\", key: \"\(pair.key.path)\"}"]
                }
                if variant.needsLogin {
                    let file = try folder.put([try await PasswordHash.line("$2y$05$", in: folder)], at: "htpasswd")
                    lines += ["auth:", "  htpasswd: {realm: clinic, path: \"\(file)\"}"]
                }
                lines += ["storage:", "  filesystem: {rootdirectory: \"\(try folder.makeFolder("data"))\"}"]
                // A repository is a folder with these two (the registry's storage/paths.go).
                var path = "data"
                for name in ["docker", "registry", "v2", "repositories", "clinic"] {
                    path += "/\(name)"
                    try folder.makeFolder(path)
                }
                for name in ["_layers", "_manifests", "_manifests/tags"] { try folder.makeFolder("\(path)/\(name)") }
                return ServerProgram(path: "/usr/bin/docker-registry", arguments: ["serve", try folder.put(lines, at: "registry.yml")])
            },
            isReady: {
                variant == .tls ? Loopback.greetsInTLS(port: $0[0]) : LoopbackHTTP.isStatus(variant.needsLogin ? 401 : 200, "/v2/", port: $0[0])
            },
            { try await body(RegistryServer(server: $0)) })
    }

    package var expectations: [ServiceExpectation] { [ServiceExpectation("docker-registry", port: server.port, server.variant)] }

    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        snapshot.addFiles(below: server.folder.path("data"))
        for name in ["registry.yml", "htpasswd"] { snapshot.addFile(server.folder.path(name), as: name) }
        return snapshot
    }

    package func change() async throws {
        let conversation = try LoopbackConversation(port: server.port)
        try conversation.send("POST /v2/clinic/blobs/uploads/ HTTP/1.0\r\nContent-Length: 0\r\n\r\n")
        _ = try conversation.readToEnd()
    }

    /// Within TLS, what had been written when this was called.
    package func commandLog() async throws -> [String] {
        let port = server.port
        if server.variant == .tls { return AccessLog.requests(server.folder.output) }
        return try await server.requests({ server.folder.output }, port: port)
    }
}
