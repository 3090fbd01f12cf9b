package import Foundation
import Synchronization

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
    private let running: RunningPostgreSQL

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

        let running = RunningPostgreSQL(program: "\(programs)/postgres", folder: folder, user: systemUser)
        return try await ServerLife.with(
            "postgres", signal: SIGQUIT, launch: { try await running.start(port: $0) }, isReady: { _ in running.isReady },
            body: { port in
                do {
                    let result = try await body(
                        PostgreSQLServer(
                            host: Loopback.host, port: port, authentication: authentication, folder: folder, certificate: certificate,
                            running: running))
                    await running.stop()
                    return result
                } catch {
                    await running.stop()
                    throw error
                }
            })
    }

    /// Ends all of the server's processes at once by SIGKILL, and starts it again in the same folder and at the same port, where it recovers from its
    /// write-ahead log. Returns when it serves again.
    package func crash() async throws { try await running.crash(port: port) }

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

/// The server's processes, which a test may end and start again.
private final class RunningPostgreSQL: Sendable {
    private let program: String
    private let folder: ServerFolder
    private let user: SystemUser?
    private let process = Mutex<ServerProcess?>(nil)
    private static let patience: Duration = .seconds(60)

    init(program: String, folder: ServerFolder, user: SystemUser?) {
        self.program = program
        self.folder = folder
        self.user = user
    }

    @discardableResult
    func start(port: UInt16) async throws -> ServerProcess {
        let started = try await ServerProcess.start(program, ["-D", folder.path("data"), "-p", "\(port)"], as: user, in: folder)
        process.withLock { $0 = started }
        return started
    }

    func stop() async { await process.withLock { $0 }?.stop(signal: SIGQUIT) }

    /// The lock file's lines (the source's pidfile.h): the first is the process, the eighth its state. The port alone answers before recovery is
    /// through.
    private var lockFile: [Substring] {
        let text = (try? String(contentsOfFile: folder.path("data/postmaster.pid"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    var isReady: Bool {
        let lines = lockFile
        return lines.count > 7 && lines[7].hasPrefix("ready")
    }

    func crash(port: UInt16) async throws {
        guard let postmaster = lockFile.first.flatMap({ pid_t($0) }) else { throw TestServerError.notReady(program: "postgres", output: "") }
        // Stopped first, so that it starts no more. Its children are in process groups of their own.
        kill(postmaster, SIGSTOP)
        try await wait { Self.processes().contains { $0.identifier == postmaster && $0.state == "T" } }
        let children = Self.processes().filter { $0.parent == postmaster }.map(\.identifier)
        for child in children { kill(child, SIGKILL) }
        await process.withLock { $0 }?.stop(signal: SIGKILL)
        let gone = Set(children)
        try await wait { !Self.processes().contains { gone.contains($0.identifier) && $0.state != "Z" } }
        let old = lockFile.first
        let started = try await start(port: port)
        try await wait {
            guard started.isRunning else { throw TestServerError.notReady(program: "postgres", output: started.output) }
            return self.lockFile.first != old && self.isReady
        }
    }

    private func wait(until isSo: () throws -> Bool) async throws {
        let clock = ContinuousClock()
        let deadline = clock.now + Self.patience
        while try !isSo() {
            guard clock.now < deadline else { throw TestServerError.notReady(program: "postgres", output: "") }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// From /proc/PID/stat (proc(5)): `pid (name) state parent …`.
    private static func processes() -> [(identifier: pid_t, state: Substring, parent: pid_t)] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { name in
            guard let identifier = pid_t(name), let text = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8),
                let end = text.lastIndex(of: ")")
            else { return nil }
            let fields = text[text.index(after: end)...].split(separator: " ")
            guard fields.count > 1, let parent = pid_t(fields[1]) else { return nil }
            return (identifier, fields[0], parent)
        }
    }
}
