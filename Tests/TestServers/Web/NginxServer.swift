import Foundation

/// An nginx of its own for one test: a listing of its folder, a forgotten `.git` and backup, and an API that an OpenAPI document describes and that
/// gives out synthetic people.
package struct NginxServer: ScannedServer {
    private let server: RunningServer

    package static func with(_ variant: ServerVariant, _ body: (NginxServer) async throws -> Void) async throws {
        try await RunningServer.with(
            "nginx", variant,
            configure: { folder, ports in
                try await writePages(in: folder)
                try folder.makeFolder("temporary")
                var lines = [
                    // One process: the one that the tests know.
                    "daemon off;", "master_process off;", "pid \(folder.path("pid"));", "error_log \(folder.path("errors"));",
                    "events { worker_connections 64; }", "http {", "access_log \(folder.path("access"));", "default_type application/json;",
                    "types { text/html html; text/plain txt sql; }",
                ]
                lines += ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(folder.path("temporary/\($0)"));" }
                lines += [
                    "server {", "listen \(Loopback.host):\(ports[0])\(variant == .tls ? " ssl" : "");", "root \(folder.path("web"));",
                    "autoindex on;",
                ]
                if variant.needsLogin {
                    let file = try folder.put([try await PasswordHash.line("$6$", in: folder)], at: "htpasswd")
                    lines += ["auth_basic clinic;", "auth_basic_user_file \(file);"]
                }
                if variant == .tls {
                    let pair = try await SelfSignedCertificate.make(in: folder, for: folder.user)
                    lines += ["ssl_certificate \(pair.certificate.path);", "ssl_certificate_key \(pair.key.path);"]
                }
                lines += ["}", "}"]
                return ServerProgram(
                    path: "/usr/sbin/nginx",
                    arguments: ["-p", folder.url.path, "-e", folder.path("errors"), "-c", try folder.put(lines, at: "nginx.conf")])
            },
            isReady: {
                variant == .tls ? Loopback.greetsInTLS(port: $0[0]) : LoopbackHTTP.isStatus(variant.needsLogin ? 401 : 200, "/", port: $0[0])
            },
            { try await body(NginxServer(server: $0)) })
    }

    private static func writePages(in folder: ServerFolder) async throws {
        for name in ["web", "web/.git", "web/api", "web/backup"] { try folder.makeFolder(name) }
        try folder.put(["ref: refs/heads/main"], at: "web/.git/HEAD")
        try folder.put(["[core]", "\trepositoryformatversion = 0", "\tbare = false"], at: "web/.git/config")
        try folder.put(["-- synthetic", "CREATE TABLE visits (ward int);"], at: "web/backup/clinic.sql")
        // Made up; the check digits are right.
        let people = (1...3).map { number in
            #"{"id":\#(number),"name":"测试\#(number)","idCard":"\#(idNumber(number))","mobile":"1380000000\#(number)","diagnosis":"E11.9"}"#
        }
        try folder.put(["[\(people.joined(separator: ","))]"], at: "web/api/patients")
        try folder.put([#"{"status":"up"}"#], at: "web/api/health")
        let paths = ["patients", "health"].map { #""/api/\#($0)":{"get":{"responses":{"200":{"description":"OK"}}}}"# }
        try folder.put(
            [#"{"openapi":"3.0.3","info":{"title":"Clinic","version":"1"},"paths":{\#(paths.joined(separator: ","))}}"#], at: "web/openapi.json")
    }

    /// With the check digit of GB 11643-1999 (ISO 7064, MOD 11-2).
    private static func idNumber(_ number: Int) -> String {
        let digits = Array("11010119900307\(100 + number)").compactMap(\.wholeNumberValue)
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
        return digits.map(String.init).joined() + String(Array("10X98765432")[sum % 11])
    }

    package var expectations: [ServiceExpectation] {
        [ServiceExpectation("http", port: server.port, server.variant.needsLogin ? .required : nil, isTLS: server.variant == .tls)]
    }

    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        snapshot.addFiles(below: server.folder.path("web"))
        for name in ["nginx.conf", "htpasswd"] { snapshot.addFile(server.folder.path(name), as: name) }
        return snapshot
    }

    /// Within TLS, what had been written when this was called.
    package func commandLog() async throws -> [String] {
        let folder = server.folder
        if server.variant == .tls { return AccessLog.requests(folder.text(of: "access")) }
        return try await server.requests({ folder.text(of: "access") }, port: server.port)
    }
}
