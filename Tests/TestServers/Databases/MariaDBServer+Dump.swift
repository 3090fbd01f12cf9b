import Foundation

extension MariaDBServer {
    /// What `mariadb-dump` writes of a table: its definition and its rows, sorted by the primary key, one a line.
    package func dump(table: String) async throws -> String {
        let options = try folder.write(
            "[client]\nhost=\(host)\nport=\(port)\nprotocol=tcp\nuser=\(user)\npassword=\"\(authentication.password ?? "")\"\n",
            to: "dump-\(UUID().uuidString).cnf")
        defer { try? FileManager.default.removeItem(at: options) }
        let arguments = [
            "--defaults-file=\(options.path)", "--skip-ssl", "--default-character-set=utf8mb4", "--skip-comments", "--skip-extended-insert",
            "--order-by-primary", "--hex-blob", "--triggers", database, table,
        ]
        return try await ServerProcess.run("/usr/bin/mariadb-dump", arguments, in: folder)
    }
}
