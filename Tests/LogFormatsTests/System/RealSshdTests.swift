import Foundation
import LogFormats
import TestSupport
import Testing

/// A real sshd, attacked by the real ssh.
@Suite struct RealSshdTests {
    private static let isInstalled = ["/usr/sbin/sshd", "/usr/bin/ssh", "/usr/bin/ssh-keygen"].allSatisfy {
        FileManager.default.isExecutableFile(atPath: $0)
    }
    /// sshd's own demand of root (its service makes the folder).
    private static let canStart = isInstalled && (geteuid() != 0 || access("/run/sshd", F_OK) == 0)

    @Test(.enabled(if: canStart), .timeLimit(.minutes(2)))
    func attemptsAtARealServerAreUnderstood() async throws {
        try await offThePool { try Self.attack() }
    }

    private static func attack() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-sshd-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try SpawnedProgram("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", folder + "/host"]).wait() == 0)
        let port = try freePort()
        let log = folder + "/log"
        let server = try SpawnedProgram(
            "/usr/sbin/sshd",
            [
                "-D", "-f", "/dev/null", "-h", folder + "/host", "-E", log, "-o", "ListenAddress=127.0.0.1", "-o", "Port=\(port)", "-o", "UsePAM=no",
                "-o",
                "PidFile=none", "-o", "MaxAuthTries=2",
            ])
        defer { server.end() }
        while !lines(log).contains(where: { $0.hasPrefix("Server listening") }), server.isRunning { usleep(20_000) }

        try Data("#!/bin/sh\necho wrong\n".utf8).write(to: URL(fileURLWithPath: folder + "/askpass"))
        #expect(chmod(folder + "/askpass", 0o700) == 0)
        for user in ["suwen-nobody", "x from 198.51.100.9 port 1 ssh2"] {
            let client = try SpawnedProgram(
                "/usr/bin/ssh",
                [
                    "-F", "none", "-p", "\(port)", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o",
                    "PreferredAuthentications=password", "-o", "NumberOfPasswordPrompts=2", "-o", "IdentityFile=none", "-l", user, "127.0.0.1",
                    "true",
                ], environment: ["SSH_ASKPASS": folder + "/askpass", "SSH_ASKPASS_REQUIRE": "force"])
            #expect(client.wait() == 255)
        }
        while lines(log).filter({ $0.contains("Too many authentication failures") }).count < 2, server.isRunning { usleep(20_000) }

        let syslog = lines(log).map { "Jan  2 11:04:05 gate sshd[77]: \($0)" }
        let events = try SystemReading("syslog", syslog).events
        let failures = events.filter { $0.action == .login && $0.outcome == .failure }
        #expect(failures.map(\.account) == ["suwen-nobody", "suwen-nobody"] + Array(repeating: "x from 198.51.100.9 port 1 ssh2", count: 2))
        #expect(failures.allSatisfy { $0.client == "127.0.0.1" })
        #expect(events.filter { $0.action == .disconnect && $0.outcome == .failure }.allSatisfy { $0.client == "127.0.0.1" })
        #expect(!events.contains { $0.client == "198.51.100.9" })
    }

    private static func lines(_ path: String) -> [String] {
        ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(whereSeparator: \.isNewline).map(String.init)
    }

    private static func freePort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0 }
        }
        try #require(bound)
        return UInt16(bigEndian: address.sin_port)
    }
}
