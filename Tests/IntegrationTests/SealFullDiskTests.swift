import Foundation
import Glibc
import TestServers
import Testing

/// A disk of a few megabytes that a server's tables lie on.
private struct SmallDisk {
    let path: String

    /// Nil where this account may not mount.
    init?(_ path: String, megabytes: Int, owner: String?) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        var options = "size=\(megabytes)m,mode=700"
        if let entry = owner.flatMap({ getpwnam($0) }) { options += ",uid=\(entry.pointee.pw_uid),gid=\(entry.pointee.pw_gid)" }
        guard mount("tmpfs", path, "tmpfs", 0, options) == 0 else { return nil }
        self.path = path
    }

    func grow(megabytes: Int) throws {
        try #require(mount("tmpfs", path, "tmpfs", UInt(MS_REMOUNT), "size=\(megabytes)m") == 0)
    }

    func unmount() { umount2(path, Int32(MNT_DETACH)) }
}

@Suite("suwen seal on a full disk")
struct SealFullDiskTests {
    @Test("PostgreSQL's disk fills up: one line and exit code 2, nothing is lost, and with room again it goes on", arguments: ["online", "rewrite"])
    func postgreSQL(mode: String) async throws {
        try await PostgreSQLServer.with { server in
            guard let disk = try SmallDisk(server.folder.path("small"), megabytes: 14, owner: geteuid() == 0 ? "postgres" : nil) else { return }
            defer { disk.unmount() }
            let url = "postgresql://\(server.user)@\(server.host):\(server.port)/\(server.database)"
            let environment = ["KEYRING": "a passphrase of nobody"]
            func suwen(_ arguments: [String]) async throws -> SuwenProcess.Outcome { try await SuwenProcess.run(arguments, environment: environment) }
            #expect(try await suwen(["sample", "patients", "--rows", "20000", "--to", url]).exitCode == 0)
            try await server.execute("CREATE TABLESPACE small LOCATION '\(disk.path)'; ALTER TABLE patients SET TABLESPACE small; ANALYZE patients")
            // What a rewrite stages goes there as well.
            try await server.execute("ALTER DATABASE \(server.database) SET default_tablespace = 'small'")
            let before = try await server.execute("SELECT md5(string_agg(p::text, '|' ORDER BY patient_no)) FROM patients p")
            let keyring = server.folder.path("clinic.keyring")
            let keys = ["--keyring", keyring, "--passphrase-from", "env:KEYRING"]
            #expect(try await suwen(["keys", "create", keyring, "--passphrase-from", "env:KEYRING"]).exitCode == 0)
            let run = ["seal", "run", url, "--table", "public.patients", "--column", "name", "--column", "diagnosis", "--mode", mode] + keys
            let full = try await suwen(run)
            #expect(full.exitCode == 2 && full.errorText.split(separator: "\n").count == 1, "\(full.exitCode) \(full.errorText)")
            #expect(full.errorText.contains("53100") || full.errorText.contains("No space left"), "\(full.errorText)")
            #expect(try await server.execute("SELECT count(*) FROM patients").hasPrefix("20000"))

            try disk.grow(megabytes: 200)
            let whole = try await suwen(run + ["--json"])
            #expect(try whole.exitCode == 0 && whole.json()["verified"] as? Int == 40_000, "\(whole.errorText)")
            #expect(try await suwen(["unseal", url, "--table", "public.patients"] + keys).exitCode == 0)
            #expect(try await server.execute("SELECT md5(string_agg(p::text, '|' ORDER BY patient_no)) FROM patients p") == before)
        }
    }
}
