import Findings

/// ClickHouse, native protocol. Says hello as `default` with an empty password, which is the login; once let in, counts the databases.
struct ClickHouseProbe: Probe {
    static let service = Service.clickHouse
    static let speaksInsideTLS = true

    private enum State { case hello, query }

    private var state = State.hello
    private var buffer = LineBuffer()
    private var version: String?
    private var databases: UInt64?

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        (state, buffer) = (.hello, LineBuffer())
        return .send(ClickHouseWire.hello(user: "default", password: ""))
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer.append(bytes)
        while true {
            switch ClickHouseWire.read(buffer.pending) {
            case .incomplete: return .needMore
            case .invalid: return .done(broken)
            case .packet(let packet, let length):
                _ = buffer.take(length)
                if let action = answered(packet) { return action }
            }
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        guard state == .hello else { return .done(broken) }
        return .done(buffer.pending.isEmpty && end == .closed ? .perhapsTLS : .other)
    }

    /// Nil: read on.
    private mutating func answered(_ packet: ClickHouseWire.Packet) -> ProbeAction? {
        switch (state, packet) {
        case (.hello, .hello(let version)):
            self.version = PeerText.version(version)
            state = .query
            return .send(ClickHouseWire.query("SELECT count() FROM system.databases"))
        case (.hello, .exception(let code)), (.query, .exception(let code)):
            let reply = ["reply": Fact.text("\(code)")]
            if Self.refusals.contains(code) { return .done(reading(.required, Message("exposure.refused", reply))) }
            guard (1...2000).contains(code) else { return .done(broken) }
            return .done(reading(.unknown, Message("exposure.busy", reply)))
        case (.query, .data(let value)):
            databases = databases ?? value
            return nil
        case (.query, .other): return nil
        case (.query, .end):
            guard let count = databases.flatMap({ Int(exactly: $0) }) else { return .done(broken) }
            return .done(reading(.notRequired, Message("exposure.clickhouse-databases", ["databases": .count(count)])))
        default: return .done(broken)
        }
    }

    /// UNKNOWN_USER, WRONG_PASSWORD, REQUIRED_PASSWORD, IP_ADDRESS_NOT_ALLOWED, ACCESS_DENIED, AUTHENTICATION_FAILED.
    private static let refusals: Set<Int32> = [192, 193, 194, 195, 497, 516]

    private var broken: ProbeResult { state == .hello ? .other : reading(.unknown, Message("exposure.session-broken")) }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(Self.service, authentication, version: version, evidence: [message]))
    }
}
