import Findings
import Foundation
import Network

/// Chooses where operations are asked: where the estate says; else on the first of the document's servers that the scope permits; else, as a
/// document behind a proxy names inner addresses, on the server that the document came from.
///
/// A document is its peer's word: a server that it names is no permission. Each request asks the scope once more.
struct ServerChoice {
    private let declared: URL?
    private let place: URL?
    private let servers: [String]
    private let scope: Scope
    private var known: [String: Bool] = [:]
    private(set) var problem: Message?

    init(_ document: OpenAPIDocument, declared: URL?, place: URL?, scope: Scope) {
        self.declared = declared
        self.place = place
        self.scope = scope
        servers = document.servers.isEmpty ? ["/"] : document.servers
    }

    /// Nil when the scope permits none of them.
    mutating func url(of operation: OpenAPIDocument.Operation) async -> URL? {
        guard let base = await base(operation.servers.isEmpty ? servers : operation.servers) else { return nil }
        var text = base.absoluteString
        if let end = text.firstIndex(where: { $0 == "?" || $0 == "#" }) { text = String(text[..<end]) }
        while text.hasSuffix("/") { text.removeLast() }
        guard let url = URL(string: text + operation.target), url.hasSameOrigin(as: base) else { return nil }
        return url
    }

    private mutating func base(_ servers: [String]) async -> URL? {
        if let declared { return declared }
        var first: URL?
        for server in servers.prefix(16) {
            guard let url = URL(string: server, relativeTo: place)?.absoluteURL, ["http", "https"].contains(url.scheme?.lowercased()), url.host != nil
            else {
                continue
            }
            first = first ?? url
            if await isPermitted(url) { return url }
        }
        guard let origin = place.flatMap({ Self.origin(of: $0, path: first?.path ?? "") }), await isPermitted(origin) else {
            if problem == nil { problem = Message("exposure.openapi-no-server") }
            return nil
        }
        return origin
    }

    private static func origin(of place: URL, path: String) -> URL? {
        guard var components = URLComponents(url: place, resolvingAgainstBaseURL: true) else { return nil }
        (components.path, components.query, components.fragment) = (path.isEmpty ? "/" : path, nil, nil)
        return components.url
    }

    private mutating func isPermitted(_ url: URL) async -> Bool {
        let key = "\(url.host ?? "") \(url.effectivePort ?? 0)"
        if let known = known[key] { return known }
        var isPermitted = false
        if let port = url.effectivePort {
            do {
                isPermitted = try await !scope.resolve(host: url.host ?? "", port: port).isEmpty
            } catch {
                problem = problem ?? Message("exposure.openapi-server", ["host": .text(url.safeHost)])
            }
        }
        known[key] = isPermitted
        return isPermitted
    }
}
