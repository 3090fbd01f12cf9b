import Foundation

/// One read-only request. Two are the same when their bytes are: it is sent once.
struct HTTPRequest: Hashable, Sendable, ExpressibleByStringLiteral {
    /// With its query; begins with `/`.
    var path: String
    var accept: String
    var field: Field?
    /// Sent as JSON, with POST: only for a protocol that has no other way to read.
    var body: String?
    private var authorization: String?

    struct Field: Hashable, Sendable {
        var name: String
        var value: String
    }

    init(_ path: String, accept: String = "application/json, text/html;q=0.9, */*;q=0.8", field: Field? = nil, body: String? = nil) {
        self.path = path
        self.accept = accept
        self.field = field
        self.body = body
    }

    init(stringLiteral path: String) { self.init(path) }

    /// `GET /path`: only ever a path that stands in this program.
    var name: String { "\(method) \(path)" }
    private var method: String { body == nil ? "GET" : "POST" }

    /// The same request to another place on the same server.
    func moved(to path: String) -> HTTPRequest {
        var request = self
        request.path = path
        return request
    }

    /// With HTTP's Basic scheme (RFC 7617).
    func authorized(by account: DefaultAccount) -> HTTPRequest {
        var request = self
        request.authorization = "Basic " + Data("\(account.user):\(account.password)".utf8).base64EncodedString()
        return request
    }

    func bytes(for peer: ProbePeer) -> [UInt8] {
        var lines = [
            "\(method) \(path) HTTP/1.1", "Host: \(Self.host(peer))", "User-Agent: suwen", "Accept: \(accept)", "Accept-Encoding: identity",
            "Connection: close",
        ]
        if let field { lines.append("\(field.name): \(field.value)") }
        if let authorization { lines.append("Authorization: \(authorization)") }
        if let body { lines += ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"] }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")).utf8)
    }

    /// RFC 9110 7.2: the port is left out where it is the scheme's own. Nothing that could end the line gets into it.
    private static func host(_ peer: ProbePeer) -> String {
        let plain = peer.host.utf8.filter { $0 > 0x20 && $0 < 0x7F }
        let name = String(decoding: plain, as: UTF8.self)
        let host = name.contains(":") && !name.hasPrefix("[") ? "[\(name)]" : name
        return peer.port == 80 || peer.port == 443 ? host : "\(host):\(peer.port)"
    }
}
