import Findings

/// MySQL, MariaDB and what else speaks their protocol. The server speaks first. Logs in as `root` with an empty password and counts the schemas that it may see; if that worked, a
/// random user name tells an empty password of root from a server that admits everybody.
struct MySQLProbe: Probe {
    static let service = Service.mySQL
    static func finds(_ service: Service) -> Bool { [.mySQL, .oceanBase, .doris].contains(service) }
    static let speaksFirst = true
    /// TLS begins after the greeting.
    static let speaksInsideTLS = false

    private enum State { case greeting, securing(sequence: UInt8), login, columns, definition, row, rows }

    private var state = State.greeting
    private var buffer: [UInt8] = []
    private var version: String?
    private var relative = MySQLRelative(greeting: "")
    private var wantsTLS = false
    private var isSecure = false
    private var offersTLS = false
    /// What the plain attempt came to: it stands when TLS isn't to be had.
    private var plainResult: ProbeResult?
    private var switches = 0
    /// How many schemas root saw; nil before that was told.
    private var schemas: Int?
    private let stranger = "suwen_" + (0..<12).map { _ in String("abcdefghijklmnopqrstuvwxyz".randomElement() ?? "x") }.joined()

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        buffer = []
        state = .greeting
        (isSecure, switches) = (false, 0)
        return .needMore
    }

    mutating func secured() -> ProbeAction {
        guard case .securing(let sequence) = state else { return .done(conclusion) }
        isSecure = true
        state = .login
        return .send(login(sequence: sequence &+ 1))
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        while buffer.count >= 4 {
            let length = Int(buffer[0]) | Int(buffer[1]) << 8 | Int(buffer[2]) << 16
            guard length > 0, length <= MySQLWire.longestPacket else { return .done(isGreeted ? conclusion : .other) }
            if case .greeting = state, buffer.count > 4, buffer[4] != 0x0A, buffer[4] != 0xFF { return .done(.other) }
            guard buffer.count >= 4 + length else { return .needMore }
            let sequence = buffer[3]
            let packet = Array(buffer[4..<4 + length])
            buffer.removeFirst(4 + length)
            if let action = self.packet(packet, sequence) { return action }
        }
        return .needMore
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction { .done(isGreeted ? conclusion : .other) }

    private var isGreeted: Bool {
        if case .greeting = state { schemas != nil || plainResult != nil } else { true }
    }

    /// Nil: read on.
    private mutating func packet(_ packet: [UInt8], _ sequence: UInt8) -> ProbeAction? {
        switch state {
        case .greeting: return greeting(packet, sequence)
        case .securing: return .done(conclusion)
        case .login: return answer(packet, sequence)
        case .columns:
            guard packet == [1] else { return .done(conclusion, farewell: MySQLWire.quit) }
            state = .definition
            return nil
        case .definition:
            // The column's definition, then the end of the definitions.
            if packet[0] == 0xFE, packet.count < 9 { state = .row }
            return nil
        case .row:
            guard let count = MySQLWire.number(inRow: packet) else { return .done(conclusion, farewell: MySQLWire.quit) }
            guard schemas == nil else { return .done(open(stranger: true), farewell: MySQLWire.quit) }
            schemas = count
            state = .rows
            return nil
        case .rows: return .reconnect
        }
    }

    private mutating func greeting(_ packet: [UInt8], _ sequence: UInt8) -> ProbeAction? {
        if packet[0] == 0xFF { return .done(isGreeted ? conclusion : refused(MySQLWire.errorCode(packet))) }
        guard let greeting = MySQLWire.Greeting(packet) else { return .done(isGreeted ? conclusion : .other) }
        version = greeting.version
        relative = greeting.relative
        offersTLS = greeting.offersTLS
        guard wantsTLS else {
            state = .login
            return .send(login(sequence: sequence &+ 1))
        }
        guard greeting.offersTLS else { return .done(conclusion) }
        state = .securing(sequence: sequence &+ 1)
        // The server says nothing to that: the handshake follows at once.
        return .startTLS(after: MySQLWire.sslRequest(sequence: sequence &+ 1))
    }

    /// The answer to the login.
    private mutating func answer(_ packet: [UInt8], _ sequence: UInt8) -> ProbeAction? {
        switch packet[0] {
        case 0x00:
            state = .columns
            return .send(MySQLWire.packet(sequence: 0, [0x03] + "SELECT COUNT(*) FROM information_schema.SCHEMATA".utf8))
        case 0x01:
            // caching_sha2_password: 3, the password was right, OK follows; 4, it wants the whole password.
            guard packet.count >= 2, packet[1] == 3 else { return .done(schemas == nil ? required("exposure.password-asked") : conclusion) }
            return nil
        case 0xFE:
            // Another way of authenticating; for those with a password, nothing is the empty one.
            let name = packet.dropFirst().prefix { $0 != 0 }
            let isPassword = MySQLWire.passwordMethods.contains { name.elementsEqual($0.utf8) }
            switches += 1
            guard isPassword, switches <= 2 else { return .done(schemas == nil ? required("exposure.password-asked") : conclusion) }
            return .send(MySQLWire.packet(sequence: sequence &+ 1, []))
        case 0xFF:
            guard schemas == nil else { return .done(conclusion) }
            let result = refused(MySQLWire.errorCode(packet))
            // An account, or the whole server, that demands TLS says "access denied" to plain text: the same once more inside TLS.
            guard offersTLS, !wantsTLS else { return .done(result) }
            plainResult = result
            wantsTLS = true
            return .reconnect
        default: return .done(conclusion)
        }
    }

    private func login(sequence: UInt8) -> [UInt8] {
        MySQLWire.login(user: schemas == nil ? "root" : stranger, insideTLS: isSecure, sequence: sequence)
    }

    /// What is known when nothing more comes.
    private var conclusion: ProbeResult {
        schemas == nil ? plainResult ?? reading(.unknown, Message("exposure.session-broken")) : open(stranger: false)
    }

    private func open(stranger: Bool) -> ProbeResult {
        let facts: [String: Fact] = ["schemas": .count(schemas ?? 0)]
        return reading(.notRequired, Message(stranger ? "exposure.mysql-anybody" : "exposure.mysql-root", facts))
    }

    private func refused(_ code: Int) -> ProbeResult {
        let message = Message("exposure.refused", ["reply": .text("\(code)")])
        if MySQLWire.refusals.contains(code) { return reading(.required, message) }
        return reading(.unknown, Message("exposure.busy", ["reply": .text("\(code)")]))
    }

    private func required(_ key: String) -> ProbeResult { reading(.required, Message(key)) }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(
            ServiceReading(
                relative.service, authentication, product: relative.product, version: version, evidence: [message],
                usesTLS: isSecure || wantsTLS && schemas != nil))
    }
}
