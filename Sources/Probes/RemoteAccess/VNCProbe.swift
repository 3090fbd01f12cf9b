import Findings

/// VNC, by the RFB protocol (RFC 6143). The server names the ways of authentication that it takes: "None" among them is chosen, and where the version
/// has a SecurityResult, its word is awaited. Closes before ClientInit, so that no screen is shared. Two extensions hold a choice of their own: VeNCrypt
/// (type 19) and Tight (16); both are looked into as far as that choice.
struct VNCProbe: Probe {
    static let service = Service.vnc
    static let speaksFirst = true
    static let speaksInsideTLS = false
    static let connections = 3

    private enum Kind {
        static let none: UInt8 = 1
        static let tight: UInt8 = 16
        /// Anonymous TLS with a choice inside, which can't be seen without it.
        static let tls: UInt8 = 18
        static let encrypted: UInt8 = 19
    }

    private enum State {
        case version, kinds, kind, result, reason
        case encryptedVersion, encryptedKinds
        case tunnels, tightKinds
        /// Another connection is wanted for the next extension.
        case between
    }

    private var state = State.version
    private var buffer: [UInt8] = []
    private var minor = 8
    private var offered: [UInt8] = []
    /// Extensions that are still to be looked into.
    private var extensions: [UInt8]?
    /// One of them couldn't be: nobody knows what it would have let through.
    private var isHidden = false

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        buffer = []
        state = .version
        return .needMore
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        while true {
            let before = buffer.count
            let action = step()
            // A step that took something and asks for more may find it in what is left.
            if case .needMore = action, buffer.count < before, !buffer.isEmpty { continue }
            return action
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        if state == .version, extensions == nil { return .done(.other) }
        return extensions == nil ? .done(reading(.unknown, Message("exposure.session-broken"))) : hidden()
    }

    private mutating func take(_ count: Int) -> [UInt8]? {
        guard buffer.count >= count else { return nil }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    private mutating func word() -> Int? { take(4).map { $0.reduce(0) { $0 << 8 | Int($1) } } }

    private mutating func step() -> ProbeAction {
        switch state {
        case .version: return version()
        case .kind:
            guard let kind = word() else { return .needMore }
            switch kind {
            case 0: state = .reason
            case Int(Kind.none): return .done(open)
            case 2: return .done(closed([2]))
            default: return .done(reading(.unknown, Message("exposure.busy", ["reply": .text("type \(kind)")])))
            }
            return reasonGiven()
        case .kinds: return kinds()
        case .result:
            guard let result = word() else { return .needMore }
            return .done(result == 0 ? open : result <= 2 ? busy : reading(.unknown, Message("exposure.session-broken")))
        case .reason: return reasonGiven()
        case .encryptedVersion:
            guard let version = take(2) else { return .needMore }
            guard version == [0, 2] else { return hidden() }
            state = .encryptedKinds
            return .send([0, 2])
        case .encryptedKinds: return encryptedKinds()
        case .tunnels:
            guard let tunnels = word() else { return .needMore }
            guard (0...64).contains(tunnels) else { return hidden() }
            return tunnelled(tunnels)
        case .tightKinds: return tightKinds()
        case .between: return .needMore
        }
    }

    /// `RFB 003.008\n`
    private mutating func version() -> ProbeAction {
        guard "RFB ".utf8.starts(with: buffer.prefix(4)) else { return .done(.other) }
        guard let line = take(12) else { return .needMore }
        guard line[7] == UInt8(ascii: "."), line[11] == 0x0A, let major = Self.digits(line[4..<7]), let told = Self.digits(line[8..<11]), major >= 3
        else { return .done(.other) }
        // RFC 6143, 7.1.1: anything but 3.7 and 3.8 is to be taken for 3.3; what calls itself newer speaks 3.8.
        minor = major > 3 || told >= 8 ? 8 : told == 7 ? 7 : 3
        state = minor == 3 ? .kind : .kinds
        return .send(Array("RFB 003.00\(minor)\n".utf8))
    }

    private static func digits(_ bytes: ArraySlice<UInt8>) -> Int? { bytes.allSatisfy { (0x30...0x39).contains($0) } ? decimal(bytes) : nil }

    private mutating func kinds() -> ProbeAction {
        guard let count = buffer.first else { return .needMore }
        guard count > 0 else {
            buffer.removeFirst()
            state = .reason
            return reasonGiven()
        }
        guard let list = take(1 + Int(count)) else { return .needMore }
        if let extensions, let chosen = extensions.first, list.dropFirst().contains(chosen) {
            state = chosen == Kind.tight ? .tunnels : .encryptedVersion
            return .send([chosen])
        }
        guard extensions == nil else { return hidden() }
        offered = Array(list.dropFirst())
        if offered.contains(Kind.none) {
            // 3.7 has no result for None: its offer is the server's word.
            guard minor == 8 else { return .done(open) }
            state = .result
            return .send([Kind.none])
        }
        extensions = [Kind.encrypted, Kind.tight].filter { offered.contains($0) }
        guard let first = extensions?.first else { return .done(undecided) }
        state = first == Kind.tight ? .tunnels : .encryptedVersion
        return .send([first])
    }

    /// VeNCrypt 0.2: an acknowledgement, then the sub-types; 257 and 260 authenticate nobody inside TLS.
    private mutating func encryptedKinds() -> ProbeAction {
        guard buffer.count >= 2 else { return .needMore }
        guard buffer[0] == 0, buffer[1] > 0 else { return hidden() }
        let count = Int(buffer[1])
        guard let list = take(2 + 4 * count) else { return .needMore }
        var reader = ByteReader(list[2...])
        while let kind = reader.big(4) {
            if kind == 257 || kind == 260 || kind == 1 { return .done(reading(.notRequired, Message("exposure.vnc-none-inside"))) }
        }
        return nextExtension()
    }

    /// Tight: tunnels, of which none is wanted, then the ways of authentication: none at all, or 1, means nobody is asked.
    private mutating func tunnelled(_ count: Int) -> ProbeAction {
        guard count > 0 else {
            state = .tightKinds
            return .needMore
        }
        guard buffer.count >= 16 * count else {
            // Not all there: the count is read again with the rest.
            buffer = [0, 0, 0, UInt8(truncatingIfNeeded: count)] + buffer
            return .needMore
        }
        buffer.removeFirst(16 * count)
        state = .tightKinds
        return .send([0, 0, 0, 0])
    }

    private mutating func tightKinds() -> ProbeAction {
        guard buffer.count >= 4 else { return .needMore }
        var reader = ByteReader(buffer)
        guard let count = reader.big(4), count <= 64 else { return hidden() }
        guard reader.remaining >= 16 * Int(count) else { return .needMore }
        guard count > 0 else { return .done(reading(.notRequired, Message("exposure.vnc-none-inside"))) }
        for _ in 0..<count {
            let kind = reader.big(4)
            let name = reader.take(12)
            if kind == 1, name?.elementsEqual("STDVNOAUTH__".utf8) == true {
                return .done(reading(.notRequired, Message("exposure.vnc-none-inside")))
            }
        }
        buffer = []
        return nextExtension()
    }

    private mutating func hidden() -> ProbeAction {
        isHidden = true
        return nextExtension()
    }

    private mutating func nextExtension() -> ProbeAction {
        extensions?.removeFirst()
        guard extensions?.isEmpty == false else { return .done(undecided) }
        state = .between
        return .reconnect
    }

    /// The server gives up, and why: its words are not shown.
    private mutating func reasonGiven() -> ProbeAction {
        guard buffer.count >= 4 else { return .needMore }
        return .done(busy)
    }

    private var open: ProbeResult { reading(.notRequired, Message("exposure.vnc-none")) }

    private var busy: ProbeResult { reading(.unknown, Message("exposure.busy", ["reply": "SecurityFailure"])) }

    /// No type that was named lets anybody in, as far as it could be seen.
    private var undecided: ProbeResult {
        !isHidden && offered.contains { $0 != Kind.tls } ? closed(offered) : reading(.unknown, Message("exposure.vnc-hidden"))
    }

    private func closed(_ kinds: [UInt8]) -> ProbeResult {
        reading(.required, Message("exposure.vnc-types", ["types": .text(kinds.prefix(16).map { "\($0)" }.joined(separator: ", "))]))
    }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(Self.service, authentication, evidence: [message]))
    }
}
