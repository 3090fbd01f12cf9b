import Foundation

/// An Apache in front of the portal. `combined` and `vhost` are as Debian writes them, behind mod_remoteip; `custom` has the peer last.
package enum ApacheLogging {
    /// Of the log `custom`.
    package static let custom = #"%a %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\" %D %{c}a"#

    package static func with<Result>(isolation: isolated (any Actor)? = #isolation, _ body: (LoggingServer) async throws -> Result) async throws
        -> Result
    {
        try await VulnerablePortal.with { portal in
            let user = try SystemUser.ifRoot("nobody")
            let folder = try ServerFolder(name: "apache-logging", user: user)
            defer { folder.remove() }
            try folder.makeFolder("web")
            let accounts = try folder.put([try await WebPassword.line(in: folder)], at: "htpasswd")
            var logs: [String: String] = [:]
            for name in ["combined", "vhost", "custom", "error"] { logs[name] = folder.path("\(name).log") }
            return try await ServerLife.with(
                "apache2", signal: SIGTERM,
                launch: { port in
                    let file = try folder.put([configuration(folder, port, portal, accounts)], at: "apache.conf")
                    return try await ServerProcess.start("/usr/sbin/apache2", ["-X", "-d", folder.url.path, "-f", file], as: user, in: folder)
                },
                isReady: { LoopbackHTTP.isStatus(200, "/", port: $0) },
                body: { try await body(LoggingServer(port: $0, folder: folder, logs: logs)) })
        }
    }

    private static func configuration(_ folder: ServerFolder, _ port: UInt16, _ portal: UInt16, _ accounts: String) -> String {
        let modules = ["mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic", "proxy", "proxy_http", "remoteip"]
        let combined = #"%h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\""#
        return """
            \(modules.map { "LoadModule \($0)_module /usr/lib/apache2/modules/mod_\($0).so" }.joined(separator: "\n"))
            ServerName clinic.example
            Listen \(Loopback.host):\(port)
            PidFile \(folder.path("pid"))
            DefaultRuntimeDir \(folder.url.path)
            Mutex file:\(folder.url.path)
            DocumentRoot \(folder.path("web"))
            ErrorLog \(folder.path("error.log"))
            LogLevel info
            RemoteIPHeader X-Forwarded-For
            RemoteIPInternalProxy 127.0.0.1
            CustomLog \(folder.path("combined.log")) "\(combined)"
            CustomLog \(folder.path("vhost.log")) "%v:%p \(combined)"
            CustomLog \(folder.path("custom.log")) "\(custom)"
            <Location /admin/>
              AuthType Basic
              AuthName clinic
              AuthUserFile \(accounts)
              Require valid-user
            </Location>
            ProxyPass / http://127.0.0.1:\(portal)/
            """
    }
}
