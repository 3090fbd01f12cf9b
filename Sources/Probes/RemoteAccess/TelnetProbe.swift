import Findings

/// Telnet (RFC 854). Refuses every option that the server negotiates and reads what it says then; types nothing. A prompt, whether it asks for a name
/// or seems to await a command, is text and proves nothing: telling them apart would take a command.
struct TelnetProbe: Probe {
    static let service = Service.telnet
    static let speaksFirst = true
    static let speaksInsideTLS = true

    private enum Code {
        static let subnegotiation: UInt8 = 250
        static let will: UInt8 = 251
        static let wont: UInt8 = 252
        static let perform: UInt8 = 253
        static let refrain: UInt8 = 254
        static let interpret: UInt8 = 255
        static let subnegotiationEnd: UInt8 = 240
    }

    private enum State: Hashable {
        case text, command
        /// The verb that waits for its option.
        case option(UInt8)
        case subnegotiation
        case subnegotiationCommand
    }

    private static let mostOptions = 64
    private static let mostText = 4 << 10

    private let isExpected: Bool
    private var state = State.text
    private var hasNegotiated = false
    private var options = 0
    private var text: [UInt8] = []

    init(_ peer: ProbePeer) { isExpected = peer.expected == Self.service }

    mutating func connected() -> ProbeAction { .needMore }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        var reply: [UInt8] = []
        for byte in bytes {
            guard read(byte, &reply) else { return .done(hasNegotiated ? reading : .other) }
            // Whoever begins with text may be anybody.
            guard hasNegotiated || isExpected || text.isEmpty else { return .done(.other) }
        }
        if hasNegotiated || isExpected, asksForName { return .done(reading) }
        return reply.isEmpty ? .needMore : .send(reply)
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        if isExpected, end == .silent, !hasNegotiated, text.isEmpty, state == .text { return .done(.perhapsTLS) }
        return .done(hasNegotiated || isExpected && asksForName ? reading : .other)
    }

    /// - Returns: false for what no Telnet server sends.
    private mutating func read(_ byte: UInt8, _ reply: inout [UInt8]) -> Bool {
        switch (state, byte) {
        case (.text, Code.interpret): state = .command
        case (.text, _):
            guard text.count < Self.mostText else { return false }
            text.append(byte)
        case (.command, Code.will...Code.refrain): state = .option(byte)
        case (.command, Code.subnegotiation): state = .subnegotiation
        // Other commands (RFC 854: 241 to 249), and a byte 255 of text.
        case (.command, 241...249), (.command, Code.interpret): state = .text
        case (.command, _): return false
        case (.option(let verb), _):
            options += 1
            guard options <= Self.mostOptions else { return false }
            hasNegotiated = true
            state = .text
            // What isn't done need not be refused (RFC 1143).
            if verb == Code.will { reply += [Code.interpret, Code.refrain, byte] }
            if verb == Code.perform { reply += [Code.interpret, Code.wont, byte] }
        case (.subnegotiation, Code.interpret): state = .subnegotiationCommand
        case (.subnegotiation, _): break
        case (.subnegotiationCommand, Code.subnegotiationEnd): state = .text
        case (.subnegotiationCommand, _): state = .subnegotiation
        }
        return true
    }

    private var asksForName: Bool {
        let shown = String(decoding: text, as: UTF8.self).lowercased()
        return ["login:", "username:", "user name:", "password:", "account:"].contains { shown.contains($0) }
    }

    private var reading: ProbeResult {
        .recognised(ServiceReading(Self.service, .unknown, evidence: [Message(asksForName ? "exposure.telnet-login" : "exposure.telnet-no-login")]))
    }
}
