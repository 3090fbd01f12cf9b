import Findings
import Foundation
import Network
import Probes

/// One URL asked once, its redirects followed as far as the scope lets them be.
struct Conversation: Sendable {
    var authentication: ServiceReading.Authentication
    /// What proves the verdict; for `unknown`, why there is none.
    var evidence: Message
    /// Some hop was spoken to in plain text, and did not send the caller on to TLS.
    var isCleartext = false
    /// False when no answer was had at all.
    var isAnswered = false
    var hsts = StrictTransportSecurity.unknown
    /// Where it ended.
    var url: URL
    /// The last answer, unless the conversation ended on a redirect.
    var last: Fetched?
    /// Set when there was no answer to the last request.
    var failure: HTTPFetcher.Failure?

    private static let mostRedirects = 5

    /// - Parameter followsLogins: a redirect to a login page is followed as well, instead of being the answer.
    static func hold(
        _ start: URL, _ fetcher: HTTPFetcher, scope: Scope, limit: Int = HTTPFetcher.bodyLimit, followsLogins: Bool = false
    ) async -> Conversation {
        let endless = Message("exposure.too-many-redirects", ["count": .count(mostRedirects)])
        var talk = Conversation(authentication: .unknown, evidence: endless, url: start)
        for hop in 0...mostRedirects {
            let fetched: Fetched
            switch await fetcher.get(talk.url, scope: scope, limit: limit) {
            case .success(let answer): fetched = answer
            case .failure(let failure): return talk.ended(failure, isFirst: hop == 0)
            }
            let reply = fetched.reply
            if talk.hsts == .unknown { talk.hsts = reply.hsts }
            talk.isAnswered = true
            let next = reply.isRedirect ? reply.location.flatMap { URL(string: $0, relativeTo: talk.url)?.absoluteURL } : nil
            // Sending plain callers on to TLS is right; answering them is not.
            if !talk.url.isTLS, next?.isTLS != true { talk.isCleartext = true }
            guard let next else { return talk.ended(fetched) }
            guard let scheme = next.scheme?.lowercased(), scheme == "http" || scheme == "https", next.host != nil else {
                return talk.ended(.unknown, Message("exposure.redirect-elsewhere", ["status": .text("\(reply.status)")]))
            }
            if !followsLogins, EndpointReply.isLogin(next) {
                return talk.ended(.required, Message("exposure.redirect-login", ["status": .text("\(reply.status)")]))
            }
            talk.url = next
        }
        return talk
    }

    private func ended(_ authentication: ServiceReading.Authentication, _ evidence: Message) -> Conversation {
        var talk = self
        talk.authentication = authentication
        talk.evidence = evidence
        return talk
    }

    private func ended(_ fetched: Fetched) -> Conversation {
        let reply = fetched.reply
        var talk = ended(reply.authentication, reply.authentication == .notRequired ? reply.evidence : Self.message(reply))
        talk.last = fetched
        return talk
    }

    private func ended(_ failure: HTTPFetcher.Failure, isFirst: Bool) -> Conversation {
        var talk = ended(.unknown, failure.message(url))
        if case .scope = failure, !isFirst { talk.evidence = Message("exposure.redirect-out-of-scope", ["host": .text(url.safeHost)]) }
        talk.failure = failure
        return talk
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
}

extension HTTPFetcher.Failure {
    func message(_ url: URL) -> Message {
        let facts = ["host": Fact.text(url.safeHost)]
        switch self {
        case .scope(let error): return error.message
        case .connect(.refused): return Message("exposure.endpoint-refused", facts)
        case .connect(.exhausted): return Message("exposure.endpoint-exhausted", facts)
        case .connect, .silent: return Message("exposure.endpoint-silent", facts)
        case .tls: return Message("exposure.endpoint-tls", facts)
        case .broken: return Message("exposure.endpoint-broken", facts)
        }
    }
}

extension URL {
    /// Host and port alone: paths and queries may hold people's numbers. After a redirect the host is the peer's word, so it is made harmless.
    var safeHost: String { PeerText.host(host ?? "") + (port.map { ":\($0)" } ?? "") }
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

extension URL {
    /// The path's last part in letters: `patients` of `/api/patients/1001`; empty when there is none.
    var lastWord: String { pathComponents.last { part in part.count > 2 && !part.contains(where: \.isNumber) } ?? "" }
}
