import Foundation

/// An sshd with an account of its own that logs as Debian's does: through PAM and to /dev/log.
///
/// It runs in a mount namespace of its own, in which /dev/log is the tests' and /etc/passwd and /etc/shadow name one account more. Nothing of that is
/// seen outside of it. Needs root.
package enum SshdLogging {
    package static let user = "liqiang"
    package static let password = "Qiu-Yue-9"

    package static var isPossible: Bool { geteuid() == 0 }

    package static func with<Result>(isolation: isolated (any Actor)? = #isolation, _ body: (LoggingServer) async throws -> Result) async throws
        -> Result
    {
        let folder = try ServerFolder(name: "sshd")
        defer { folder.remove() }
        let logs = ["traditional": folder.path("auth.log"), "modern": folder.path("auth-iso.log")]
        let receiver = try SyslogReceiver(path: folder.path("log"), traditional: logs["traditional"] ?? "", modern: logs["modern"] ?? "")
        defer { receiver.stop() }
        _ = try await ServerProcess.run("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", folder.path("host")], in: folder)
        try await writeAccounts(in: folder)
        return try await ServerLife.with(
            "sshd", signal: SIGTERM,
            launch: { port in
                let file = try folder.put([configuration(folder, port)], at: "sshd_config")
                let script = try folder.put([namespace(folder, configuration: file)], at: "start.sh")
                return try await ServerProcess.start(
                    "/usr/bin/unshare", ["--mount", "--propagation", "private", "/bin/sh", "-e", script], in: folder)
            },
            isReady: { String(decoding: Loopback.exchange(port: $0, request: "") ?? [], as: UTF8.self).hasPrefix("SSH-2.0") },
            body: { try await body(LoggingServer(port: $0, folder: folder, logs: logs)) })
    }

    private static func writeAccounts(in folder: ServerFolder) async throws {
        let hash = try await ServerProcess.run("/usr/bin/openssl", ["passwd", "-6", password], in: folder)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let people = try String(contentsOfFile: "/etc/passwd", encoding: .utf8)
        let secrets = try String(contentsOfFile: "/etc/shadow", encoding: .utf8)
        let passwd = try folder.write(people + "\(user):x:54321:65534::/nonexistent:/bin/true\n", to: "passwd")
        try folder.write(secrets + "\(user):\(hash):20000:0:99999:7:::\n", to: "shadow")
        guard chmod(passwd.path, 0o644) == 0 else { throw TestServerError.system(call: "chmod", code: errno) }
    }

    private static func configuration(_ folder: ServerFolder, _ port: UInt16) -> String {
        """
        Port \(port)
        ListenAddress \(Loopback.host)
        HostKey \(folder.path("host"))
        PidFile none
        UsePAM yes
        PasswordAuthentication yes
        KbdInteractiveAuthentication no
        PubkeyAuthentication no
        MaxStartups 100
        PrintMotd no
        """
    }

    /// A /dev of its own that has what sshd and its sessions need.
    private static func namespace(_ folder: ServerFolder, configuration: String) -> String {
        """
        cd \(folder.url.path)
        mkdir -p dev
        mount -t tmpfs tmpfs dev
        for name in null zero full random urandom tty; do : >dev/$name; mount --bind /dev/$name dev/$name; done
        mkdir dev/pts dev/shm
        mount --bind /dev/pts dev/pts
        ln -s pts/ptmx dev/ptmx
        ln -s \(folder.path("log")) dev/log
        mount --rbind dev /dev
        mount --bind passwd /etc/passwd
        mount --bind shadow /etc/shadow
        mount -t tmpfs tmpfs /run
        mkdir -m 755 /run/sshd
        exec /usr/sbin/sshd -D -f \(configuration)
        """
    }
}
