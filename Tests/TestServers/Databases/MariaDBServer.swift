package import Foundation

/// A MariaDB of its own for one test.
package struct MariaDBServer: Sendable {
    package let host: String
    package let port: UInt16
    /// May do everything.
    package let user = "root"
    /// Exists and is empty.
    package let database = "test"
    package let authentication: ServerAuthentication
    package let folder: ServerFolder
    /// The server's certificate, which signs itself, for `localhost` and 127.0.0.1; nil without TLS.
    package let certificate: URL?

    /// - Parameters:
    ///   - authentication: `trust`: root has an empty password.
    ///   - tls: offers TLS.
    ///   - settings: further options of mariadbd: `--general-log=1`.
    package static func with<Result>(
        authentication: ServerAuthentication = .trust, tls: Bool = false, settings: [String] = [], isolation: isolated (any Actor)? = #isolation,
        _ body: (MariaDBServer) async throws -> Result
    ) async throws -> Result {
        let systemUser = try SystemUser.ifRoot("mysql")
        let folder = try ServerFolder(name: "mariadb", user: systemUser)
        defer { folder.remove() }
        let storage = [
            "--datadir=\(folder.path("data"))", "--innodb-log-file-size=8M", "--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync",
            "--innodb-buffer-pool-size=32M", "--innodb-use-native-aio=0", "--skip-log-bin",
            // A folder of its own: servers that start at the same time must not meet in /tmp.
            "--tmpdir=\(folder.url.path)",
        ]
        _ = try await ServerProcess.run(
            "/usr/bin/mariadb-install-db", ["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"] + storage, as: systemUser,
            in: folder)

        let password = (authentication.password ?? "").replacingOccurrences(of: "'", with: "''").replacingOccurrences(of: "\\", with: "\\\\")
        let accounts = ["127.0.0.1", "localhost"].map { host in
            "CREATE OR REPLACE USER root@'\(host)' IDENTIFIED BY '\(password)';\nGRANT ALL ON *.* TO root@'\(host)' WITH GRANT OPTION;\n"
        }
        let start = try folder.write(
            "DELETE FROM mysql.global_priv WHERE User = '';\nFLUSH PRIVILEGES;\n" + accounts.joined() + "CREATE DATABASE IF NOT EXISTS test;\n",
            to: "start.sql", for: systemUser)
        var options = ["--no-defaults"] + storage
        options += [
            "--bind-address=\(Loopback.host)", "--socket=\(folder.path("s"))", "--pid-file=\(folder.path("pid"))", "--init-file=\(start.path)",
            "--skip-name-resolve", "--character-set-server=utf8mb4", "--performance-schema=off",
        ]
        var certificate: URL?
        if tls {
            let files = try await SelfSignedCertificate.make(in: folder, for: systemUser)
            certificate = files.certificate
            options += ["--ssl-cert=\(files.certificate.path)", "--ssl-key=\(files.key.path)"]
        }
        return try await ServerLife.with(
            "mariadbd", signal: SIGTERM,
            launch: { port in
                try await ServerProcess.start("/usr/sbin/mariadbd", options + settings + ["--port=\(port)"], as: systemUser, in: folder)
            },
            // The greeting: a packet header, then protocol version 10.
            isReady: { port in (Loopback.exchange(port: port, request: "") ?? []).dropFirst(4).first == 10 },
            body: { port in
                try await body(
                    MariaDBServer(host: Loopback.host, port: port, authentication: authentication, folder: folder, certificate: certificate))
            })
    }

    /// Runs statements as root.
    /// - Returns: the rows, columns separated by tabs.
    @discardableResult
    package func execute(_ sql: String, database: String? = nil) async throws -> String {
        let script = try folder.write(sql, to: "script-\(UUID().uuidString).sql")
        let options = try folder.write(
            "[client]\nhost=\(host)\nport=\(port)\nprotocol=tcp\nuser=\(user)\npassword=\"\(authentication.password ?? "")\"\n",
            to: "client-\(UUID().uuidString).cnf")
        defer { for file in [script, options] { try? FileManager.default.removeItem(at: file) } }
        let arguments = [
            "--defaults-file=\(options.path)", "--skip-ssl", "--default-character-set=utf8mb4", "--batch", "--skip-column-names",
            database ?? self.database,
        ]
        return try await ServerProcess.run("/usr/bin/mariadb", arguments, in: folder, input: script)
    }
}
