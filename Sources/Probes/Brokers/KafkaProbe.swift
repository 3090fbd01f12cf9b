import Findings

/// Kafka and what speaks its protocol. Asks for the cluster's metadata and counts brokers and topics; a listener with SASL hangs up on that, and is
/// then asked for its mechanisms, without logging in.
struct KafkaProbe: Probe {
    static let service = Service.kafka
    static let speaksInsideTLS = true

    private enum State: Hashable { case versions, cluster, topics, mechanisms(named: Int) }

    private var state = State.versions
    private var buffer = LineBuffer()
    private var correlation: Int32 = 0x5357_0000
    /// Of the metadata request; nil when there is none that is spoken here.
    private var version: Int16?
    private var cluster: KafkaWire.Metadata?

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        buffer = LineBuffer()
        correlation += 1
        guard case .mechanisms(let named) = state else { return .send(KafkaWire.apiVersions(correlation: correlation)) }
        return .send(KafkaWire.saslHandshake(Self.named[named], correlation: correlation))
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer.append(bytes)
        switch KafkaWire.read(buffer.pending, correlation: correlation) {
        case .incomplete: return .needMore
        case .invalid: return .done(broken)
        case .tooLong: return .done(state == .topics ? conclusion(topics: nil) : broken)
        case .response(let body, let length):
            _ = buffer.take(length)
            return answered(body)
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        switch state {
        case .versions: return .done(buffer.pending.isEmpty && end == .closed ? .perhapsTLS : .other)
        case .cluster where end == .closed && buffer.pending.isEmpty:
            state = .mechanisms(named: 0)
            return .reconnect
        case .mechanisms(0) where end == .closed && buffer.pending.isEmpty:
            // Kafka lists its mechanisms whatever it is asked for; others hang up unless they have it.
            state = .mechanisms(named: 1)
            return .reconnect
        case .topics: return .done(conclusion(topics: nil))
        case .cluster, .mechanisms: return .done(broken)
        }
    }

    private mutating func answered(_ body: ArraySlice<UInt8>) -> ProbeAction {
        switch state {
        case .versions:
            guard let ranges = KafkaWire.apiVersions(body), let metadata = ranges[KafkaWire.Key.metadata] else { return .done(.other) }
            guard let version = [8, 1, metadata.lowerBound].first(where: { (1...8).contains($0) && metadata.contains($0) }) else {
                return .done(reading(.unknown, Message("exposure.identified-only")))
            }
            self.version = version
            return ask(.cluster, version)
        case .cluster:
            guard let version, let metadata = KafkaWire.metadata(body, version: version), metadata.brokers > 0 else { return .done(broken) }
            cluster = metadata
            return ask(.topics, version)
        case .topics: return .done(conclusion(topics: version.flatMap { KafkaWire.metadata(body, version: $0) }?.topics))
        case .mechanisms:
            guard let mechanisms = KafkaWire.mechanisms(body) else { return .done(broken) }
            return .done(reading(.required, Message("exposure.sasl-required", ["mechanisms": SASLMechanisms.fact(mechanisms)])))
        }
    }

    private static let named = ["PLAIN", "SCRAM-SHA-256"]

    private mutating func ask(_ next: State, _ version: Int16) -> ProbeAction {
        state = next
        correlation += 1
        return .send(KafkaWire.metadata(version: version, allTopics: next == .topics, correlation: correlation))
    }

    /// Whoever may describe the cluster, or sees a topic, was let in without authentication; a client whom an access list forbids everything gets a list
    /// of brokers too.
    private func conclusion(topics: Int?) -> ProbeResult {
        let brokers = Fact.count(cluster?.brokers ?? 0)
        // No operation at all, or "not told".
        let mayDescribe = cluster?.operations.map { $0 != 0 && $0 != 0x8000_0000 } ?? false
        if let topics, topics > 0 || mayDescribe {
            return reading(.notRequired, Message("exposure.kafka-topics", ["brokers": brokers, "topics": .count(topics)]))
        }
        if mayDescribe { return reading(.notRequired, Message("exposure.kafka-cluster", ["brokers": brokers])) }
        return reading(.unknown, Message("exposure.kafka-nothing", ["brokers": brokers]))
    }

    private var broken: ProbeResult { state == .versions ? .other : reading(.unknown, Message("exposure.session-broken")) }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(Self.service, authentication, evidence: [message]))
    }
}
