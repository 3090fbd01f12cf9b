import Estate
import Exposure
import Findings
import FoundationEssentials
import Logging
import Network
import TestServers
import Testing

/// Real servers, each open and with a password.
@Suite("Exposure against real servers")
struct ExposureIntegrationTests {
    private static let password = ServerAuthentication.password("Kuo-7f!szx")

    /// Looks at one port as a host of its own that faces the internet.
    private func inspect(_ port: UInt16) async -> Inspection {
        let estate = Estate(
            file: URL(fileURLWithPath: "/nowhere/estate.yaml"), organisation: Organisation(name: "示例"),
            scope: Scope(networks: [CIDR("127.0.0.1/32")].compactMap { $0 }),
            hosts: [Host(name: "主机", address: "127.0.0.1", internetFacing: true, ports: [port])],
            history: URL(fileURLWithPath: "/nowhere/history.sqlite"))
        let context = InspectionContext(now: Date(timeIntervalSince1970: 1_790_000_000), logger: Logger(label: "tests"))
        return await ExposureInspector(ScanOptions(probeTimeout: .seconds(20), greetingTime: .milliseconds(500), patience: .seconds(5))).inspect(
            estate, context)
    }

    /// Expects the service to be recognised on its port, and found open or closed.
    private func expect(_ service: String, port: UInt16, open: Bool, evidence: String? = nil, tls: Bool = false) async throws {
        let inspection = await inspect(port)
        let findings = inspection.checks.filter { $0.check == ExposureInspector.serviceCheck }.flatMap { $0.findings }
        #expect(findings.map { $0.asset } == (open ? ["127.0.0.1:\(port)/\(service)"] : []))
        if let evidence { #expect(findings.first?.evidence.first?.key == evidence) }
        let reachable = inspection.checks.filter { $0.check == ExposureInspector.dataPortCheck }.flatMap { $0.findings }
        #expect(reachable.map { $0.asset } == ["127.0.0.1:\(port)/\(service)"])
        let row = try #require(inspection.exhibits.first?.rows.first)
        #expect(row[4] == .term(tls ? "exposure.yes" : "exposure.no"))
        #expect(row[5] == .term(open ? "exposure.authentication-none" : "exposure.authentication-required"))
        #expect(inspection.unexamined.isEmpty)
        #expect(inspection.examined == ["主机"])
    }

    @Test("Redis")
    func redis() async throws {
        try await RedisServer.with { try await expect("Redis", port: $0.port, open: true, evidence: "exposure.redis-size") }
        try await RedisServer.with(authentication: Self.password) { try await expect("Redis", port: $0.port, open: false) }
    }

    @Test("Memcached")
    func memcached() async throws {
        try await MemcachedServer.with { try await expect("Memcached", port: $0.port, open: true, evidence: "exposure.memcached-items") }
        try await MemcachedServer.with(authentication: Self.password) { try await expect("Memcached", port: $0.port, open: false) }
    }

    @Test("PostgreSQL")
    func postgreSQL() async throws {
        try await PostgreSQLServer.with { server in
            // Its superuser is called otherwise: the server lets everybody in, and only the role is missing.
            try await expect("PostgreSQL", port: server.port, open: true, evidence: "exposure.postgresql-no-role")
            try await server.execute("CREATE ROLE postgres LOGIN")
            try await expect("PostgreSQL", port: server.port, open: true, evidence: "exposure.postgresql-session")
        }
        try await PostgreSQLServer.with(authentication: Self.password, tls: true) { try await expect("PostgreSQL", port: $0.port, open: false) }
    }

    @Test("MariaDB")
    func mariaDB() async throws {
        try await MariaDBServer.with { server in
            try await expect("MySQL/MariaDB", port: server.port, open: true, evidence: "exposure.mysql-root")
            try await server.execute("CREATE USER ''@'127.0.0.1'")
            try await expect("MySQL/MariaDB", port: server.port, open: true, evidence: "exposure.mysql-anybody")
        }
        try await MariaDBServer.with(authentication: Self.password) { try await expect("MySQL/MariaDB", port: $0.port, open: false) }
    }

    @Test("MariaDB that demands TLS is judged inside TLS")
    func mariaDBInsideTLS() async throws {
        try await MariaDBServer.with(tls: true, settings: ["--require-secure-transport=ON"]) { server in
            try await expect("MySQL/MariaDB", port: server.port, open: true, evidence: "exposure.mysql-root", tls: true)
        }
    }

    @Test("nothing is written, and no login is tried but that of the default user without a password")
    func harmless() async throws {
        try await RedisServer.with { server in
            _ = await inspect(server.port)
            let inspection = await inspect(server.port)
            let evidence = inspection.checks.flatMap { $0.findings }.flatMap { $0.evidence }.first { $0.key == "exposure.redis-size" }
            #expect(evidence?.facts["keys"] == .count(0))
        }
    }
}
