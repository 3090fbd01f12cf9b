import Foundation
import TestServers
import Testing

/// Sealing, rotating and unsealing while four writers are at work and everything is killed.
@Suite("Sealing and kill -9", .serialized)
struct SealCrashTests {
    /// `SUWEN_TEST_SEED` repeats a run's choices, though not the machine's.
    private static let seed = ProcessInfo.processInfo.environment["SUWEN_TEST_SEED"].flatMap { UInt64($0) } ?? .random(in: 1...999_999)

    @Test(
        "Nothing that writers committed is lost, sealed twice or left in plaintext by 50 kills of Suwen and 10 of the server",
        .timeLimit(.minutes(10)))
    func kills() async throws {
        try await SealScene.with(rows: 60_000) { scene in
            var random = SeededGenerator(seed: Self.seed)
            try await seal(scene, &random)
            try await rotate(scene, &random)
            try await unseal(scene, &random)
        }
    }

    private func seal(_ scene: SealScene, _ random: inout SeededGenerator) async throws {
        let writers = try OracleWriters(scene.server, rows: scene.rows, phase: 1, seed: Self.seed)
        let kills = try await writers.during {
            try await scene.kill(scene.seal(), times: 50, serverTimes: 10, &random)
        }
        #expect(kills.program == 50 && kills.server == 10)
        #expect(kills.inSweep >= 30, "\(kills)")
        let report = try await scene.run(scene.seal())
        let verified = try await scene.run(scene.command(["seal", "verify"]))
        #expect(verified["plaintext"] as? Int == 0 && verified["failed"] as? Int == 0 && verified["wrongIndexes"] as? Int == 0)
        #expect(try await scene.plaintext() == 0)
        // Opened in a copy of the database: the table itself stays sealed for what comes next.
        try await scene.server.execute("CREATE DATABASE opened TEMPLATE postgres", database: "template1")
        _ = try await scene.run(scene.command(["unseal"], database: "opened"))
        let twice = try await scene.sealed(database: "opened")
        let compared = try await scene.compare(database: "opened")
        try await scene.server.execute("DROP DATABASE opened", database: "template1")
        #expect(twice == 0 && compared.different == 0)
        let figures = writers.total
        #expect(figures.lost == 0 && figures.inserts > 0 && figures.updates > 0 && figures.deletes > 0)
        print(
            """
            seal, seed \(Self.seed): \(Self.text(kills)); \(Self.text(figures)); last run: \(report["sealed"] ?? 0) cells sealed, \
            \(report["conflictsRetried"] ?? 0) conflicts; \(compared.rows) rows compared, \(compared.different) different, \(twice) sealed twice, \
            \(verified["verified"] ?? 0) cells opened, \(verified["plaintext"] ?? 0) in plaintext
            """)
    }

    private func rotate(_ scene: SealScene, _ random: inout SeededGenerator) async throws {
        let before = try await scene.generations()
        let old = try #require(before.keys.first)
        #expect(before.count == 1)
        try await scene.keys(["rotate", "--column", "public.patients.name"])
        let writers = try OracleWriters(scene.server, rows: scene.rows, phase: 2, seed: Self.seed)
        let (kills, meanwhile, report, read) = try await writers.during {
            var kills = try await scene.kill(scene.command(["rotate"]), times: 0, serverTimes: 2, &random)
            let (run, meanwhile, read) = try await scene.holding(id: 5) {
                try await killHalfWay(scene)
                kills += try await scene.kill(scene.command(["rotate"]), times: 10, serverTimes: 0, &random)
                let meanwhile = try await scene.generations()
                // Both are read while the rotation goes on.
                let run = try SuwenRun(scene.command(["rotate"]), in: scene.folder)
                return (run, meanwhile, try await scene.suwen(scene.command(["seal", "verify"])))
            }
            let end = try await run.end()
            #expect(end.status == 0, "\(end.errors)")
            return (kills, meanwhile, try end.json(), try read.json())
        }
        #expect(meanwhile.count == 2 && meanwhile.values.allSatisfy { $0 > 0 }, "\(meanwhile)")
        #expect(read["failed"] as? Int == 0 && (read["verified"] as? Int ?? 0) > scene.rows)
        let after = try await scene.generations()
        #expect(after.count == 1 && after[old] == nil, "\(after)")
        // What writers brought in is sealed under the new generation; the old one isn't needed.
        try await scene.keys(["destroy", old, "--by", "nobody", "--why", "test", "--yes"])
        _ = try await scene.run(scene.seal())
        let verified = try await scene.run(scene.command(["seal", "verify"]))
        #expect(try await scene.plaintext() == 0)
        let figures = writers.total
        #expect(figures.lost == 0)
        print(
            """
            rotate: \(Self.text(kills)); \(Self.text(figures)); half-way \(meanwhile.values.sorted()) cells by generation, of which a reading \
            opened \(read["verified"] ?? 0) cells of all columns and failed at \(read["failed"] ?? 0); last run: \(report["sealed"] ?? 0) cells, \
            \(report["conflictsRetried"] ?? 0) conflicts; after destroying the old generation \(verified["verified"] ?? 0) cells opened
            """)
    }

    private func unseal(_ scene: SealScene, _ random: inout SeededGenerator) async throws {
        let writers = try OracleWriters(scene.server, rows: scene.rows, phase: 3, seed: Self.seed)
        let (kills, report) = try await writers.during {
            let kills = try await scene.kill(scene.command(["unseal"]), times: 10, serverTimes: 2, &random)
            return (kills, try await scene.run(scene.command(["unseal"])))
        }
        let compared = try await scene.compare()
        let left = try await scene.sealed()
        #expect(compared.different == 0 && left == 0)
        #expect(try await scene.number("SELECT count(*) FROM pg_namespace WHERE nspname = 'suwen'") == 0)
        let figures = writers.total
        #expect(figures.lost == 0)
        print(
            """
            unseal: \(Self.text(kills)); \(Self.text(figures)); last run: \(report["sealed"] ?? 0) cells, \
            \(report["conflictsRetried"] ?? 0) conflicts; \(compared.rows) rows compared, \(compared.different) different, \(left) sealed
            """)
    }

    @Test("Beside writers a run comes to its end by enforcing, and from then on their plaintext is refused")
    func enforcement() async throws {
        try await SealScene.with(rows: 5_000) { scene in
            try await scene.server.execute("ALTER TABLE patients ALTER mobile DROP DEFAULT")
            let writers = try OracleWriters(scene.server, rows: scene.rows, phase: 1, seed: Self.seed)
            let report = try await writers.during { try await scene.run(scene.seal(["--enforce"])) }
            let figures = writers.total
            #expect(figures.refused > 0 && figures.committed > 0)
            let verified = try await scene.run(scene.command(["seal", "verify"]))
            #expect(try await scene.plaintext() == 0)
            _ = try await scene.run(scene.command(["unseal"]))
            let compared = try await scene.compare()
            #expect(compared.different == 0)
            print(
                """
                enforce: \(Self.text(figures)), \(figures.refused) refused; \(report["sealed"] ?? 0) cells sealed, \
                \(report["conflictsRetried"] ?? 0) conflicts; \(verified["verified"] ?? 0) opened; \(compared.rows) rows compared, \
                \(compared.different) different
                """)
        }
    }

    @Test("What is left under a generation that was destroyed too early can't be opened, is named by its place, and stays as it is")
    func destroyedEarly() async throws {
        try await SealScene.with(rows: 20_000) { scene in
            _ = try await scene.run(scene.seal(["--batch", "5000"]))
            let old = try #require(try await scene.generations().keys.first)
            try await scene.keys(["rotate", "--column", "public.patients.name"])
            // A row that somebody holds keeps the last batch back.
            let left = try await heldBack(scene, old)
            try await scene.keys(["destroy", old, "--by", "nobody", "--why", "test", "--yes"])
            let verified = try await scene.suwen(scene.command(["seal", "verify"]))
            #expect(try verified.status == 3 && verified.json()["failed"] as? Int == left)
            let failures = try verified.json()["failures"] as? [String] ?? []
            let places = Set(try await scene.value("SELECT 'name of the row at ctid ' || ctid FROM patients").split(separator: "\n").map(String.init))
            #expect(
                !failures.isEmpty
                    && failures.allSatisfy { failure in places.contains { failure.hasPrefix($0 + ":") } && failure.contains("can't be had") })
            for words in [["rotate"], ["unseal"]] {
                let end = try await scene.suwen(scene.command(words))
                #expect(end.status == 2 && end.errors.contains("can't be had"), "\(end.errors)")
            }
            #expect(try await scene.generations()[old] == left)
            print("destroyed early: \(left) of \(scene.rows) cells can't be opened, first: \(failures.first ?? "")")
        }
    }

    /// Kills a rotation that has done a part. How many cells are left under the old generation.
    private func heldBack(_ scene: SealScene, _ old: String) async throws -> Int {
        try await scene.holding(id: 5) { try await killHalfWay(scene) }
        let left = try await scene.generations()[old] ?? 0
        #expect(left > 0 && left < scene.rows)
        return left
    }

    /// Kills a rotation as soon as it has done a part.
    private func killHalfWay(_ scene: SealScene) async throws {
        let run = try SuwenRun(scene.command(["rotate"]), in: scene.folder)
        while run.isRunning, try await scene.generations().count < 2 {}
        kill(run.identifier, SIGKILL)
        #expect(try await run.end().isKilled)
    }

    private static func text(_ kills: SealScene.Kills) -> String {
        "\(kills.program) kills of Suwen and \(kills.server) of the server, \(kills.inSweep) with a sweep under way, \(kills.inTransaction) with a "
            + "transaction open; \(kills.early.count) runs had ended before\(Set(kills.early).sorted().first.map { " (\($0))" } ?? "")"
    }

    private static func text(_ figures: OracleWriters.Figures) -> String {
        "writers: \(figures.inserts) inserts, \(figures.updates) updates, \(figures.deletes) deletes, \(figures.deadlocks) deadlocks, "
            + "\(figures.reconnections) reconnections, \(figures.lost) lost"
    }
}
