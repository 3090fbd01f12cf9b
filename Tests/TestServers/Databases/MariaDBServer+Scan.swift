import Foundation

extension MariaDBServer: ChangeableServer {
    package static func with(_ variant: ServerVariant, _ body: (MariaDBServer) async throws -> Void) async throws {
        var settings = ["--general-log=1", "--general-log-file=general.log"]
        if variant == .tls { settings.append("--require-secure-transport=ON") }
        try await with(authentication: variant.authentication, tls: variant == .tls, settings: settings) { server in
            if variant != .tls { try await server.execute("CREATE TABLE visits (ward int); INSERT INTO visits VALUES (7);") }
            try await body(server)
        }
    }

    package var expectations: [ServiceExpectation] {
        [
            ServiceExpectation(
                "mysql", port: port, authentication == .trust ? ServiceExpectation.Authentication.none : .required, isTLS: certificate != nil)
        ]
    }

    /// Where only TLS is taken, the tests, whose clients don't speak it, compare the files of the accounts alone.
    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        guard certificate == nil else {
            snapshot.addFile(folder.path("data/mysql/global_priv.MAD"), as: "accounts")
            return snapshot
        }
        snapshot["visits"] = try await execute("SELECT * FROM visits")
        snapshot["tables"] = try await execute(
            "SELECT table_schema, table_name, create_time FROM information_schema.tables WHERE table_type = 'BASE TABLE' ORDER BY 1, 2")
        snapshot["accounts"] = try await execute("SELECT * FROM mysql.global_priv ORDER BY 1, 2; SELECT * FROM mysql.db ORDER BY 1, 2, 3")
        let moving = ["TIMESTAMP", "RAND_SEED1", "RAND_SEED2", "PSEUDO_THREAD_ID", "LAST_GTID", "IN_TRANSACTION"].map { "'\($0)'" }
        snapshot["settings"] = try await execute(
            "SELECT * FROM information_schema.global_variables WHERE variable_name NOT IN (\(moving.joined(separator: ","))) ORDER BY 1")
        return snapshot
    }

    package func change() async throws { try await execute("UPDATE visits SET ward = 8") }

    /// Logins, refused ones too, and statements. Each is logged before it is answered. Those of the tests are among them.
    package func commandLog() async throws -> [String] {
        folder.text(of: "data/general.log").split(separator: "\n").compactMap { line -> String? in
            guard let match = line.firstMatch(of: /\t *\d+ ([A-Z][a-z]+(?: DB)?)\t(.*)$/) else { return nil }
            return match.1 == "Connect" ? "Connect" : "\(match.1) \(match.2)"
        }
    }
}
