package import Foundation

/// A PostgreSQL of its own for one test.
package struct PostgreSQLServer: Sendable {
    package let host: String
    package let port: UInt16
    /// A superuser.
    package let user = "suwen"
    package let database = "postgres"
    package let authentication: ServerAuthentication
    package let folder: ServerFolder
    /// The server's certificate, which signs itself, for `localhost` and 127.0.0.1; nil without TLS.
    package let certificate: URL?

    /// - Parameters:
    ///   - authentication: a password is asked for by SCRAM-SHA-256.
    ///   - tls: offers TLS.
    ///   - settings: lines of postgresql.conf: `log_statement = 'all'`.
    package static func with<Result>(
        authentication: ServerAuthentication = .trust, tls: Bool = false, settings: [String] = [], isolation: isolated (any Actor)? = #isolation,
        _ body: (PostgreSQLServer) async throws -> Result
    ) async throws -> Result {
        let programs = try programs()
        let systemUser = try SystemUser.ifRoot("postgres")
        let folder = try ServerFolder(name: "postgresql", user: systemUser)
        defer { folder.remove() }
        var options = [
            "--pgdata=\(folder.path("data"))", "--username=suwen", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions",
        ]
        if let password = authentication.password {
            let file = try folder.write(password + "\n", to: "password", for: systemUser)
            options += ["--auth=scram-sha-256", "--pwfile=\(file.path)"]
        } else {
            options.append("--auth=trust")
        }
        _ = try await ServerProcess.run("\(programs)/initdb", options, as: systemUser, in: folder)

        var lines = [
            "listen_addresses = '\(Loopback.host)'", "unix_socket_directories = ''", "fsync = off", "full_page_writes = off",
            "synchronous_commit = off", "shared_buffers = '32MB'", "max_connections = 40", "password_encryption = 'scram-sha-256'",
        ]
        var certificate: URL?
        if tls {
            let files = try await SelfSignedCertificate.make(in: folder, for: systemUser)
            certificate = files.certificate
            lines += ["ssl = on", "ssl_cert_file = '\(files.certificate.path)'", "ssl_key_file = '\(files.key.path)'"]
        }
        let configuration = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path("data/postgresql.conf")))
        try configuration.seekToEnd()
        try configuration.write(contentsOf: Data(((lines + settings).joined(separator: "\n") + "\n").utf8))
        try configuration.close()

        return try await ServerLife.with(
            "postgres", signal: SIGQUIT,
            launch: { port in
                try await ServerProcess.start("\(programs)/postgres", ["-D", folder.path("data"), "-p", "\(port)"], as: systemUser, in: folder)
            },
            isReady: { _ in
                // Line 8 of the lock file is the state (the source's pidfile.h); the port alone answers before recovery is through.
                let lock = (try? String(contentsOfFile: folder.path("data/postmaster.pid"), encoding: .utf8)) ?? ""
                let lines = lock.split(separator: "\n", omittingEmptySubsequences: false)
                return lines.count > 7 && lines[7].hasPrefix("ready")
            },
            body: { port in
                try await body(
                    PostgreSQLServer(host: Loopback.host, port: port, authentication: authentication, folder: folder, certificate: certificate))
            })
    }

    /// Runs statements as the superuser, each committed on its own.
    /// - Returns: the rows, unaligned, columns separated by `|`.
    @discardableResult
    package func execute(_ sql: String, database: String? = nil) async throws -> String {
        let script = try folder.write(sql, to: "script-\(UUID().uuidString).sql")
        defer { try? FileManager.default.removeItem(at: script) }
        var words = ["host=\(host)", "port=\(port)", "user=\(user)", "dbname=\(database ?? self.database)", "sslmode=disable"]
        if let password = authentication.password { words.append("password='\(password)'") }
        let options = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", words.joined(separator: " ")]
        return try await ServerProcess.run("\(Self.programs())/psql", options, in: folder, input: script)
    }

    /// What pg_dump writes of a table: its declaration, indexes, constraints, grants and comments, and its rows.
    package func dump(table: String) async throws -> String {
        let connection = "host=\(host) port=\(port) user=\(user) dbname=\(database) sslmode=disable"
        return try await ServerProcess.run("\(Self.programs())/pg_dump", ["-d", connection, "-t", table], in: folder)
    }

    /// The newest version's folder: Debian installs the server's programs by version, outside the search path.
    private static func programs() throws -> String {
        let root = "/usr/lib/postgresql"
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).compactMap { Int($0) }
        guard let newest = versions.max() else { throw TestServerError.notInstalled("postgresql") }
        return "\(root)/\(newest)/bin"
    }
}
