/// What a field of somebody's JSON means to us, and what it is commonly called.
///
/// Candidates are paths, the earlier the better: Elastic Common Schema, OpenTelemetry and
/// what loggers and gateways write by default.
package enum FieldRole: UInt8, CaseIterable, Sendable {
    case time, client, forwardedFor, account, method, target, host, status, bytes, rows, userAgent, referer, message, program, session
    case database, statement, action, outcome, milliseconds, microseconds, nanoseconds, seconds

    /// As ``LogContext/fieldMap`` names it: `time`, `userAgent`.
    package var name: String { String(describing: self) }

    var candidates: [String] {
        switch self {
        case .time:
            [
                "@timestamp", "timestamp", "time", "ts", "datetime", "date", "time_iso8601", "time_local", "event.created", "eventTime", "log_time",
                "logTime", "created_at", "createTime", "create_time", "date_start", "asctime", "t",
            ]
        case .client:
            [
                "source.ip", "client.ip", "client_ip", "clientIp", "clientip", "remote_addr", "remoteAddr", "remote_ip", "remoteIp", "src_ip",
                "srcIp",
                "source_ip", "sourceIPAddress", "source.address", "client.address", "ip", "ip_address", "ipAddress", "peer", "remote", "addr",
                "client",
                "http.client_ip", "net.peer.ip", "request.remote_ip", "request.client_ip", "httpRequest.remoteIp", "c-ip",
            ]
        case .forwardedFor: ["http_x_forwarded_for", "x_forwarded_for", "xForwardedFor", "forwarded_for", "xff", "X-Forwarded-For"]
        case .account:
            [
                "user.name", "username", "userName", "user", "user_name", "account", "login", "login_name", "loginName", "remote_user", "user_id",
                "userId", "uid", "operator", "principal", "subject", "client.user.name", "enduser.id", "actor",
            ]
        case .method:
            ["http.request.method", "request_method", "method", "httpMethod", "http_method", "verb", "request.method", "httpRequest.requestMethod"]
        case .target:
            [
                "url.original", "request_uri", "requestUri", "uri", "request.uri", "request.url", "url", "path", "url.path", "request_path",
                "requestPath", "http.target", "http.url", "httpRequest.requestUrl", "endpoint", "cs-uri-stem",
            ]
        case .host: ["url.domain", "http_host", "host.name", "host", "server_name", "hostname", "vhost", "request.host"]
        case .status:
            [
                "http.response.status_code", "status", "status_code", "statusCode", "response_status", "code", "http_status", "httpStatus",
                "response.status", "httpRequest.status", "sc-status",
            ]
        case .bytes:
            [
                "http.response.body.bytes", "http.response.bytes", "body_bytes_sent", "bytes_sent", "bytesSent", "bytes", "response_size",
                "responseSize", "response_length", "size", "content_length", "contentLength", "httpRequest.responseSize", "response.bytes",
            ]
        case .rows: ["rows", "row_count", "rowCount", "rows_sent", "rows_returned", "affected_rows", "affectedRows", "num_rows", "result_rows"]
        case .userAgent:
            ["user_agent.original", "http_user_agent", "user_agent", "userAgent", "useragent", "ua", "User-Agent", "httpRequest.userAgent"]
        case .referer: ["http.request.referrer", "http_referer", "referer", "referrer"]
        case .message: ["message", "msg", "log", "text", "event.original", "description"]
        case .program: ["process.name", "program", "app", "application", "service.name", "service", "logger", "component"]
        case .session: ["session.id", "session_id", "sessionId", "session", "trace.id", "connection_id", "request_id", "requestId"]
        case .database: ["db.name", "database", "db", "dbname", "db_name", "schema"]
        case .statement: ["db.statement", "sql", "statement", "query", "sql_text", "sqlText", "command", "cmd", "input", "process.command_line"]
        case .action:
            ["event.action", "action", "eventName", "event_name", "event.category", "event", "event_type", "eventType", "operate", "operation"]
        case .outcome: ["event.outcome", "outcome", "result", "success", "is_success", "isSuccess"]
        case .milliseconds: ["duration_ms", "elapsed_ms", "latency_ms", "took_ms", "responseTime", "response_time_ms", "cost_ms"]
        case .microseconds: ["duration_us", "elapsed_us", "latency_us"]
        case .nanoseconds: ["event.duration", "duration_ns", "latency_ns"]
        case .seconds: ["request_time", "upstream_response_time", "duration_s", "elapsed_s"]
        }
    }
}

/// Finds the role of a field by the bytes of its path.
struct FieldRoles {
    struct Match {
        var role: FieldRole
        /// Less is better.
        var rank: Int
    }

    private struct Candidate {
        var path: [UInt8]
        var match: Match
    }

    private var byHash: [UInt64: [Candidate]] = [:]

    init(_ map: [String: String]) {
        for role in FieldRole.allCases {
            if let named = map[role.name] {
                add(named, Match(role: role, rank: 0))
            } else {
                for (rank, name) in role.candidates.enumerated() { add(name, Match(role: role, rank: rank + 1)) }
            }
        }
    }

    private mutating func add(_ path: String, _ match: Match) {
        let bytes = Array(path.utf8)
        let hash = bytes.withUnsafeBytes { Self.hash($0) }
        byHash[hash, default: []].append(Candidate(path: bytes, match: match))
    }

    /// All that a path may mean: a name that the user maps may be guessed for another role too.
    struct Meaning {
        private var path: [UInt8]
        fileprivate(set) var matches: [Match]

        init(_ path: UnsafeRawBufferPointer, _ roles: FieldRoles) {
            self.path = Array(path.prefix(FieldRoles.pathLimit + 1))
            matches = roles.matches(path)
        }

        @inline(__always)
        func isOf(_ other: UnsafeRawBufferPointer) -> Bool {
            path.withUnsafeBytes { $0.equals(other) } || (other.count > FieldRoles.pathLimit && path.count > FieldRoles.pathLimit)
        }
    }

    /// No candidate is longer; the user's are cut off here.
    fileprivate static let pathLimit = 256

    private func matches(_ path: UnsafeRawBufferPointer) -> [Match] {
        guard path.count <= Self.pathLimit else { return [] }
        return (byHash[Self.hash(path)] ?? []).filter { $0.path.elementsEqual(path) }.map(\.match)
    }

    /// FNV-1a, over the names of a log's own fields: whoever writes those can slow down nothing but a bucket of few.
    private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash
    }
}
