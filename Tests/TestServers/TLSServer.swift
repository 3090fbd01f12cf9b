package import Foundation

/// A TLS server of its own for one test: nginx, or `openssl s_server` for what nginx can't.
package struct TLSServer: Sendable {
    package enum Program: Hashable, Sendable {
        /// - Parameters:
        ///   - protocols: of `ssl_protocols`.
        ///   - ciphers: of `ssl_ciphers`.
        case nginx(protocols: String, ciphers: String = "DEFAULT")
        /// Arguments of `openssl s_server`.
        case openSSL([String])
    }

    package let host: String
    package let port: UInt16
    /// The authority, in PEM, that signed the certificate; the certificate itself when it signs itself.
    package let authority: URL

    package static func with<Result>(
        _ program: Program, certificate: TestCertificateRequest = TestCertificateRequest(), isolation: isolated (any Actor)? = #isolation,
        _ body: (TLSServer) async throws -> Result
    ) async throws -> Result {
        let folder = try ServerFolder(name: "tls")
        defer { folder.remove() }
        let authority = try await certificate.make(in: folder)
        return try await ServerLife.with(
            "TLS server", signal: SIGKILL,
            launch: { port in try await launch(program, port: port, in: folder) },
            isReady: { port in Loopback.exchange(port: port, request: emptyHello) != nil },
            body: { port in try await body(TLSServer(host: Loopback.host, port: port, authority: authority)) })
    }

    /// A ClientHello without content: whoever speaks TLS answers with an alert.
    static let emptyHello = "\u{16}\u{3}\u{1}\u{0}\u{4}\u{1}\u{0}\u{0}\u{0}"

    private static func launch(_ program: Program, port: UInt16, in folder: ServerFolder) async throws -> ServerProcess {
        switch program {
        case .openSSL(let arguments):
            return try await ServerProcess.start(
                "/usr/bin/openssl",
                ["s_server", "-accept", "\(Loopback.host):\(port)", "-cert", folder.path("server.crt"), "-key", folder.path("server.key"), "-www"]
                    + arguments, in: folder)
        case .nginx(let protocols, let ciphers):
            let file = try folder.write(
                """
                daemon off; master_process off; pid \(folder.path("pid")); error_log stderr;
                events {}
                http {
                    access_log off;
                    client_body_temp_path \(folder.path("body")); proxy_temp_path \(folder.path("proxy")); fastcgi_temp_path \(folder.path("fastcgi"));
                    uwsgi_temp_path \(folder.path("uwsgi")); scgi_temp_path \(folder.path("scgi"));
                    server {
                        listen \(Loopback.host):\(port) ssl;
                        ssl_certificate \(folder.path("server.crt")); ssl_certificate_key \(folder.path("server.key"));
                        ssl_protocols \(protocols); ssl_ciphers \(ciphers);
                        return 204;
                    }
                }

                """, to: "nginx.conf")
            return try await ServerProcess.start("/usr/sbin/nginx", ["-c", file.path, "-p", folder.url.path], in: folder)
        }
    }
}

/// A certificate that a test wants its server to show.
package struct TestCertificateRequest: Hashable, Sendable {
    /// Arguments of `openssl req -newkey`: `rsa:2048`, `ec`.
    package var key = ["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    /// For `subjectAltName`.
    package var names: String = "DNS:localhost,IP:127.0.0.1"
    /// Its first and last moment, YYYYMMDDHHMMSSZ; nil: from now on for a year.
    package var validity: [String]?
    /// Of the authority's signature.
    package var digest = "sha256"
    /// Whether an authority signs it; else it signs itself.
    package var hasAuthority = true

    package init() {}

    package func with(_ change: (inout TestCertificateRequest) -> Void) -> TestCertificateRequest {
        var copy = self
        change(&copy)
        return copy
    }

    /// Writes `server.crt` and `server.key`.
    /// - Returns: whom a client has to trust.
    func make(in folder: ServerFolder) async throws -> URL {
        let authority = folder.url.appendingPathComponent("authority.crt")
        let certificate = folder.url.appendingPathComponent("server.crt")
        let extensions = try folder.write("subjectAltName=\(names)\n", to: "extensions")
        let newKey = ["-newkey"] + key + ["-nodes", "-keyout", folder.path("server.key"), "-subj", "/CN=suwen-test/O=Test"]
        guard hasAuthority else {
            try await openSSL(["req", "-x509", "-days", "365", "-addext", "subjectAltName=\(names)", "-out", certificate.path] + newKey, folder)
            return certificate
        }
        try await openSSL(
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-subj", "/CN=Test Authority", "-keyout",
                folder.path("authority.key"),
            ]
                + ["-out", authority.path], folder)
        try await openSSL(["req", "-new", "-out", folder.path("request")] + newKey, folder)
        // `openssl ca` is the only one that takes both ends of the validity.
        try folder.write("", to: "index")
        try folder.write("01\n", to: "serial")
        let settings = try folder.write(
            """
            [ca]
            default_ca=it
            [it]
            database=\(folder.path("index"))
            serial=\(folder.path("serial"))
            new_certs_dir=\(folder.url.path)
            certificate=\(authority.path)
            private_key=\(folder.path("authority.key"))
            default_md=\(digest)
            policy=any
            [any]
            commonName=supplied
            organizationName=optional

            """, to: "ca.conf")
        let dates = validity.map { zip(["-startdate", "-enddate"], $0).flatMap { [$0, $1] } } ?? ["-days", "365"]
        try await openSSL(
            ["ca", "-batch", "-notext", "-config", settings.path, "-in", folder.path("request"), "-out", certificate.path]
                + ["-extfile", extensions.path] + dates, folder)
        return authority
    }

    private func openSSL(_ arguments: [String], _ folder: ServerFolder) async throws {
        _ = try await ServerProcess.run("/usr/bin/openssl", arguments, in: folder)
    }
}
