import Foundation

extension PostgreSQLServer: ChangeableServer {
    package static func with(_ variant: ServerVariant, _ body: (PostgreSQLServer) async throws -> Void) async throws {
        var settings = ["log_statement = 'all'", "log_connections = on", "log_line_prefix = ''"]
        if variant == .tls { settings.append("max_connections = 20") }
        try await with(authentication: variant.authentication, tls: variant == .tls, settings: settings) { server in
            try await server.execute("CREATE TABLE visits (ward int); INSERT INTO visits VALUES (7); CREATE ROLE postgres LOGIN;")
            try await body(server)
        }
    }

    package var expectations: [ServiceExpectation] {
        [
            ServiceExpectation(
                "postgresql", port: port, authentication == .trust ? ServiceExpectation.Authentication.none : .required, isTLS: certificate != nil)
        ]
    }

    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        snapshot["visits"] = try await execute("SELECT * FROM visits")
        snapshot["settings"] = try await execute("SELECT name, setting, source FROM pg_settings ORDER BY name")
        snapshot["roles"] = try await execute("SELECT * FROM pg_roles ORDER BY rolname")
        snapshot["relations"] = try await execute("SELECT oid, relname, relkind, relacl FROM pg_class ORDER BY oid")
        snapshot["databases"] = try await execute("SELECT oid, datname, datacl FROM pg_database ORDER BY oid")
        // Takes a transaction only for what writes.
        snapshot["next transaction"] = try await execute("SELECT pg_snapshot_xmax(pg_current_snapshot())")
        for name in ["postgresql.conf", "postgresql.auto.conf", "pg_hba.conf"] { snapshot.addFile(folder.path("data/\(name)"), as: name) }
        return snapshot
    }

    package func change() async throws { try await execute("UPDATE visits SET ward = 7") }

    /// Statements, and how connections were let in. Each is logged before it is answered. Those of the tests are among them.
    package func commandLog() async throws -> [String] {
        folder.output.split(separator: "\n").compactMap { line -> String? in
            if let match = line.firstMatch(of: /LOG:  (?:statement|execute [^:]*): (.*)$/) { return String(match.1) }
            return line.contains("LOG:  connection authorized") ? "connection authorized" : nil
        }
    }
}
