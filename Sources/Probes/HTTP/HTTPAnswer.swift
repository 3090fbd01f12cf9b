import Findings

/// The reply to one request, read for its structure once.
///
/// - Important: holds what the peer sent. Nothing of it is shown but counts, versions (through ``PeerText``) and the status code.
struct HTTPAnswer: Sendable {
    let request: HTTPRequest
    let status: Int
    let headers: [String: String]
    let body: [UInt8]
    /// The body was longer than ``longestBody``: counts are the least that there is.
    let isTruncated: Bool
    /// Nil unless the body is JSON from its first byte to its last, or to where it was cut.
    let json: JSON?
    /// Nil unless the body begins like HTML or XML.
    let markup: Markup?
    /// Where a redirect leads.
    let redirect: HTTPLocation?
    /// The paths that redirects on the way here led to, on this host or another, in order; the last is that of ``redirect``.
    var locations: [String] = []

    /// What is read of a body, in bytes.
    static let longestBody = 64 << 10

    init(_ request: HTTPRequest, _ reply: HTTPReply) {
        self.request = request
        status = reply.status
        headers = reply.headers
        body = reply.body
        isTruncated = reply.isTruncated
        let first = reply.body.first { $0 > 0x20 }
        json = first == UInt8(ascii: "<") ? nil : JSON.read(reply.body, truncated: reply.isTruncated)
        markup = first == UInt8(ascii: "<") || first == 0xEF ? Markup(reply.body) : nil
        redirect =
            [301, 302, 303, 307, 308].contains(reply.status)
            ? reply.headers["location"].flatMap { HTTPLocation($0, from: request.path) } : nil
    }

    var isOK: Bool { status == 200 }
    /// HTTP's own refusal (RFC 9110 15.5.2, 15.5.4).
    var isRefusal: Bool { status == 401 || status == 403 }
    var title: String? { markup?.text("title") }

    /// The body without the space around it, when it is short.
    var shortText: String? {
        guard body.count <= 400 else { return nil }
        let text = body.drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed()
        return String(decoding: Array(text), as: UTF8.self)
    }

    /// A header, or nothing.
    func header(_ name: String) -> String { headers[name] ?? "" }

    func isType(_ type: String) -> Bool { header("content-type").lowercased().prefix { $0 != ";" && $0 != " " } == type }

    /// A redirect on the way here led to this path or below it.
    func led(to prefix: String) -> Bool { locations.contains { $0.hasPrefix(prefix) } }

    /// The realm of a challenge: `Basic realm="…"`.
    var realm: String? {
        let challenge = header("www-authenticate")
        guard let mark = challenge.lowercased().firstMatch("realm=\"") else { return nil }
        return String(challenge.dropFirst(mark).prefix { $0 != "\"" })
    }

    /// `nginx/1.22.1 (Debian)`: the name and the version.
    var server: (name: String?, version: String?) {
        let parts = header("server").split(separator: "/", maxSplits: 1)
        return (PeerText.version(parts.first.map(String.init)), parts.count > 1 ? PeerText.version(String(parts[1])) : nil)
    }

    /// What Go's net/http answers to a path that nobody serves.
    var isPlainNotFound: Bool { status == 404 && shortText == "404 page not found" }
}

extension HTTPAnswer {
    var refused: Message { Message("exposure.refused", ["reply": .text("HTTP \(status)")]) }
    var busy: Message { Message("exposure.busy", ["reply": .text("HTTP \(status)")]) }

    /// The request was answered without authentication.
    var answered: Message { Message("exposure.web-answered", ["request": .text(request.name)]) }

    /// It was, and told of so many things.
    func counted(_ count: Int?, _ thing: HTTPThing) -> Message? {
        guard let count, count >= 0 else { return nil }
        return Message(
            isTruncated ? "exposure.web-counted-at-least" : "exposure.web-counted",
            ["request": .text(request.name), "count": .count(count), "things": .term("exposure.thing-\(thing.rawValue)")])
    }
}

/// What is counted, never named.
enum HTTPThing: String, CaseIterable, Sendable {
    case applications, buckets, classes, collections, containers, cores, dashboards, databases, files, jobs, keys, kernels, models
    case namespaces, pods, queues, repositories, series, services, spaces, workers
}

extension String {
    /// How many characters stand before and in the first `mark`.
    fileprivate func firstMatch(_ mark: String) -> Int? {
        var rest = self[...]
        while !rest.isEmpty {
            if rest.hasPrefix(mark) { return count - rest.count + mark.count }
            rest = rest.dropFirst()
        }
        return nil
    }
}
