import Findings

/// RabbitMQ and what else speaks AMQP. The server's greeting names the ways to log in; where `ANONYMOUS` is among them it is tried, up to opening the
/// virtual host `/`. A server of AMQP 1.0 only is recognised by its header.
struct RabbitMQProbe: PasswordProbe {
    static let service = Service.rabbitMQ
    static let speaksInsideTLS = true

    private enum State { case header, login, open }

    private let account: DefaultAccount?
    private var state = State.header
    private var buffer = LineBuffer()
    private var product: String?
    private var version: String?

    init(_ peer: ProbePeer) { account = nil }
    init(_ peer: ProbePeer, account: DefaultAccount) { self.account = account }

    static func defaultAccounts(of service: Service) -> [DefaultAccount] {
        [DefaultAccount(user: "guest", password: "guest", source: "RabbitMQ documentation, Access Control: Default Virtual Host and User")]
    }

    mutating func connected() -> ProbeAction {
        (state, buffer) = (.header, LineBuffer())
        return .send(AMQPWire.header)
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer.append(bytes)
        while true {
            switch AMQPWire.read(buffer.pending) {
            case .incomplete: return .needMore
            case .invalid: return .done(broken)
            case .header(let version):
                guard state == .header else { return .done(broken) }
                return .done(
                    .recognised(ServiceReading(Self.service, .unknown, product: "AMQP \(version)", evidence: [Message("exposure.identified-only")])))
            case .other(let length): _ = buffer.take(length)
            case .method(let method, let fields, let length):
                _ = buffer.take(length)
                return answered(method, fields)
            }
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        guard state == .header else { return .done(broken) }
        return .done(buffer.pending.isEmpty && end == .closed ? .perhapsTLS : .other)
    }

    private mutating func answered(_ method: UInt64, _ fields: ArraySlice<UInt8>) -> ProbeAction {
        switch (state, method) {
        case (.header, AMQPWire.Method.start):
            guard let start = AMQPWire.Start(fields) else { return .done(.other) }
            (product, version) = (start.product, start.version)
            return logIn(start.mechanisms)
        case (.login, AMQPWire.Method.tune):
            guard fields.count == 8 else { return .done(broken) }
            state = .open
            return .send(AMQPWire.openRoot(limits: fields))
        case (.open, AMQPWire.Method.openOK):
            return .done(reading(.notRequired, Message(account == nil ? "exposure.amqp-anonymous" : "exposure.amqp-login")), farewell: AMQPWire.close)
        case (.login, AMQPWire.Method.close), (.open, AMQPWire.Method.close):
            var reader = ByteReader(fields)
            guard let code = reader.big(2) else { return .done(broken) }
            let reply = ["reply": Fact.text("\(code)")]
            // ACCESS_REFUSED; NOT_ALLOWED is how a virtual host is refused, for whatever reason.
            let result = code == 403 ? reading(.required, Message("exposure.refused", reply)) : reading(.unknown, Message("exposure.busy", reply))
            return .done(result, farewell: AMQPWire.closeOK)
        default: return .done(broken)
        }
    }

    private mutating func logIn(_ mechanisms: [String]) -> ProbeAction {
        if let account, mechanisms.contains("PLAIN") {
            state = .login
            return .send(AMQPWire.startOK(mechanism: "PLAIN", response: [0] + Array(account.user.utf8) + [0] + Array(account.password.utf8)))
        }
        if account == nil, mechanisms.contains("ANONYMOUS") {
            state = .login
            return .send(AMQPWire.startOK(mechanism: "ANONYMOUS", response: Array("suwen".utf8)))
        }
        guard !mechanisms.isEmpty, account == nil else { return .done(reading(.unknown, Message("exposure.session-broken"))) }
        return .done(reading(.required, Message("exposure.sasl-required", ["mechanisms": SASLMechanisms.fact(mechanisms)])))
    }

    private var broken: ProbeResult { state == .header ? .other : reading(.unknown, Message("exposure.session-broken")) }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(Self.service, authentication, product: product, version: version, evidence: [message]))
    }
}
