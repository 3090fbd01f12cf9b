import Findings

/// Every product that speaks HTTP: tells it from the others, and proves whether it answers without authentication. The products stand in
/// ``HTTPProducts``, one file each; what answers HTTP and is none of them is recognised as ``Service/http``.
///
/// One request per connection. Only GET is sent (one product has no other way to read than POST), nothing is sent twice, and a server that
/// falls silent or hangs up twice is left alone.
struct HTTPProbe: PasswordProbe {
    static let service = Service.http
    static let speaksInsideTLS = true
    static let connections = 24

    private let peer: ProbePeer
    private var inquiry: HTTPInquiry
    private var request: HTTPRequest
    private var reply = HTTPReply(limit: HTTPAnswer.longestBody)
    private var started = false
    /// A request was sent, and what comes answers it: what comes after the answer is of no interest.
    private var isAwaiting = false
    private var failures = 0
    /// What was read of bodies so far: the end comes before ``ProbeLimits/bytes``, and without losing what is known.
    private var read = 0

    private static let mostFailures = 2
    private static let mostRead = 640 << 10

    static func finds(_ service: Service) -> Bool { service == .http || HTTPProducts.all.contains { $0.service == service } }

    static func defaultAccounts(of service: Service) -> [DefaultAccount] { HTTPProducts.all.first { $0.service == service }?.accounts ?? [] }

    init(_ peer: ProbePeer) { self.init(peer, HTTPInquiry(peer)) }

    init(_ peer: ProbePeer, account: DefaultAccount) { self.init(peer, HTTPInquiry(peer, account: account)) }

    private init(_ peer: ProbePeer, _ inquiry: HTTPInquiry) {
        self.peer = peer
        self.inquiry = inquiry
        request = if case .ask(let first) = inquiry.next() { first } else { "/" }
    }

    mutating func connected() -> ProbeAction {
        reply = HTTPReply(limit: HTTPAnswer.longestBody)
        started = false
        isAwaiting = true
        return .send(request.bytes(for: peer))
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        guard isAwaiting else { return .needMore }
        started = true
        switch reply.receive(bytes) {
        case .incomplete: return .needMore
        case .complete: return settle(HTTPAnswer(request, reply))
        case .invalid: return failed()
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        if end == .noTLS { return .done(.other) }
        if end == .tooLong { inquiry.isOver = true }
        if reply.finish() == .complete { return settle(HTTPAnswer(request, reply)) }
        if inquiry.answers.isEmpty, !started, end == .closed { return .done(.perhapsTLS) }
        if end == .silent { inquiry.isOver = true }
        return failed()
    }

    private mutating func failed() -> ProbeAction {
        if inquiry.answers.isEmpty, !reply.isHTTP { return .done(.other) }
        failures += 1
        if failures == Self.mostFailures || inquiry.answers.isEmpty { inquiry.isOver = true }
        return settle(nil)
    }

    private mutating func settle(_ answer: HTTPAnswer?) -> ProbeAction {
        isAwaiting = false
        inquiry.settle(request, answer)
        read += answer?.body.count ?? 0
        if read > Self.mostRead { inquiry.isOver = true }
        switch inquiry.next() {
        case .finished(let result): return .done(result)
        case .ask(let next):
            request = next
            return .reconnect
        }
    }
}
