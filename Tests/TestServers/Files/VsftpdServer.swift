import Foundation

/// A vsftpd of its own for one test: anonymous users may read one folder, or nobody without an account may.
package struct VsftpdServer: ScannedServer {
    private let server: RunningServer

    package static func with(_ variant: ServerVariant, _ body: (VsftpdServer) async throws -> Void) async throws {
        try await RunningServer.with(
            "vsftpd", variant,
            configure: { folder, ports in
                try folder.makeFolder("root")
                try folder.makeFolder("root/reports")
                try folder.put(["ward 7"], at: "root/reports/visits.csv")
                let lines = [
                    "listen=YES", "background=NO", "listen_address=\(Loopback.host)", "listen_port=\(ports[0])", "pasv_address=\(Loopback.host)",
                    // Not root: it neither changes its root folder nor its user.
                    "run_as_launching_user=YES", "secure_chroot_dir=\(try folder.makeFolder("empty"))", "write_enable=NO",
                    "anonymous_enable=\(variant.needsLogin ? "NO" : "YES")", "local_enable=\(variant.needsLogin ? "YES" : "NO")",
                    "anon_root=\(folder.path("root"))", "delay_failed_login=0", "max_login_fails=1", "xferlog_enable=YES", "log_ftp_protocol=YES",
                    "vsftpd_log_file=\(folder.path("log"))",
                ]
                return ServerProgram(path: "/usr/sbin/vsftpd", arguments: [try folder.put(lines, at: "vsftpd.conf")])
            },
            isReady: { Loopback.exchange(port: $0[0], request: "")?.starts(with: "220 ".utf8) == true },
            { try await body(VsftpdServer(server: $0)) })
    }

    package var expectations: [ServiceExpectation] { [ServiceExpectation("ftp", port: server.port, server.variant)] }

    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        snapshot.addFiles(below: server.folder.path("root"))
        snapshot.addFile(server.folder.path("vsftpd.conf"), as: "vsftpd.conf")
        return snapshot
    }

    package func commandLog() async throws -> [String] {
        let mark = "SUWENTESTS\(UInt64.random(in: .min ... .max))"
        let text = try await server.log({ server.folder.text(of: "log") }, until: mark) {
            let conversation = try LoopbackConversation(port: server.port)
            _ = try conversation.readLine()
            try conversation.send("\(mark)\r\n")
            _ = try conversation.readLine()
        }
        return text.split(separator: "\n").filter { !$0.contains("SUWENTESTS") }.compactMap { line in
            line.firstMatch(of: /FTP command: Client "[^"]*", "(.*)"$/).map { String($0.1) }
        }
    }
}
