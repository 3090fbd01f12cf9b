import Foundation
import Testing

/// `suwen keys`, run as a user runs it.
@Suite("The keys command")
struct KeyringIntegrationTests {
    private static let secrets = ["SUWEN_TEST_OLD": "correct horse battery", "SUWEN_TEST_NEW": "another long passphrase"]

    private func keys(_ arguments: String..., in folder: URL, secret: String = "SUWEN_TEST_OLD") async throws -> SuwenProcess.Outcome {
        let outcome = try await SuwenProcess.run(
            ["keys"] + arguments + ["--passphrase-from", "env:\(secret)", "--json"], environment: Self.secrets, in: folder)
        for passphrase in Self.secrets.values { #expect(!(outcome.outputText + outcome.errorText).contains(passphrase)) }
        return outcome
    }

    private func ids(_ outcome: SuwenProcess.Outcome) throws -> [String] {
        let entries = try #require(try outcome.json()["keys"] as? [[String: Any]])
        return entries.compactMap { $0["id"] as? String }
    }

    @Test("a keyring lives through creation, keys, rotation, destruction, backup and a change of passphrase")
    func story() async throws {
        try await TemporaryFolder.with { folder in
            #expect(try await keys("create", "k", in: folder).exitCode == 0)
            #expect(try await keys("create", "k", in: folder).exitCode == 2)
            let made = try await keys("new", "k", "--column", "public.patients.姓名", "--algorithm", "sm4-gcm", in: folder)
            let document = try made.json()
            #expect(document["schema"] as? String == "suwen.keys/1")
            let id = try #require(document["key"] as? String)
            #expect(try await keys("rotate", "k", "--column", "public.patients.姓名", in: folder).exitCode == 0)
            #expect(try await keys("rotate", "k", "--kek", in: folder).exitCode == 0)

            let dry = try await keys("destroy", "k", id, "--by", "张三", "--why", "保存期满", in: folder)
            #expect(try dry.exitCode == 0 && dry.json()["dryRun"] as? Bool == true)
            #expect(try await keys("enable", "k", id, in: folder).exitCode == 0)
            #expect(try await keys("destroy", "k", id, "--by", "张三", "--why", "保存期满", "--yes", in: folder).exitCode == 0)
            let refused = try await keys("enable", "k", id, in: folder)
            #expect(refused.exitCode == 2 && refused.errorText.contains("张三"))

            #expect(try await keys("backup", "k", "copy", in: folder).exitCode == 0)
            #expect(try await keys("rotate", "k", "--root", "--new-passphrase-from", "env:SUWEN_TEST_NEW", in: folder).exitCode == 0)
            #expect(try await keys("list", "k", in: folder).exitCode == 2)
            let listed = try await keys("list", "k", in: folder, secret: "SUWEN_TEST_NEW")
            let copied = try await keys("list", "copy", in: folder)
            #expect(try ids(listed).count == 2 && ids(listed) == ids(copied))
        }
    }

    @Test("public information needs no passphrase, and says that it isn't verified")
    func publicInformation() async throws {
        try await TemporaryFolder.with { folder in
            _ = try await keys("create", "k", in: folder)
            let outcome = try await SuwenProcess.run(["keys", "export-public-info", "k", "--json"], in: folder)
            #expect(try outcome.exitCode == 0 && outcome.json()["verified"] as? Bool == false)
        }
    }

    @Test("a process killed while it writes leaves the old keyring or the new one, whole")
    func killed() async throws {
        try await TemporaryFolder.with { folder in
            let unlock = ["--key-file", "f", "--json"]
            #expect(try await SuwenProcess.run(["keys", "create", "k", "--make-key-file"] + unlock, in: folder).exitCode == 0)
            var (last, killed, runs) = (0, 0, 0)
            let temporary = folder.appendingPathComponent(".k.new").path
            while killed < 10, runs < 200 {
                runs += 1
                let process = Process()
                process.executableURL = SuwenProcess.executable
                process.arguments = ["keys", "new", "k", "--column", "column \(runs)"] + unlock
                process.currentDirectoryURL = folder
                process.standardOutput = FileHandle.nullDevice
                process.standardError = FileHandle.nullDevice
                // What the last one left would be taken for this one's.
                unlink(temporary)
                try process.run()
                // The instant to kill at: the temporary file is there, the rename is still to come or just done.
                while process.isRunning, access(temporary, F_OK) != 0 {}
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                let wasKilled = process.terminationReason == .uncaughtSignal
                if wasKilled { killed += 1 }
                let count = try ids(try await SuwenProcess.run(["keys", "list", "k"] + unlock, in: folder)).count
                #expect(count == last + 1 || wasKilled && count == last)
                last = count
            }
            #expect(killed == 10)
        }
    }
}
