import Findings

/// A product that speaks HTTP: how it is told from others, and which read-only request proves whether it answers without authentication.
struct HTTPProduct: Sendable {
    let service: Service
    let identifications: [HTTPIdentification]
    /// Asked for in order until one decides. They truly need authorisation where authentication is on.
    let proofs: @Sendable (HTTPIdentity) -> [HTTPProof]
    /// Tells the version, when neither the identification nor a proof did.
    var version: HTTPDetail?
    /// Something to add to a verdict other than `none`: what stands open on purpose.
    var remark: HTTPProof?
    /// Others may live on the same port (an application server, a document): they are looked for before this one is named.
    var sharesPort = false
    /// What the vendor's documents name, for ``login``.
    var accounts: [DefaultAccount] = []
    /// Answered only to who logged in with HTTP's Basic scheme.
    var login: HTTPProof?

    init(_ service: Service, _ identifications: [HTTPIdentification], proofs: [HTTPProof] = []) {
        self.init(service, identifications) { _ in proofs }
    }

    init(_ service: Service, _ identifications: [HTTPIdentification], proofs: @escaping @Sendable (HTTPIdentity) -> [HTTPProof]) {
        self.service = service
        self.identifications = identifications
        self.proofs = proofs
    }

    /// The same, with these set: keeps each product one expression.
    func with(_ change: (inout HTTPProduct) -> Void) -> HTTPProduct {
        var product = self
        change(&product)
        return product
    }
}

/// What an identification learnt.
struct HTTPIdentity: Sendable {
    var product: String?
    var version: String?
    /// Where the product's paths begin on this server: one of this program's own constants.
    var base = ""
    /// The identifying reply was itself a refusal: nothing is left to prove.
    var refusal: Message?

    init(product: String? = nil, version: String? = nil, base: String = "", refusal: Message? = nil) {
        self.product = product
        self.version = PeerText.version(version)
        self.base = base
        self.refusal = refusal
    }
}

struct HTTPIdentification: Sendable {
    /// When a request is worth sending.
    enum Occasion: Sendable {
        /// To every server that speaks HTTP. Few may be: see ``HTTPInquiry/mostToIdentify``.
        case always
        /// When the product usually listens on this port.
        case expected
        /// When the reply to `/` looks like it, too.
        case hinted(@Sendable (HTTPAnswer) -> Bool)
    }

    let request: HTTPRequest
    let occasion: Occasion
    /// Nil when the reply isn't the product's. Strict: the structure of the reply, not words somewhere in it.
    let identify: @Sendable (HTTPAnswer) -> HTTPIdentity?
    let isRoot: Bool

    /// What every server is asked for first.
    static let root: HTTPRequest = "/"

    private init(_ request: HTTPRequest, _ occasion: Occasion, _ identify: @escaping @Sendable (HTTPAnswer) -> HTTPIdentity?) {
        self.request = request
        self.occasion = occasion
        self.identify = identify
        isRoot = request == Self.root
    }

    /// By the reply to `/`, which every server is asked for.
    static func root(_ identify: @escaping @Sendable (HTTPAnswer) -> HTTPIdentity?) -> HTTPIdentification {
        HTTPIdentification(root, .always, identify)
    }

    /// By the reply to `/`, where it is too little to go by on any other port.
    static func expectedRoot(_ identify: @escaping @Sendable (HTTPAnswer) -> HTTPIdentity?) -> HTTPIdentification {
        HTTPIdentification(root, .expected, identify)
    }

    static func request(
        _ request: HTTPRequest, _ occasion: Occasion = .expected, _ identify: @escaping @Sendable (HTTPAnswer) -> HTTPIdentity?
    ) -> HTTPIdentification {
        HTTPIdentification(request, occasion, identify)
    }
}

/// A request whose reply proves a verdict.
struct HTTPProof: Sendable {
    let request: HTTPRequest
    /// The evidence, when the reply, which has status 200, has the structure that only an authorised caller is shown; nil otherwise.
    let opens: @Sendable (HTTPAnswer) -> Message?
    /// The product's own way to refuse, beside 401, 403 and a redirect to a login page.
    var refuses: @Sendable (HTTPAnswer) -> Bool = { _ in false }
    var version: @Sendable (HTTPAnswer) -> String? = { _ in nil }
    /// Asked for once the proof stands: better evidence, in figures.
    var figures: HTTPFigures?

    init(_ request: HTTPRequest, _ opens: @escaping @Sendable (HTTPAnswer) -> Message?) {
        self.request = request
        self.opens = opens
    }

    func with(_ change: (inout HTTPProof) -> Void) -> HTTPProof {
        var proof = self
        change(&proof)
        return proof
    }
}

struct HTTPFigures: Sendable {
    let request: HTTPRequest
    let read: @Sendable (HTTPAnswer) -> Message?
}

struct HTTPDetail: Sendable {
    let request: HTTPRequest
    let read: @Sendable (HTTPAnswer) -> String?
}
