import Findings

/// Cassandra and ScyllaDB (CQL native protocol). Asks for the options, opens a session, and reads the release from `system.local`, which a server with
/// authentication tells only to those who logged in.
struct CassandraProbe: PasswordProbe {
    static let service = Service.cassandra
    static let speaksInsideTLS = true

    private enum State { case options, startup, login, query }

    private let account: DefaultAccount?
    private var state = State.options
    private var version: UInt8 = 4
    private var buffer = LineBuffer()
    private var product: String?
    private var release: String?

    init(_ peer: ProbePeer) { account = nil }
    init(_ peer: ProbePeer, account: DefaultAccount) { self.account = account }

    static func defaultAccounts(of service: Service) -> [DefaultAccount] {
        [DefaultAccount(user: "cassandra", password: "cassandra", source: "Apache Cassandra documentation, Operating: Security, Authentication")]
    }

    mutating func connected() -> ProbeAction {
        buffer = LineBuffer()
        state = .options
        return .send(CassandraWire.frame(CassandraWire.OpCode.options, version: version))
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer.append(bytes)
        switch CassandraWire.read(buffer.pending) {
        case .incomplete: return .needMore
        case .invalid: return .done(broken)
        case .frame(let frame, let length):
            _ = buffer.take(length)
            return answered(frame)
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        guard state == .options else { return .done(broken) }
        return .done(buffer.pending.isEmpty && end == .closed ? .perhapsTLS : .other)
    }

    private mutating func answered(_ frame: CassandraWire.Frame) -> ProbeAction {
        if frame.opcode == CassandraWire.OpCode.error { return refused(frame) }
        guard frame.version == version else { return .done(broken) }
        switch (state, frame.opcode) {
        case (.options, CassandraWire.OpCode.supported):
            guard let keys = CassandraWire.supported(frame.body), keys.contains("CQL_VERSION") else { return .done(.other) }
            if keys.contains(where: { $0.hasPrefix("SCYLLA_") }) { product = "ScyllaDB" }
            state = .startup
            return .send(CassandraWire.startup(version: version))
        case (.startup, CassandraWire.OpCode.authenticate):
            guard let account else { return .done(reading(.required, Message("exposure.password-asked"))) }
            state = .login
            return .send(CassandraWire.authResponse(version: version, user: account.user, password: account.password))
        case (.startup, CassandraWire.OpCode.ready), (.login, CassandraWire.OpCode.authSuccess):
            state = .query
            return .send(CassandraWire.query("SELECT release_version FROM system.local", version: version))
        case (.query, CassandraWire.OpCode.result):
            guard let value = CassandraWire.value(inResult: frame.body) else { return .done(broken) }
            release = PeerText.version(value)
            return .done(reading(.notRequired, Message("exposure.cassandra-query")))
        default: return .done(broken)
        }
    }

    private mutating func refused(_ frame: CassandraWire.Frame) -> ProbeAction {
        guard let code = CassandraWire.errorCode(frame.body) else { return .done(broken) }
        let reply = ["reply": Fact.text("0x" + String(code, radix: 16))]
        switch code {
        case CassandraWire.ErrorCode.protocolError where state == .options && version == 4 && frame.version == 3:
            // Cassandra 2.1 speaks version 3 at most.
            version = 3
            return .reconnect
        case CassandraWire.ErrorCode.badCredentials, CassandraWire.ErrorCode.unauthorized:
            return .done(reading(.required, Message("exposure.refused", reply)))
        default: return .done(reading(.unknown, Message("exposure.busy", reply)))
        }
    }

    private var broken: ProbeResult { state == .options ? .other : reading(.unknown, Message("exposure.session-broken")) }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(Self.service, authentication, product: product, version: release, evidence: [message]))
    }
}
