import Findings

/// Neo4j and what else speaks Bolt. Says HELLO without credentials, then counts the nodes in a transaction that may only read: a server with
/// authentication refuses the first, one with roles the second. The count comes from the store's statistics and costs nothing.
struct Neo4jProbe: PasswordProbe {
    static let service = Service.neo4j
    static let speaksInsideTLS = true

    private enum State { case handshake, hello, run, pull, end }

    private let account: DefaultAccount?
    private var state = State.handshake
    private var opening: [UInt8] = []
    private var messages = Bolt.Messages()
    private var major: UInt8 = 0
    private var product: String?
    private var version: String?
    private var nodes: Int?

    init(_ peer: ProbePeer) { account = nil }
    init(_ peer: ProbePeer, account: DefaultAccount) { self.account = account }

    static func defaultAccounts(of service: Service) -> [DefaultAccount] {
        [DefaultAccount(user: "neo4j", password: "neo4j", source: "Neo4j Operations Manual, Set an initial password")]
    }

    mutating func connected() -> ProbeAction {
        (state, opening, messages) = (.handshake, [], Bolt.Messages())
        return .send(Bolt.handshake)
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        guard state == .handshake else {
            messages.append(bytes)
            return read()
        }
        opening += bytes
        guard zip(opening, [0, 0]).allSatisfy(==), opening.count <= 4 else { return .done(.other) }
        guard opening.count == 4 else { return .needMore }
        guard let version = Bolt.version(opening) else { return .done(.other) }
        major = version.major
        state = .hello
        return .send(Bolt.hello(account: account))
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        guard state == .handshake else { return .done(broken) }
        return .done(opening.isEmpty && end == .closed ? .perhapsTLS : .other)
    }

    private mutating func read() -> ProbeAction {
        while true {
            switch messages.next() {
            case .incomplete: return .needMore
            case .invalid: return .done(broken)
            case .message(let tag, let fields):
                if let action = answered(tag, fields) { return action }
            }
        }
    }

    /// Nil: read on.
    private mutating func answered(_ tag: UInt8, _ fields: [PackStream.Value]) -> ProbeAction? {
        switch (state, tag) {
        case (_, Bolt.Tag.failure):
            guard fields.count == 1, let code = fields[0]["code"]?.text, code.hasPrefix("Neo.") || code.hasPrefix("Memgraph.") else {
                return .done(broken)
            }
            return .done(refused(code), farewell: Bolt.goodbye)
        case (.hello, Bolt.Tag.success):
            guard fields.count == 1, let server = fields[0]["server"]?.text else { return .done(broken) }
            name(server)
            state = .run
            return .send(Bolt.read("MATCH (n) RETURN count(n)", major: major))
        case (.run, Bolt.Tag.success):
            state = .pull
            return nil
        case (.pull, Bolt.Tag.record):
            guard fields.count == 1, case .list(let row) = fields[0], row.count == 1, case .integer(let count) = row[0], count >= 0 else {
                return .done(broken)
            }
            nodes = count
            state = .end
            return nil
        case (.end, Bolt.Tag.success):
            return .done(reading(.notRequired, Message("exposure.neo4j-nodes", ["nodes": .count(nodes ?? 0)])), farewell: Bolt.goodbye)
        default: return .done(broken)
        }
    }

    /// `Neo4j/5.13.0`; Memgraph says so behind a name that is compatible.
    private mutating func name(_ server: String) {
        if server.contains("Memgraph") {
            product = "Memgraph"
        } else if server.hasPrefix("Neo4j/") {
            version = PeerText.version(server.dropFirst(6).utf8)
        }
    }

    private func refused(_ code: String) -> ProbeResult {
        let last = code.split(separator: ".").last.map(String.init) ?? ""
        guard code.contains(".Security.") else { return reading(.unknown, Message("exposure.busy", ["reply": Self.shown(last)])) }
        switch last {
        case "CredentialsExpired":
            // The password was right, and has to be changed before anything else.
            guard account != nil else { return reading(.unknown, Message("exposure.busy", ["reply": Self.shown(last)])) }
            return reading(.notRequired, Message("exposure.neo4j-expired"))
        case "AuthenticationRateLimit", "AuthProviderTimeout", "AuthProviderFailed":
            return reading(.unknown, Message("exposure.busy", ["reply": Self.shown(last)]))
        default: return reading(.required, Message("exposure.refused", ["reply": Self.shown(last)]))
        }
    }

    /// Letters only.
    private static func shown(_ code: String) -> Fact {
        .text(String(code.prefix(40).prefix { $0.isASCII && $0.isLetter }))
    }

    /// Four bytes alone make no Neo4j.
    private var broken: ProbeResult { state == .hello ? .other : reading(.unknown, Message("exposure.session-broken")) }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(Self.service, authentication, product: product, version: version, evidence: [message]))
    }
}
