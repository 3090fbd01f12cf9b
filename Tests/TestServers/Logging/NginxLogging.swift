import Foundation

/// An nginx in front of the portal that writes every form of access log at once. `X-Forwarded-For` is believed in by `combined` only, as the module
/// ngx_http_realip does it; the others hold the peer and the header.
package enum NginxLogging {
    /// Of the log `custom`: nginx's packaged `main`, with the time that a request took and the peer as it was.
    package static let custom =
        #"$realip_remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" "#
        + #""$http_x_forwarded_for" rt=$request_time"#

    package static func with<Result>(isolation: isolated (any Actor)? = #isolation, _ body: (LoggingServer) async throws -> Result) async throws
        -> Result
    {
        try await VulnerablePortal.with { portal in
            let user = try SystemUser.ifRoot("nobody")
            let folder = try ServerFolder(name: "nginx-logging", user: user)
            defer { folder.remove() }
            try folder.makeFolder("temporary")
            let accounts = try folder.put([try await WebPassword.line(in: folder)], at: "htpasswd")
            var logs: [String: String] = [:]
            for name in ["combined", "custom", "json", "error"] { logs[name] = folder.path("\(name).log") }
            return try await ServerLife.with(
                "nginx", signal: SIGQUIT,
                launch: { port in
                    let file = try folder.put([configuration(folder, port, portal, accounts)], at: "nginx.conf")
                    let arguments = ["-p", folder.url.path, "-e", folder.path("error.log"), "-c", file]
                    return try await ServerProcess.start("/usr/sbin/nginx", arguments, as: user, in: folder)
                },
                isReady: { LoopbackHTTP.isStatus(204, "/ready", port: $0) },
                body: { try await body(LoggingServer(port: $0, folder: folder, logs: logs)) })
        }
    }

    private static func configuration(_ folder: ServerFolder, _ port: UInt16, _ portal: UInt16, _ accounts: String) -> String {
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(folder.path("temporary/\($0)"));" }
        let keys = [
            ("time", "time_iso8601"), ("remote_addr", "realip_remote_addr"), ("x_forwarded_for", "http_x_forwarded_for"), ("user", "remote_user"),
            ("request", "request"), ("status", "status"), ("body_bytes_sent", "body_bytes_sent"), ("request_time", "request_time"),
            ("http_referer", "http_referer"), ("http_user_agent", "http_user_agent"), ("host", "host"),
        ]
        let json = keys.map { #""\#($0)":"$\#($1)""# }.joined(separator: ",")
        return """
            daemon off; master_process off; pid \(folder.path("pid")); error_log \(folder.path("error.log")) info;
            events { worker_connections 64; }
            http {
              log_format custom '\(custom)';
              log_format json escape=json '{\(json)}';
              \(temporary.joined(separator: " "))
              set_real_ip_from 127.0.0.1; real_ip_header X-Forwarded-For;
              server {
                listen \(Loopback.host):\(port);
                access_log \(folder.path("combined.log")) combined; access_log \(folder.path("custom.log")) custom;
                access_log \(folder.path("json.log")) json;
                location = /ready { access_log off; return 204; }
                location /static/ { root \(folder.path("web")); }
                location /admin/ { auth_basic clinic; auth_basic_user_file \(accounts); proxy_pass http://127.0.0.1:\(portal); }
                location / { proxy_pass http://127.0.0.1:\(portal); }
              }
            }
            """
    }
}

/// The account of the web servers' own login.
enum WebPassword {
    static func line(in folder: ServerFolder) async throws -> String {
        let hash = try await ServerProcess.run("/usr/bin/openssl", ["passwd", "-apr1", VulnerablePortal.password], in: folder)
        return "\(VulnerablePortal.user):\(hash.trimmingCharacters(in: .whitespacesAndNewlines))"
    }
}
