import Foundation

/// A Squid of its own for one test: a forward proxy for whoever asks, or for an account. It caches nothing, and reaches nothing but this machine.
package struct SquidServer: ScannedServer {
    private let server: RunningServer

    package static func with(_ variant: ServerVariant, _ body: (SquidServer) async throws -> Void) async throws {
        try await RunningServer.with(
            // SIGTERM, so that it gives its shared memory back.
            "squid", variant, signal: SIGTERM,
            configure: { folder, ports in
                var lines = [
                    "http_port \(Loopback.host):\(ports[0])", "cache_mem 1 MB", "cache deny all", "pid_filename none", "netdb_filename none",
                    "coredump_dir \(folder.url.path)", "cache_log \(folder.path("messages"))", "shutdown_lifetime 0 seconds", "strip_query_terms off",
                    "pinger_enable off",
                    // An outgoing address that no way leads out from.
                    "dns_nameservers \(Loopback.host)", "dns_timeout 1 second", "tcp_outgoing_address \(Loopback.host)",
                    "logformat tests %>a \"%rm %ru HTTP/1.1\" %>Hs \"%{User-Agent}>h\"", "access_log stdio:\(folder.path("access")) tests",
                ]
                if variant.needsLogin {
                    let file = try folder.put([try await PasswordHash.line("$6$", in: folder)], at: "htpasswd")
                    lines += [
                        "auth_param basic program /usr/lib/squid/basic_ncsa_auth \(file)", "auth_param basic children 1 startup=0 idle=1",
                        "acl people proxy_auth REQUIRED", "http_access allow people",
                    ]
                } else {
                    lines.append("http_access allow all")
                }
                lines.append("http_access deny all")
                return ServerProgram(
                    path: "/usr/sbin/squid", arguments: ["-N", "-n", "suwen\(ports[0])", "-f", try folder.put(lines, at: "squid.conf")])
            },
            isReady: { String(decoding: Loopback.exchange(port: $0[0], request: "GET / HTTP/1.0\r\n\r\n") ?? [], as: UTF8.self).contains("squid") },
            { try await body(SquidServer(server: $0)) })
    }

    package var expectations: [ServiceExpectation] { [ServiceExpectation("http-proxy", port: server.port, server.variant)] }

    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        for name in ["squid.conf", "htpasswd"] { snapshot.addFile(server.folder.path(name), as: name) }
        return snapshot
    }

    package func commandLog() async throws -> [String] {
        try await server.requests({ server.folder.text(of: "access") }, port: server.port)
    }
}
