import Foundation

/// A TigerVNC server of its own for one test: a small screen that nobody draws on.
package struct VNCServer: ScannedServer {
    private let server: RunningServer

    package static func with(_ variant: ServerVariant, _ body: (VNCServer) async throws -> Void) async throws {
        try await RunningServer.with(
            // SIGTERM, so that it removes its lock. As the tests' user: only root may go without a lock in /tmp.
            "vnc", variant, signal: SIGTERM, asNobody: false,
            configure: { folder, ports in
                var arguments = [
                    ":\(ports[0])", "-rfbport", "\(ports[0])", "-interface", Loopback.host, "-geometry", "64x64", "-depth", "16", "-nolisten", "tcp",
                    "-nolisten", "unix", "-Log", "*:stderr:100",
                ]
                if geteuid() == 0 { arguments.append("-nolock") }
                if variant.needsLogin {
                    arguments += ["-SecurityTypes", "VncAuth", "-PasswordFile", try await passwordFile(in: folder)]
                } else {
                    arguments += ["-SecurityTypes", "None"]
                }
                return ServerProgram(path: "/usr/bin/Xtigervnc", arguments: arguments)
            },
            isReady: { Loopback.exchange(port: $0[0], request: "")?.starts(with: "RFB ".utf8) == true },
            { try await body(VNCServer(server: $0)) })
    }

    /// The password under DES with the key that all VNC programs share: eight bytes.
    private static func passwordFile(in folder: ServerFolder) async throws -> String {
        let plain = try folder.write(ServerVariant.password, to: "plain")
        let file = folder.path("password")
        let options = ["enc", "-des-ecb", "-K", "e84ad660c4721ae0", "-nopad", "-provider", "legacy", "-provider", "default"]
        _ = try await ServerProcess.run("/usr/bin/openssl", options + ["-in", plain.path, "-out", file], in: folder)
        return file
    }

    package var expectations: [ServiceExpectation] { [ServiceExpectation("vnc", port: server.port, server.variant)] }

    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        snapshot.addFile(server.folder.path("password"), as: "password")
        // Each parameter that a client changes is logged.
        snapshot["settings"] = server.folder.output.split(separator: "\n").filter { $0.contains("Config:") }.joined(separator: "\n")
        return snapshot
    }

    /// How far each connection came, by what the server's parts say of it.
    package func commandLog() async throws -> [String] {
        server.folder.output.split(separator: "\n").compactMap { line -> String? in
            guard let match = line.firstMatch(of: /^ (SConnection|VNCSConnST): +(.*)$/), !match.2.hasPrefix("closing") else { return nil }
            return "\(match.2)".replacing(/127\.0\.0\.1::\d+/, with: "client")
        }
    }
}
