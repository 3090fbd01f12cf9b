import Foundation

/// A certificate for `localhost` and 127.0.0.1 that signs itself.
enum SelfSignedCertificate {
    /// PEM files in `folder`; the key can be read by `user` only.
    static func make(in folder: ServerFolder, for user: SystemUser?) async throws -> (certificate: URL, key: URL) {
        let certificate = folder.url.appendingPathComponent("server.crt")
        let key = folder.url.appendingPathComponent("server.key")
        _ = try await ServerProcess.run(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                "-addext", "subjectAltName=DNS:localhost,IP:\(Loopback.host)", "-keyout", key.path, "-out", certificate.path,
            ], in: folder)
        guard chmod(key.path, 0o600) == 0 else { throw TestServerError.system(call: "chmod", code: errno) }
        for file in [certificate, key] { try folder.give(file, to: user) }
        return (certificate, key)
    }
}
