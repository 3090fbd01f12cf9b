import Foundation
import Glibc
import TestServers
import Testing

/// `suwen scan` as a user runs it.
@Suite("The scan command")
struct ScanCommandTests {
    @Test(
        "bad input gets one line that says what is wrong, and exit code 2",
        arguments: [
            (["127.0.0.1"], "--scope"), (["127.0.0.1", "--scope", "10.0.0.1/8"], "bits beyond the prefix"),
            (["127.0.0.1", "--scope", "127.0.0.1", "--ports", "0"], "--ports"),
            (["127.0.0.1", "--scope", "127.0.0.1", "--ports", "80-22"], "--ports"),
            (["127.0.0.1/8", "--scope", "127.0.0.0/8"], "127.0.0.1/8"), (["::/64", "--scope", "::/0"], "IPv6"),
            (["300.1.1.1", "--scope", "127.0.0.1"], "300.1.1.1"), (["nowhere.yaml"], "nowhere.yaml"),
            (["127.0.0.1", "--scope", "127.0.0.1", "--templates", "/nowhere"], "/nowhere"),
            (["127.0.0.1", "--scope", "127.0.0.1", "--weaknesses", "/nowhere"], "/nowhere"), (["127.0.0.1", "--scope", ""], "permits nothing"),
        ] as [([String], String)])
    func badInput(_ arguments: [String], _ word: String) async throws {
        let outcome = try await SuwenProcess.run(["scan"] + arguments)
        #expect(outcome.exitCode == 2)
        #expect(outcome.errorText.contains(word))
        #expect(outcome.errorText.split(separator: "\n").count == 1)
        #expect(outcome.output.isEmpty)
    }

    @Test("--jsonl and --sarif hold the same findings as --json, and --fail-on says so by its exit code")
    func forms() async throws {
        try await RedisServer.with { server in
            let common = ["scan", "127.0.0.1", "--scope", "127.0.0.1", "--ports", "\(server.port)", "--from", "outside"]
            let document = try await SuwenProcess.run(common + ["--json"]).json()
            let findings = (document["findings"] as? [[String: Any]] ?? []).compactMap { $0["fingerprint"] as? String }
            #expect(findings.count >= 2)
            let lines = try await SuwenProcess.run(common + ["--jsonl"]).outputText.split(separator: "\n").map {
                try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
            }
            #expect(lines.filter { $0["type"] as? String == "finding" }.compactMap { $0["fingerprint"] as? String } == findings)
            #expect(lines.last?["type"] as? String == "coverage")
            let sarif = try await SuwenProcess.run(common + ["--sarif"]).json()
            let results = ((sarif["runs"] as? [[String: Any]])?.first?["results"] as? [[String: Any]]) ?? []
            #expect(results.count == findings.count)
            #expect(try await SuwenProcess.run(common + ["--fail-on", "critical"]).exitCode == 1)
        }
    }

    @Test("a scan that was killed goes on where it was, and comes to the same; the journal goes when it is done")
    func resume() async throws {
        try await TemporaryFolder.with { folder in
            let journal = folder.appendingPathComponent("scan.journal").path
            // Addresses of this machine, of which nobody but the test needs anything.
            let common = ["scan", "127.9.9.0/26", "--scope", "127.9.9.0/26", "--ports", "1-50", "--ports-only", "--json", "--journal", journal]
            let whole = try await SuwenProcess.run(common).json()["coverage"] as? [String: Any] ?? [:]
            #expect(whole["probed"] as? Int == 3_200)
            #expect(!FileManager.default.fileExists(atPath: journal))

            let run = try SuwenRun(common + ["--rate", "400"], in: folder)
            while Self.lines(journal) < 4, run.isRunning { try await Task.sleep(for: .milliseconds(20)) }
            kill(run.identifier, SIGKILL)
            #expect(try await run.end().isKilled)
            let kept = Self.lines(journal) - 1
            #expect(kept >= 3)
            // As a kill in the middle of a line leaves it.
            if let handle = FileHandle(forWritingAtPath: journal) {
                _ = try handle.seekToEnd()
                try handle.write(contentsOf: Data("0 127.9.9.63 1".utf8))
                try handle.close()
            }
            let other = try await SuwenProcess.run(common + ["--resume", "--scope", "127.9.10.0/29"])
            #expect(other.exitCode == 2)
            #expect(other.errorText.contains("other targets"))
            let resumed = try await SuwenProcess.run(common + ["--resume"]).json()["coverage"] as? [String: Any] ?? [:]
            for key in ["probed", "open", "closed", "filtered", "unexamined"] { #expect(resumed[key] as? Int == whole[key] as? Int) }
            #expect(!FileManager.default.fileExists(atPath: journal))
        }
    }

    private static func lines(_ path: String) -> Int {
        FileManager.default.contents(atPath: path)?.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) } ?? 0
    }

    @Test("with 64 descriptors a scan is slower, and comes to the same")
    func descriptors() async throws {
        try await RedisServer.with { redis in
            try await MemcachedServer.with { memcached in
                let arguments = [
                    "scan", "127.0.0.1", "--scope", "127.0.0.1", "--ports", "\(redis.port),\(memcached.port),1-300", "--json",
                ]
                let whole = try await SuwenProcess.run(arguments).json()
                let limited = try await SuwenProcess.run(
                    URL(fileURLWithPath: "/bin/sh"), ["-c", "ulimit -n 64 && exec \"$@\"", "sh", SuwenProcess.executable.path] + arguments
                ).json()
                func services(_ document: [String: Any]) -> [String] {
                    (document["services"] as? [[String: Any]] ?? []).map {
                        "\($0["port"] ?? "") \($0["service"] ?? "") \($0["authentication"] ?? "")"
                    }
                }
                #expect(services(whole).count >= 2)
                #expect(services(limited) == services(whole))
                let coverage = limited["coverage"] as? [String: Any] ?? [:]
                #expect(coverage["unexamined"] as? Int == 0)
                #expect(coverage["probed"] as? Int == (whole["coverage"] as? [String: Any])?["probed"] as? Int)
            }
        }
    }
}
