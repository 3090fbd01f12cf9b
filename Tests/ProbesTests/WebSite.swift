import Probes
import TestSupport
import Testing

/// A web server made of pages: whatever else is asked for isn't there.
struct WebSite: Sendable {
    /// Whole responses by path; `POST /path` for the one method that isn't GET.
    var pages: [String: String]
    var missing = WebSite.page("404 Not Found", "nothing here", type: "text/plain")

    func response(to request: [UInt8]) -> String {
        let line = String(decoding: request.prefix { $0 != 0x0D }, as: UTF8.self).split(separator: " ").map(String.init)
        guard line.count == 3 else { return WebSite.page("400 Bad Request", "") }
        return pages[line[0] == "GET" ? line[1] : "\(line[0]) \(line[1])"] ?? missing
    }

    var peer: PretendPeer { PretendPeer { request, _, _ in .bytes(Array(response(to: request).utf8)) } }

    static func page(_ status: String, _ body: String, type: String = "text/html; charset=utf-8", headers: [String] = []) -> String {
        Replies.HTTP.response(status, body, type: type, headers: headers)
    }

    static func json(_ body: String, _ status: String = "200 OK", headers: [String] = []) -> String {
        page(status, body, type: "application/json", headers: headers)
    }

    static func html(_ title: String, _ body: String = "", headers: [String] = []) -> String {
        page("200 OK", "<!doctype html><html><head><title>\(title)</title></head><body>\(body)</body></html>", headers: headers)
    }

    static func moved(_ location: String, headers: [String] = []) -> String { page("302 Found", "", headers: ["Location: \(location)"] + headers) }

    static func refused(_ realm: String? = nil, _ body: String = "", type: String = "application/json") -> String {
        page("401 Unauthorized", body, type: type, headers: realm.map { ["WWW-Authenticate: Basic realm=\"\($0)\""] } ?? [])
    }

    static let forbidden = json(#"{"error":"forbidden"}"#, "403 Forbidden")
    /// What Go answers to a path that nobody serves.
    static let goNotFound = page("404 Not Found", "404 page not found\n", type: "text/plain; charset=utf-8")
}

/// One site, and what must be made of it.
struct WebCase: Sendable, CustomTestStringConvertible {
    var name: String
    var service: Service
    var site: WebSite
    var authentication: ServiceReading.Authentication
    var key: String?
    var version: String?
    var testDescription: String { "\(service.name): \(name)" }

    init(
        _ name: String, _ service: Service, _ pages: [String: String], missing: String? = nil, _ authentication: ServiceReading.Authentication,
        _ key: String?, version: String? = nil
    ) {
        self.name = name
        self.service = service
        site = WebSite(pages: pages)
        if let missing { site.missing = missing }
        self.authentication = authentication
        self.key = key
        self.version = version
    }

    /// With the expectation that the port gives, or as any HTTP port.
    func run(expected: Service? = nil) -> ProbeRun {
        ProbeRun.talk(.http(expecting: expected), site.peer)
    }

    /// The same as a script, for the tests that cut and change every reply.
    var script: ProbeCase {
        let replies = run(expected: service).sent.map { site.response(to: $0) }
        return ProbeCase(name, service, texts: replies, authentication, key)
    }

    static let all: [WebCase] = healthCare + stores + vectors + middleware + clusters + operations + consoles
}
