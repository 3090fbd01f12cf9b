import Findings

/// A registry of Java RMI, and JMX behind it. The registry lists its names to anybody: that is its nature, and no proof. Where `jmxrmi` is
/// among them and its object is called on this very port, a client is asked for without credentials (JSR 160): a server with authentication
/// refuses that, and one without gives a connection, which is closed at once. On any other port nobody is called.
struct RMIProbe: Probe {
    static let service = Service.rmi
    static let speaksInsideTLS = true

    private enum State { case handshake, list, lookup, client, closing }

    private static let longest = 128 << 10

    private let port: UInt64
    private var state = State.handshake
    private var buffer: [UInt8] = []
    private var names = 0

    init(_ peer: ProbePeer) { port = UInt64(peer.port) }

    mutating func connected() -> ProbeAction { .send(RMIWire.handshake) }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        do throws(RMIWire.Failure) {
            return try step()
        } catch {
            return error == .incomplete && buffer.count <= Self.longest ? .needMore : .done(broken)
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        .done(state == .handshake && end == .closed && buffer.isEmpty ? .perhapsTLS : broken)
    }

    private var broken: ProbeResult {
        switch state {
        case .handshake: .other
        case .list: reading(.unknown, Message("exposure.session-broken"))
        case .lookup, .client: registryOnly
        case .closing: open
        }
    }

    private mutating func step() throws(RMIWire.Failure) -> ProbeAction {
        switch state {
        case .handshake:
            guard try RMIWire.readAcknowledgement(buffer) == buffer.count else { return .done(.other) }
            return ask(.list, RMIWire.endpoint + RMIWire.call(.registry, .list))
        case .list:
            let found = try RMIWire.readNames(buffer)
            names = found.count
            return found.hasManagement ? ask(.lookup, RMIWire.call(.registry, .lookup)) : .done(registryOnly)
        case .lookup:
            guard case .reference(let reference) = try RMIWire.readOutcome(buffer) else { return .done(registryOnly) }
            guard reference.port == port else {
                return .done(
                    reading(.unknown, Message("exposure.jmx-elsewhere", ["names": .count(names), "port": .text("\(reference.port)")])))
            }
            return ask(.client, RMIWire.call(reference.object, .newClient))
        case .client:
            switch try RMIWire.readOutcome(buffer) {
            case .reference(let connection):
                return ask(.closing, RMIWire.call(connection.object, .close))
            case .exception("java.lang.SecurityException"):
                return .done(reading(.required, Message("exposure.refused", ["reply": "SecurityException"])))
            case .exception: return .done(registryOnly)
            }
        case .closing:
            try RMIWire.readEnd(buffer)
            return .done(open)
        }
    }

    private mutating func ask(_ next: State, _ bytes: [UInt8]) -> ProbeAction {
        state = next
        buffer = []
        return .send(bytes)
    }

    private var open: ProbeResult { reading(.notRequired, Message("exposure.jmx-open")) }

    private var registryOnly: ProbeResult { reading(.unknown, Message("exposure.rmi-names", ["names": .count(names)])) }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(Self.service, authentication, evidence: [message]))
    }
}
