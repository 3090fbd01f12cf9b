import Foundation
import Sealing
import TestServers
import Testing

@Suite("Remanence in PostgreSQL's files")
struct RemanenceOfPostgreSQLTests {
    /// What clears the table's file, its old indexes, the planner's statistics and the write-ahead log.
    private static let clearing = [
        "VACUUM FULL patients", "ANALYZE patients", "VACUUM FULL pg_catalog.pg_statistic", "ALTER SYSTEM SET wal_recycle = off",
        "ALTER SYSTEM SET min_wal_size = '32MB'", "SELECT pg_reload_conf()", "CHECKPOINT", "SELECT pg_switch_wal()", "CHECKPOINT",
        "SELECT txid_current()", "SELECT pg_switch_wal()", "CHECKPOINT",
    ]

    @Test(
        "A sealed table's cleartext is found in its dead rows and the write-ahead log, and nowhere once both are cleared", arguments: [false, true])
    func leftovers(_ isCleared: Bool) async throws {
        try await PostgreSQLServer.with { server in
            try await server.execute(Fixture.table + Fixture.rows(2_000) + "ANALYZE patients;")
            let fixture = Fixture(server: server)
            let needles = RemanenceNeedles()
            for column in ["id_card", "mobile"] {
                for value in try await fixture.value("SELECT \(column) FROM patients WHERE length(\(column)) > 0").split(separator: "\n") {
                    Array(value.utf8).withUnsafeBytes { needles.add($0, column: column) }
                }
            }
            #expect(try await fixture.migration().seal().rows == 2_000)
            #expect(try await fixture.verify().isSound)
            if isCleared { for statement in Self.clearing { try await server.execute(statement) } }
            let data = server.folder.path("data")
            try await Self.stop(data)

            let report = try RemanenceScanner.scan(data, needles: needles)
            #expect(report.gaps.isEmpty && report.remarks.isEmpty && report.filesScanned > 500)
            #expect(report.columns.map(\.tooShort) == [0, 0] && report.columns.map(\.needles) == [1_715, 1_559])
            print("remanence in PostgreSQL, cleared \(isCleared): \(report.occurrencesByKind) in \(report.bytes >> 20) MiB, \(report.seconds) s")
            if isCleared {
                #expect(report.isClean, "\(report.files)")
            } else {
                #expect(report.columns.map(\.found) == report.columns.map(\.needles))
                #expect(report.occurrencesByKind[.heap] ?? 0 > 1_000 && report.occurrencesByKind[.wal] ?? 0 > 1_000)
            }
        }
    }

    /// Shuts the server down as an operator would (fast mode), and waits until it is down.
    private static func stop(_ data: String) async throws {
        let lock = data + "/postmaster.pid"
        let pid = try #require(pid_t(try String(contentsOfFile: lock, encoding: .utf8).prefix { $0.isNumber }))
        #expect(kill(pid, SIGINT) == 0)
        while FileManager.default.fileExists(atPath: lock) { try await Task.sleep(for: .milliseconds(20)) }
    }
}
