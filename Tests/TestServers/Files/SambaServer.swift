import Foundation

/// A Samba of its own for one test, with one share: guests may read it, or nobody without an account gets in.
package struct SambaServer: ScannedServer {
    private let server: RunningServer

    package static func with(_ variant: ServerVariant, _ body: (SambaServer) async throws -> Void) async throws {
        try await RunningServer.with(
            // SIGTERM: smbd ends the processes that it has started.
            "samba", variant, signal: SIGTERM,
            configure: { folder, ports in
                var lines = [
                    "[global]", "interfaces = \(Loopback.host)", "bind interfaces only = yes", "smb ports = \(ports[0])", "workgroup = CLINIC",
                    "server role = standalone server", "guest account = nobody", "load printers = no", "printing = bsd", "disable spoolss = yes",
                    "disable netbios = yes", "log level = 0 smb2:10", "max log size = 0",
                ]
                for (setting, name) in [
                    ("lock directory", "lock"), ("state directory", "state"), ("cache directory", "cache"), ("private dir", "private"),
                    ("pid directory", "pid"), ("ncalrpc dir", "ncalrpc"),
                ] { lines.append("\(setting) = \(try folder.makeFolder(name))") }
                lines += variant.needsLogin ? ["map to guest = never", "restrict anonymous = 2"] : ["map to guest = bad user"]
                lines += [
                    "[reports]", "path = \(try folder.makeFolder("reports"))", "guest ok = \(variant.needsLogin ? "no" : "yes")", "read only = no",
                ]
                let file = try folder.put(["ward 7"], at: "reports/visits.csv")
                // Guests are nobody's owner and in nobody's group.
                for (path, mode) in [(folder.path("reports"), mode_t(0o755)), (file, 0o644)] where chmod(path, mode) != 0 {
                    throw TestServerError.system(call: "chmod", code: errno)
                }
                // It leads a process group already, which it ends as a whole.
                return ServerProgram(
                    path: "/usr/sbin/smbd",
                    arguments: ["-F", "--no-process-group", "--log-basename=\(folder.url.path)", "-s", try folder.put(lines, at: "smb.conf")])
            },
            isReady: { port in
                let reply = Loopback.exchange(port: port[0], request: negotiation)
                return reply?.dropFirst(4).starts(with: [0xFE, 0x53, 0x4D, 0x42]) == true
            },
            { running in
                defer { endHelper(in: running.folder) }
                try await body(SambaServer(server: running))
            })
    }

    /// The process that smbd starts for calls that list shares leaves its group, and would outlive it. Its workers end with it.
    private static func endHelper(in folder: ServerFolder) {
        let text = folder.text(of: "pid/samba-dcerpcd.pid").trimmingCharacters(in: .whitespacesAndNewlines)
        if let identifier = pid_t(text) { kill(identifier, SIGTERM) }
    }

    package var expectations: [ServiceExpectation] { [ServiceExpectation("smb", port: server.port, server.variant)] }

    /// SMB2 NEGOTIATE for dialect 2.0.2 ([MS-SMB2] 2.2.3).
    private static var negotiation: [UInt8] {
        let header: [UInt8] = [0xFE, 0x53, 0x4D, 0x42, 64, 0] + [UInt8](repeating: 0, count: 58)
        let request: [UInt8] = [36, 0, 1, 0, 1, 0, 0, 0] + [UInt8](repeating: 0, count: 28) + [0x02, 0x02]
        return [0, 0, 0, UInt8(header.count + request.count)] + header + request
    }

    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        snapshot.addFiles(below: server.folder.path("reports"))
        snapshot.addFile(server.folder.path("smb.conf"), as: "smb.conf")
        // Accounts, groups and shares that clients can administer.
        for name in ["private/passdb.tdb", "state/group_mapping.tdb", "state/share_info.tdb"] { snapshot.addFile(server.folder.path(name), as: name) }
        return snapshot
    }

    /// The SMB2 requests. What was logged when this is called: each is logged before it is answered.
    package func commandLog() async throws -> [String] {
        server.folder.text(of: "log.smbd").split(separator: "\n").compactMap { line in
            line.firstMatch(of: /request_dispatch: opcode\[SMB2_OP_([A-Z_]+)\]/).map { String($0.1) }
        }
    }
}
