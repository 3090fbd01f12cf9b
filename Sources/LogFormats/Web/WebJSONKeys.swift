/// What the keys of access logs in JSON mean: nginx's and Apache's variables, the names that people give them, Traefik's, ECS's.
struct WebJSONKeys: Sendable {
    enum Role: UInt8, Sendable {
        case client, peer, time, epoch, request, target, path, query, method, status, bytes, allBytes, userAgent, referer, host, server, account
        case forwardedFor, seconds, milliseconds, nanoseconds, ignored
    }

    static let shared = WebJSONKeys()

    private static let names: [(Role, [String])] = [
        (
            .client,
            [
                "remote_addr", "remote_ip", "remoteip", "remote_address", "remoteaddr", "client", "client_ip", "clientip", "client_addr", "ip",
                "remote", "remote_host", "remotehost", "src_ip", "source.ip", "source.address", "client.ip", "clienthost", "clientaddr", "addr", "a",
                "h",
            ]
        ),
        (.peer, ["realip_remote_addr"]),
        (
            .time,
            [
                "time_iso8601", "time_local", "time", "timestamp", "@timestamp", "ts", "date", "datetime", "startutc", "startlocal", "time_stamp",
                "local_time", "logtime", "log_time", "access_time", "request_date",
            ]
        ),
        (.epoch, ["msec", "time_msec", "epoch", "unixtime", "time_unix"]),
        (.request, ["request", "request_line", "req", "http_request"]),
        (.target, ["request_uri", "url", "requestpath", "url.original", "request_url", "http_uri", "requesturi", "uri_full", "full_url"]),
        (.path, ["uri", "path", "request_path", "url.path", "document_uri", "uri_path"]),
        (.query, ["args", "query_string", "query", "url.query", "querystring", "request_query", "uri_query"]),
        (.method, ["request_method", "method", "verb", "requestmethod", "http.request.method", "http_method", "httpmethod"]),
        (
            .status,
            [
                "status", "status_code", "statuscode", "response", "response_code", "response_status", "code", "http_status", "http_status_code",
                "originstatus", "downstreamstatus", "http.response.status_code",
            ]
        ),
        (
            .bytes,
            [
                "body_bytes_sent", "bytes", "size", "response_size", "body_bytes", "bytes_out", "downstreamcontentsize", "http.response.body.bytes",
                "response_length", "resp_size", "content_length_sent",
            ]
        ),
        (.allBytes, ["bytes_sent", "http.response.bytes", "sent_bytes", "total_bytes"]),
        (
            .userAgent,
            ["http_user_agent", "user_agent", "useragent", "agent", "ua", "user_agent.original", "request_user-agent", "user-agent", "httpuseragent"]
        ),
        (.referer, ["http_referer", "referer", "referrer", "http_referrer", "request_referer", "http.request.referrer"]),
        (.host, ["http_host", "host", "vhost", "domain", "requesthost", "url.domain", "virtual_host", "requestaddr"]),
        (.server, ["server_name", "servername", "server"]),
        (.account, ["remote_user", "user", "username", "user_name", "clientusername", "user.name", "remoteuser", "auth_user"]),
        (
            .forwardedFor,
            [
                "http_x_forwarded_for", "x_forwarded_for", "x-forwarded-for", "xff", "forwarded_for", "forwardedfor", "http_x_forward_for",
                "proxy_add_x_forwarded_for", "request_x-forwarded-for", "x_forward_for",
            ]
        ),
        (.seconds, ["request_time", "elapsed", "responsetime", "response_time", "time_taken", "duration_s", "taken"]),
        (.milliseconds, ["duration_ms", "latency_ms", "request_time_ms", "elapsed_ms"]),
        (.nanoseconds, ["event.duration"]),
    ]

    private struct Slot: Sendable {
        var name: [UInt8]
        var role: Role
    }

    private static let mask = 1_023
    private let slots: [Slot]

    private init() {
        var slots = [Slot](repeating: Slot(name: [], role: .ignored), count: Self.mask + 1)
        for (role, names) in Self.names {
            for name in names {
                let bytes = Array(name.utf8)
                var index = bytes.withUnsafeBytes { Self.hash($0) }
                while !slots[index].name.isEmpty { index = (index + 1) & Self.mask }
                slots[index] = Slot(name: bytes, role: role)
            }
        }
        self.slots = slots
    }

    /// Letters in either case.
    func role(_ key: UnsafeRawBufferPointer) -> Role? {
        guard (1...32).contains(key.count) else { return nil }
        var index = Self.hash(key)
        while !slots[index].name.isEmpty {
            if Self.equal(slots[index].name, key) { return slots[index].role }
            index = (index + 1) & Self.mask
        }
        return nil
    }

    private static func hash(_ key: UnsafeRawBufferPointer) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in key { hash = (hash ^ UInt64(lowercased(byte))) &* 0x0100_0000_01B3 }
        return Int(truncatingIfNeeded: (hash ^ hash >> 29) & UInt64(mask))
    }

    private static func equal(_ name: [UInt8], _ key: UnsafeRawBufferPointer) -> Bool {
        guard name.count == key.count else { return false }
        for index in name.indices where name[index] != lowercased(key[index]) { return false }
        return true
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
}
