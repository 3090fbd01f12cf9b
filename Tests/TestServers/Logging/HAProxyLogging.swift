import Foundation

/// An HAProxy in front of the portal: `syslog` is what it sends by UDP as rsyslog files it, `raw` what it writes to its output in a container.
package enum HAProxyLogging {
    package static func with<Result>(isolation: isolated (any Actor)? = #isolation, _ body: (LoggingServer) async throws -> Result) async throws
        -> Result
    {
        try await VulnerablePortal.with { portal in
            let user = try SystemUser.ifRoot("nobody")
            let folder = try ServerFolder(name: "haproxy-logging", user: user)
            defer { folder.remove() }
            let logs = ["syslog": folder.path("haproxy.log"), "raw": folder.path("raw.log")]
            let receiver = try SyslogReceiver(udp: logs["syslog"] ?? "")
            defer { receiver.stop() }
            return try await ServerLife.with(
                "haproxy", signal: SIGTERM,
                launch: { port in
                    let file = try folder.put([configuration(port, portal, syslog: receiver.port)], at: "haproxy.cfg")
                    let script = "exec /usr/sbin/haproxy -db -f \(file) >>\(folder.path("raw.log"))"
                    return try await ServerProcess.start("/bin/sh", ["-c", script], as: user, in: folder)
                },
                isReady: { LoopbackHTTP.isStatus(200, "/", port: $0) },
                body: { try await body(LoggingServer(port: $0, folder: folder, logs: logs)) })
        }
    }

    private static func configuration(_ port: UInt16, _ portal: UInt16, syslog: UInt16) -> String {
        """
        global
          log 127.0.0.1:\(syslog) local0
          log stdout format raw local1
        defaults
          mode http
          log global
          option httplog
          timeout connect 5s
          timeout client 30s
          timeout server 30s
        frontend clinic
          bind 127.0.0.1:\(port)
          capture request header User-Agent len 128
          capture request header X-Forwarded-For len 64
          default_backend portal
        backend portal
          server one 127.0.0.1:\(portal)
        """
    }
}
