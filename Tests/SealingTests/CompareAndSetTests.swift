import Dispatch
import Sealing
import Synchronization
import TestServers
import Testing

/// Writers who come in between the reading and the writing of a row, in ways that the row's place and key don't show.
@Suite("Compare and set")
struct CompareAndSetTests {
    private static let request = Fixture.request(columns: [SealColumn("name")])

    /// Seals three rows while `writer` comes in; then what names there are.
    private func names(_ writer: @escaping @Sendable (PostgreSQLServer) async throws -> Void) async throws -> String {
        try await PostgreSQLServer.with(settings: ["autovacuum = off"]) { server in
            try await server.execute(Fixture.table + Fixture.rows(3) + "ANALYZE patients;")
            let fixture = Fixture(server: server)
            let moment = Moment(server, writer)
            let report = try await fixture.migration(Self.request, checkpoint: moment.checkpoint).seal()
            try moment.finish()
            #expect(report.sealed >= 3)
            _ = try await fixture.migration(Self.request).unseal()
            return try await fixture.value("SELECT string_agg(name, ' ' ORDER BY id) FROM patients")
        }
    }

    @Test("A row that was changed twice, and lies in its old place again, keeps what its writer wrote")
    func samePlace() async throws {
        let names = try await names { server in
            let place = "SELECT ctid FROM patients WHERE id = 2"
            let before = try await server.execute(place)
            // An indexed column changes too: the old version's place is free after VACUUM, and the first that the next version finds.
            try await server.execute("UPDATE patients SET name = '一', visits = 1 WHERE id = 2")
            try await server.execute("VACUUM patients")
            try await server.execute("UPDATE patients SET name = '二', visits = 2 WHERE id = 2")
            #expect(try await server.execute(place) == before)
        }
        #expect(names == "病人1 二 病人3")
    }

    @Test("A row whose writer commits while the run waits for its lock keeps what the writer wrote")
    func lockedRow() async throws {
        let names = try await names { server in
            // Commits when the run has come to wait for the row, or has given up waiting.
            Task {
                try await server.execute("BEGIN; UPDATE patients SET name = '二' WHERE id = 2; SELECT pg_sleep(0.3); COMMIT")
            }
            while try await server.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'").hasPrefix("0") {}
        }
        #expect(names == "病人1 二 病人3")
    }
}

/// Lets a writer in once, between the reading of a batch's rows and their writing. The run waits for it.
private final class Moment: Sendable {
    private struct Missed: Error {}
    private let server: PostgreSQLServer
    private let writer: @Sendable (PostgreSQLServer) async throws -> Void
    private let outcome = Mutex<Result<Void, any Error>?>(nil)

    init(_ server: PostgreSQLServer, _ writer: @escaping @Sendable (PostgreSQLServer) async throws -> Void) {
        self.server = server
        self.writer = writer
    }

    /// Throws what the writer threw, or when it was never let in.
    func finish() throws { try outcome.withLock { try ($0 ?? .failure(Missed())).get() } }

    var checkpoint: Checkpoint {
        { [self] in
            let done = DispatchSemaphore(value: 0)
            Task { [self] in
                await pass()
                done.signal()
            }
            done.wait()
        }
    }

    private func pass() async {
        guard outcome.withLock({ $0 == nil }) else { return }
        do {
            let hasRead = try await server.execute(
                "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE state = 'idle in transaction' AND query LIKE 'COPY (SELECT ctid, xmin%')")
            guard hasRead.hasPrefix("t") else { return }
            try await writer(server)
            outcome.withLock { $0 = .success(()) }
        } catch {
            outcome.withLock { $0 = .failure(error) }
        }
    }
}
