import Findings

/// ActiveMQ, Classic and Artemis (OpenWire). Both sides introduce themselves; then a connection without user and password is asked for, which a broker
/// with authentication refuses. No session, no queue.
struct ActiveMQProbe: Probe {
    static let service = Service.activeMQ
    static let speaksInsideTLS = true

    private enum State { case greeting, connection }

    private var state = State.greeting
    private var buffer = LineBuffer()
    private var product: String?
    private var version: String?

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        (state, buffer) = (.greeting, LineBuffer())
        return .send(OpenWire.wireFormat)
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer.append(bytes)
        while true {
            switch OpenWire.read(buffer.pending) {
            case .incomplete: return .needMore
            case .invalid: return .done(broken)
            case .command(let kind, let fields, let length):
                _ = buffer.take(length)
                if let action = answered(kind, fields) { return action }
            }
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        guard state == .greeting else { return .done(broken) }
        return .done(buffer.pending.isEmpty && end == .closed ? .perhapsTLS : .other)
    }

    /// Nil: read on.
    private mutating func answered(_ kind: UInt8, _ fields: ArraySlice<UInt8>) -> ProbeAction? {
        switch (state, kind) {
        case (.greeting, OpenWire.Kind.wireFormat):
            guard let format = OpenWire.WireFormat(fields) else { return .done(.other) }
            version = format.version
            product = format.provider?.contains("Artemis") == true ? "ActiveMQ Artemis" : nil
            state = .connection
            return .send(OpenWire.connection(identifier: "suwen-" + RandomName.letters(16)))
        case (.greeting, _): return .done(.other)
        case (.connection, OpenWire.Kind.response):
            guard OpenWire.answersConnection(fields) else { return .done(broken) }
            return .done(reading(.notRequired, Message("exposure.activemq-connection")), farewell: OpenWire.shutdown)
        case (.connection, OpenWire.Kind.exception):
            guard let name = OpenWire.exception(fields) else { return .done(broken) }
            return .done(refused(name), farewell: OpenWire.shutdown)
        // It tells about itself before it answers.
        case (.connection, _): return nil
        }
    }

    private func refused(_ name: String) -> ProbeResult {
        let last = name.split(separator: ".").last.map(String.init) ?? ""
        let shown = Fact.text(String(last.prefix(60).prefix { $0.isASCII && $0.isLetter }))
        return last.hasSuffix("SecurityException") || last.hasSuffix("LoginException")
            ? reading(.required, Message("exposure.refused", ["reply": shown])) : reading(.unknown, Message("exposure.busy", ["reply": shown]))
    }

    private var broken: ProbeResult { state == .greeting ? .other : reading(.unknown, Message("exposure.session-broken")) }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(Self.service, authentication, product: product, version: version, evidence: [message]))
    }
}
