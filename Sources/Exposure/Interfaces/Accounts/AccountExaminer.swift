import Cryptography
import Estate
import Findings
import Foundation
import Network
import Probes

/// Asks for an object of the first test account with both accounts, GET only. Redirects aren't followed: a login is sent to no other place.
struct AccountExaminer: Sendable {
    let fetcher: HTTPFetcher

    /// - Parameter anonymous: what the same URL gave without credentials: the control, without which "the same for both" would say nothing.
    func examine(_ endpoint: Endpoint, anonymous: EndpointReading, scope: Scope) async -> AccountReading {
        func unknown(_ message: Message) -> AccountReading { AccountReading(endpoint, .unknown, message) }
        guard endpoint.accounts.count == 2 else { return unknown(Message("exposure.no-accounts")) }
        guard anonymous.authentication != .notRequired else { return unknown(Message("exposure.accounts-open")) }
        guard anonymous.authentication == .required else {
            return unknown(Message("exposure.accounts-no-control", ["why": .message(anonymous.evidence)]))
        }
        let own: Fetched
        switch await ask(endpoint, endpoint.accounts[0], scope) {
        case .success(let fetched): own = fetched
        case .failure(let problem): return unknown(problem.message)
        }
        guard case .records = own.reply.shape else {
            return unknown(Message("exposure.accounts-nothing", ["status": .text("\(own.reply.status)")]))
        }
        let other: Fetched
        switch await ask(endpoint, endpoint.accounts[1], scope) {
        case .success(let fetched): other = fetched
        case .failure(let problem): return unknown(problem.message)
        }
        return judge(endpoint, own, other)
    }

    private func judge(_ endpoint: Endpoint, _ own: Fetched, _ other: Fetched) -> AccountReading {
        let facts: [String: Fact] = ["first": .text("\(own.reply.status)"), "second": .text("\(other.reply.status)")]
        if other.isRefusal { return AccountReading(endpoint, .separated, Message("exposure.accounts-separated", facts)) }
        guard case .records(let count, let fields) = other.reply.shape, !own.reply.isTruncated, !other.reply.isTruncated,
            RecordComparison.areSame(own.body.bytes, other.body.bytes)
        else { return AccountReading(endpoint, .unknown, Message("exposure.accounts-different", facts)) }
        let names = fields.isEmpty ? Fact.term("exposure.not-shown") : .list(fields.map(Fact.text))
        return AccountReading(
            endpoint, .shared, Message("exposure.accounts-shared", facts.merging(["records": .count(count), "fields": names]) { first, _ in first }))
    }

    private struct Problem: Error { var message: Message }

    private func ask(_ endpoint: Endpoint, _ account: TestAccount, _ scope: Scope) async -> Result<Fetched, Problem> {
        let secret: Secret
        do {
            secret = try account.valueFrom.load()
        } catch {
            return .failure(Problem(message: Message("exposure.accounts-no-secret", ["why": .text(error.problem)])))
        }
        // The header's text lives as long as the request: HTTP libraries take nothing else. It is never kept, shown or sent elsewhere.
        guard let value = Self.headerValue(secret) else { return .failure(Problem(message: Message("exposure.accounts-bad-secret"))) }
        switch await fetcher.get(endpoint.url, scope: scope, header: (account.header, value)) {
        case .success(let fetched): return .success(fetched)
        case .failure(let failure): return .failure(Problem(message: failure.message(endpoint.url)))
        }
    }

    /// Visible ASCII and spaces inside (RFC 9110 5.5): a line's end would be another header.
    private static func headerValue(_ secret: Secret) -> String? {
        secret.withBytes { bytes in
            guard let first = bytes.first, first > 0x20, let last = bytes.last, last > 0x20, bytes.count <= 16 << 10,
                bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F })
            else { return nil }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}

extension Fetched {
    /// Says to this account: not for you. 404 is how careful interfaces say it.
    fileprivate var isRefusal: Bool {
        if reply.authentication == .required || reply.status == 404 { return true }
        return reply.isRedirect && reply.location.flatMap { URL(string: $0) }.map(EndpointReply.isLogin) == true
    }
}
