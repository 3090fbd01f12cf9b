import Findings

/// What is known of a server that speaks HTTP, and what to ask next. A pure function of the replies: it is worked out anew after each of them,
/// until everything that it needs is there.
struct HTTPInquiry: Sendable {
    enum Step: Hashable, Sendable {
        case ask(HTTPRequest)
        case finished(ProbeResult)
    }

    /// How many requests an unknown server gets, and how many in all.
    static let mostToIdentify = 12
    static let most = 20
    private static let mostRedirects = 2

    private let peer: ProbePeer
    private let account: DefaultAccount?
    /// A path that no server can know.
    private let canary: String
    /// Nil for a request that got no reply that could be read.
    private(set) var answers: [HTTPRequest: HTTPAnswer?] = [:]
    /// Nothing more is asked: the server fell silent, or told enough.
    var isOver = false

    init(_ peer: ProbePeer, account: DefaultAccount? = nil) {
        self.peer = peer
        self.account = account
        canary = "/suwen-" + String(UInt64.random(in: .min ... .max), radix: 36)
    }

    mutating func settle(_ request: HTTPRequest, _ answer: HTTPAnswer?) { answers.updateValue(answer, forKey: request) }

    func next() -> Step {
        do {
            return .finished(try result())
        } catch {
            return .ask(error.request)
        }
    }

    // MARK: Asking

    private struct Question: Error { let request: HTTPRequest }

    private func ask(_ request: HTTPRequest, within limit: Int = most) throws(Question) -> HTTPAnswer? {
        if let known = answers[request] { return known }
        guard !isOver, answers.count < limit else { return nil }
        throw Question(request: request)
    }

    /// Follows redirects on the same host and port; another is read as the answer.
    private func follow(_ request: HTTPRequest) throws(Question) -> HTTPAnswer? {
        guard var answer = try ask(request, within: Self.mostToIdentify) else { return nil }
        var locations: [String] = []
        for _ in 0..<Self.mostRedirects {
            guard let location = answer.redirect, location.isAt(peer),
                let next = try ask(request.moved(to: location.path), within: Self.mostToIdentify)
            else { break }
            locations.append(location.path)
            answer = next
        }
        answer.locations = locations + (answer.redirect.map { [$0.path] } ?? [])
        return answer
    }

    // MARK: Recognising

    private func result() throws(Question) -> ProbeResult {
        if let account, let product = HTTPProducts.all.first(where: { $0.service == peer.expected }), let login = product.login {
            return .recognised(try entry(product, login, account))
        }
        guard let first = try ask(HTTPIdentification.root) else { return .recognised(ServiceReading(.http, .unknown)) }
        if PlainTextRefusal.wantsTLS(first, peer) { return .perhapsTLS }
        if PlainTextRefusal.isAnotherProtocol(first) { return .other }
        guard let root = try follow(HTTPIdentification.root) else { return .recognised(ServiceReading(.http, .unknown)) }
        guard let (product, identity) = try identified(first, root) else { return .recognised(Self.unnamed(first, root)) }
        if let account, let login = product.login { return .recognised(try entry(product, login, account)) }
        return .recognised(try reading(product, identity))
    }

    /// - Parameters:
    ///   - first: the reply to `/`.
    ///   - root: where its redirects led.
    private func identified(_ first: HTTPAnswer, _ root: HTTPAnswer) throws(Question) -> (HTTPProduct, HTTPIdentity)? {
        var fallback: (HTTPProduct, HTTPIdentity)?
        for (product, identification) in plan(root) {
            let isRoot = identification.isRoot
            let answer = isRoot ? root : try follow(identification.request)
            guard let identity = answer.flatMap(identification.identify) ?? (isRoot ? identification.identify(first) : nil) else { continue }
            guard product.sharesPort else { return (product, identity) }
            // A document or a bare server gives way to an interface that has something to prove.
            if fallback == nil || fallback?.0.service == .http { fallback = (product, identity) }
        }
        return fallback
    }

    /// The reply to `/` is looked at first; then come the requests of the product that is expected here, those that the reply hints at, and those
    /// that are worth sending to every server, unless it refused altogether.
    private func plan(_ root: HTTPAnswer) -> [HTTPProducts.Identification] {
        // That something speaks HTTP here is nothing to expect a product by.
        let service = peer.expected == .http ? nil : peer.expected
        let expected = HTTPProducts.identifications.filter { $0.product.service == service }
        let byRoot = HTTPProducts.byRoot.filter { $0.product.service != service }
        let hinted = HTTPProducts.hinted.filter { product, identification in
            if case .hinted(let isHint) = identification.occasion { product.service != service && isHint(root) } else { false }
        }
        let always = root.status == 401 ? [] : HTTPProducts.always.filter { $0.product.service != service }
        return expected.filter { $0.identification.isRoot } + byRoot + expected.filter { !$0.identification.isRoot } + hinted + always
    }

    /// A server that is none of the products.
    private static func unnamed(_ first: HTTPAnswer, _ root: HTTPAnswer) -> ServiceReading {
        let tomcat = PeerText.version(HTTPProducts.tomcatVersion(root))
        let server = tomcat == nil ? first.server : ("Tomcat", tomcat)
        let challenged = root.status == 401 && !root.header("www-authenticate").isEmpty
        return ServiceReading(
            .http, challenged ? .required : .unknown, product: server.name, version: server.version, evidence: challenged ? [root.refused] : [])
    }

    // MARK: Judging

    private enum Verdict {
        case open(Message, HTTPProof, HTTPAnswer)
        case refused(Message)
        case undecided(Message)
    }

    private func reading(_ product: HTTPProduct, _ identity: HTTPIdentity) throws(Question) -> ServiceReading {
        var identity = identity
        var reading = ServiceReading(product.service, .unknown, product: identity.product)
        switch try verdict(product, identity) {
        case .open(let message, let proof, let answer):
            if identity.version == nil { identity.version = PeerText.version(proof.version(answer)) }
            if try answersAnything(proof, answer) {
                reading.evidence = [Message("exposure.catch-all")]
            } else {
                reading.authentication = .notRequired
                reading.evidence = [message]
                if let figures = proof.figures, let answer = try ask(figures.request), answer.isOK, let better = figures.read(answer) {
                    reading.evidence = [better]
                }
            }
        case .refused(let message):
            reading.authentication = .required
            reading.evidence = [message]
        case .undecided(let message): reading.evidence = [message]
        }
        if reading.authentication != .notRequired, let remark = product.remark, let answer = try ask(remark.request), answer.isOK,
            let message = remark.opens(answer)
        {
            reading.evidence.append(message)
        }
        if identity.version == nil, let detail = product.version, let answer = try ask(detail.request) {
            identity.version = PeerText.version(detail.read(answer))
        }
        reading.version = identity.version
        return reading
    }

    private func verdict(_ product: HTTPProduct, _ identity: HTTPIdentity) throws(Question) -> Verdict {
        if let refusal = identity.refusal { return .refused(refusal) }
        var reason = Message("exposure.identified-only")
        for proof in product.proofs(identity) {
            guard let answer = try ask(proof.request) else { return .undecided(Message("exposure.session-broken")) }
            switch Self.judge(proof, answer) {
            case .undecided(let message): reason = message
            case let decided: return decided
            }
        }
        return .undecided(reason)
    }

    private static func judge(_ proof: HTTPProof, _ answer: HTTPAnswer) -> Verdict {
        if proof.refuses(answer) { return .refused(answer.refused) }
        switch answer.status {
        case 200:
            guard let message = proof.opens(answer) else { return .undecided(Message("exposure.session-broken")) }
            return .open(message, proof, answer)
        case 401, 403: return .refused(answer.refused)
        default:
            guard let redirect = answer.redirect, redirect.isLogin else { return .undecided(answer.busy) }
            return .refused(Message("exposure.redirect-login", ["status": .text("\(answer.status)")]))
        }
    }

    /// The negative control: a server that answers a path of chance as it answers the proof's proves nothing.
    private func answersAnything(_ proof: HTTPProof, _ answer: HTTPAnswer) throws(Question) -> Bool {
        var request = answer.request.moved(to: canary)
        request.body = nil
        guard let chance = try ask(request), chance.isOK else { return false }
        return proof.opens(chance) != nil || chance.body == answer.body
    }

    // MARK: Logging in

    private func entry(_ product: HTTPProduct, _ login: HTTPProof, _ account: DefaultAccount) throws(Question) -> ServiceReading {
        guard let answer = try ask(login.request.authorized(by: account)) else {
            return ServiceReading(product.service, .unknown, evidence: [Message("exposure.session-broken")])
        }
        switch Self.judge(login, answer) {
        case .open:
            return ServiceReading(
                product.service, .notRequired, evidence: [Message("exposure.web-login", ["request": .text(login.request.name)])])
        case .refused(let message): return ServiceReading(product.service, .required, evidence: [message])
        case .undecided(let message): return ServiceReading(product.service, .unknown, evidence: [message])
        }
    }
}
