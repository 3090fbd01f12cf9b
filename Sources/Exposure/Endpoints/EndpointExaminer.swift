import Estate
import Findings
import Foundation
import Network
package import Probes

/// Asks each declared interface without credentials, and follows its redirects as far as the scope lets it.
struct EndpointExaminer: Sendable {
    let fetcher: HTTPFetcher
    private static let mostRedirects = 5

    init(_ fetcher: HTTPFetcher) { self.fetcher = fetcher }

    func examine(_ endpoint: Endpoint, scope: Scope) async -> EndpointReading {
        var url = endpoint.url
        var isCleartext = false
        var isAnswered = false
        func reading(_ authentication: ServiceReading.Authentication, _ evidence: Message) -> EndpointReading {
            EndpointReading(endpoint, authentication, evidence, isCleartext: isCleartext, isAnswered: isAnswered)
        }
        for hop in 0...Self.mostRedirects {
            let reply: EndpointReply
            switch await fetch(url, scope) {
            case .success(let answer): reply = answer
            case .failure(.scope(let error)):
                return reading(.unknown, hop == 0 ? error.message : Message("exposure.redirect-out-of-scope", ["host": .text(Self.name(url))]))
            case .failure(.fetch(let failure)): return reading(.unknown, Self.message(failure, url))
            }
            isAnswered = true
            let next = reply.isRedirect ? reply.location.flatMap { URL(string: $0, relativeTo: url)?.absoluteURL } : nil
            // Sending plain callers on to TLS is right; answering them is not.
            if url.scheme?.lowercased() == "http", next?.scheme?.lowercased() != "https" { isCleartext = true }
            guard let next else {
                let evidence = reply.authentication == .notRequired ? reply.evidence : Self.message(reply)
                return reading(reply.authentication, evidence)
            }
            guard let scheme = next.scheme?.lowercased(), scheme == "http" || scheme == "https", next.host != nil else {
                return reading(.unknown, Message("exposure.redirect-elsewhere", ["status": .text("\(reply.status)")]))
            }
            if EndpointReply.isLogin(next) { return reading(.required, Message("exposure.redirect-login", ["status": .text("\(reply.status)")])) }
            url = next
        }
        return reading(.unknown, Message("exposure.too-many-redirects", ["count": .count(Self.mostRedirects)]))
    }

    private enum Failure: Error {
        case scope(ScopeError)
        case fetch(HTTPFetcher.Failure)
    }

    /// From the first of its permitted addresses that takes a connection.
    private func fetch(_ url: URL, _ scope: Scope) async -> Result<EndpointReply, Failure> {
        let isTLS = url.scheme?.lowercased() == "https"
        let host = url.host ?? ""
        guard let port = UInt16(exactly: url.port ?? (isTLS ? 443 : 80)), port > 0 else { return .failure(.scope(.unresolvable(host: host))) }
        let targets: [PermittedAddress]
        do {
            targets = try await scope.resolve(host: host, port: port)
        } catch {
            return .failure(.scope(error))
        }
        var last = HTTPFetcher.Failure.broken
        for target in targets.prefix(4) {
            switch await fetcher.get(url, at: target) {
            case .success(let reply): return .success(reply)
            case .failure(let failure):
                last = failure
                guard case .connect = failure else { return .failure(.fetch(failure)) }
            }
        }
        return .failure(.fetch(last))
    }

    private static func message(_ failure: HTTPFetcher.Failure, _ url: URL) -> Message {
        let facts = ["host": Fact.text(name(url))]
        switch failure {
        case .connect(.refused): return Message("exposure.endpoint-refused", facts)
        case .connect(.exhausted): return Message("exposure.endpoint-exhausted", facts)
        case .connect, .silent: return Message("exposure.endpoint-silent", facts)
        case .tls: return Message("exposure.endpoint-tls", facts)
        case .broken: return Message("exposure.endpoint-broken", facts)
        }
    }

    private static func message(_ reply: EndpointReply) -> Message {
        let status = ["status": Fact.text("\(reply.status)"), "type": .text(reply.contentType)]
        switch (reply.status, reply.shape) {
        case (200..<300, .refusal): return Message("exposure.endpoint-refusal", status)
        case (200..<300, .loginForm): return Message("exposure.endpoint-login-form", status)
        case (200..<300, .empty): return Message("exposure.endpoint-empty", status)
        case (401, _), (403, _), (407, _): return Message("exposure.endpoint-denied", status)
        default: return Message("exposure.endpoint-undecided", status)
        }
    }

    /// Host and port alone: paths and queries may hold people's numbers. After a redirect the host is the peer's word, so it is made harmless.
    private static func name(_ url: URL) -> String { PeerText.host(url.host ?? "") + (url.port.map { ":\($0)" } ?? "") }
}

extension ScopeError {
    /// Why a host was not contacted.
    var message: Message {
        switch self {
        case .outOfScope(let host, let address):
            guard let address, "\(address)" != host else { return Message("exposure.out-of-scope", ["host": .text(host)]) }
            return Message("exposure.out-of-scope-address", ["host": .text(host), "address": .text("\(address)")])
        case .unresolvable(let host): return Message("exposure.unresolvable", ["host": .text(host)])
        }
    }
}
