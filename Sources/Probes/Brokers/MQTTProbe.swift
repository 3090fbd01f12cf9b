import Findings

/// MQTT. Connects without credentials in a clean session, and subscribes, at most once, to the broker's version and to a random name that nobody uses:
/// a broker may let anybody in and yet permit nothing. No topic in use is ever read.
struct MQTTProbe: Probe {
    static let service = Service.mqtt
    static let speaksInsideTLS = true

    private enum State { case connect, subscribe, version }

    private var level = MQTTWire.Level.four
    private var state = State.connect
    private var buffer = LineBuffer()
    private var product: String?
    private var version: String?
    private let client = RandomName.letters(20)
    private let topics = [MQTTWire.version, "suwen/" + RandomName.letters(20)]

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        (state, buffer) = (.connect, LineBuffer())
        return .send(MQTTWire.connect(level, client: client))
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer.append(bytes)
        while true {
            // The answer to a connection is two or a few bytes: nobody else's first byte is waited on.
            if state == .connect, let first = buffer.pending.first, first != MQTTWire.Kind.connectAcknowledgement << 4 { return .done(.other) }
            switch MQTTWire.read(buffer.pending) {
            case .incomplete: return .needMore
            case .invalid: return .done(broken)
            case .packet(let kind, let flags, let body, let length):
                _ = buffer.take(length)
                if let action = answered(kind, flags, body) { return action }
            }
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        switch state {
        case .connect where level == .five: .done(reading(.unknown, Message("exposure.session-broken")))
        case .connect: .done(buffer.pending.isEmpty && end == .closed ? .perhapsTLS : .other)
        case .subscribe: .done(reading(.unknown, Message("exposure.session-broken")))
        // It was let in and served: the version is a courtesy.
        case .version: .done(open, farewell: end == .closed ? [] : MQTTWire.leave(level, topics))
        }
    }

    /// Nil: read on.
    private mutating func answered(_ kind: UInt8, _ flags: UInt8, _ body: ArraySlice<UInt8>) -> ProbeAction? {
        switch (state, kind) {
        case (.connect, MQTTWire.Kind.connectAcknowledgement):
            guard flags == 0, let code = MQTTWire.connectCode(body, level) else { return .done(broken) }
            return connected(code)
        case (.subscribe, MQTTWire.Kind.subscribeAcknowledgement):
            guard let codes = MQTTWire.subscribeCodes(body, level, topics: topics.count) else { return .done(broken) }
            guard codes.contains(where: { $0 <= 2 }) else {
                return .done(reading(.unknown, Message("exposure.mqtt-nothing")), farewell: MQTTWire.leave(level, topics))
            }
            state = .version
            // What is retained comes before the answer to this.
            return .send(MQTTWire.ping)
        case (.subscribe, MQTTWire.Kind.publish), (.version, MQTTWire.Kind.publish):
            if let text = MQTTWire.versionText(flags: flags, body, level) { name(text) }
            return nil
        case (.version, MQTTWire.Kind.pingResponse): return .done(open, farewell: MQTTWire.leave(level, topics))
        case (.version, MQTTWire.Kind.disconnect): return .done(open)
        default: return .done(broken)
        }
    }

    private mutating func connected(_ code: UInt8) -> ProbeAction {
        let reply = ["reply": Fact.text("0x" + String(code, radix: 16))]
        switch (level, code) {
        case (_, 0):
            state = .subscribe
            return .send(MQTTWire.subscribe(level, topics))
        case (.four, 1), (.four, 0x84):
            // It speaks another version only.
            level = .five
            return .reconnect
        case (.four, 4...5), (.five, 4...5), (.five, 0x86...0x87): return .done(reading(.required, Message("exposure.refused", reply)))
        case (.four, 2...3), (.five, 1...3), (.five, 0x80...0x9F): return .done(reading(.unknown, Message("exposure.busy", reply)))
        default: return .done(broken)
        }
    }

    private mutating func name(_ text: ArraySlice<UInt8>) {
        if text.starts(with: "mosquitto ".utf8) { product = "Mosquitto" }
        version = PeerText.version(text.drop { !(0x30...0x39).contains($0) })
    }

    private var open: ProbeResult { reading(.notRequired, Message("exposure.mqtt-subscribed")) }

    private var broken: ProbeResult {
        state == .connect && level == .four ? .other : reading(.unknown, Message("exposure.session-broken"))
    }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(Self.service, authentication, product: product, version: version, evidence: [message]))
    }
}
