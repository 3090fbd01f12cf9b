import Findings

/// The rsync daemon (rsyncd.conf(5), and the protocol that rsync's own client speaks: the greeting `@RSYNCD: 31.0`, then lines).
///
/// Asks for the list of modules, then selects up to three of them: `@RSYNCD: OK` comes only after the module's rules of access and its
/// `auth users` have been passed. Closes there, before anything is asked of the module.
struct RsyncProbe: Probe {
    static let service = Service.rsync
    static let speaksFirst = true
    static let speaksInsideTLS = true

    private static let mostTested = 3
    private static let mostLines = 20_000

    private enum State { case greeting, listing, greetingAgain, selecting }

    private let isExpected: Bool
    private var state = State.greeting
    private var lines = LineBuffer.text
    private var count = 0
    private var modules = 0
    /// Names of the first modules, never shown.
    private var names: [[UInt8]] = []
    private var tested = 0
    private var open = 0
    private var refused = 0
    private var strays = 0

    init(_ peer: ProbePeer) { isExpected = peer.expected == Self.service }

    mutating func connected() -> ProbeAction {
        lines = LineBuffer.text
        state = state == .greeting ? .greeting : .greetingAgain
        return .needMore
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        lines.append(bytes)
        while let line = lines.line() {
            count += 1
            guard count <= Self.mostLines else { return .done(broken) }
            let action = read(line)
            if action != .needMore { return action }
        }
        if state == .greeting, !Self.mark.starts(with: lines.pending.prefix(Self.mark.count)) { return .done(.other) }
        return lines.isTooLong ? .done(broken) : .needMore
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        switch state {
        case .greeting: .done(isExpected && end == .silent && lines.pending.isEmpty ? .perhapsTLS : .other)
        // Some servers end the list by closing.
        case .listing: end == .closed && modules > 0 ? select() : .done(broken)
        case .greetingAgain, .selecting: next()
        }
    }

    private mutating func read(_ line: ArraySlice<UInt8>) -> ProbeAction {
        switch state {
        case .greeting, .greetingAgain:
            guard line.starts(with: Self.mark), let first = line.dropFirst(Self.mark.count).first, (0x30...0x39).contains(first) else {
                return state == .greeting ? .done(.other) : next()
            }
            guard state == .greeting || names.indices.contains(tested) else { return .done(broken) }
            let question = state == .greeting ? Array("#list".utf8) : names[tested]
            state = state == .greeting ? .listing : .selecting
            return .send(Array("@RSYNCD: 31.0\n".utf8) + question + [0x0A])
        case .listing:
            if line.starts(with: "@RSYNCD: EXIT".utf8) { return select() }
            if line.starts(with: "@ERROR".utf8) { return .done(reading(.unknown, Message("exposure.busy", ["reply": "@ERROR"]))) }
            // A module's line has a tab between name and comment; any other is part of the message of the day.
            guard let tab = line.firstIndex(of: 0x09) else { return .needMore }
            var name = line[..<tab]
            while name.last == 0x20 { name.removeLast() }
            guard !name.isEmpty, !name.contains(UInt8(ascii: "/")), name.first != UInt8(ascii: "#") else { return .needMore }
            modules += 1
            if names.count < Self.mostTested, name.count <= 255 { names.append(Array(name)) }
            return .needMore
        case .selecting:
            if line.starts(with: "@RSYNCD: OK".utf8) {
                open += 1
                return next()
            }
            if line.starts(with: "@RSYNCD: AUTHREQD".utf8) || line.starts(with: "@ERROR: access denied".utf8) {
                refused += 1
                return next()
            }
            // A line of the message of the day that looked like a module.
            if line.starts(with: "@ERROR: Unknown module".utf8) { strays += 1 }
            return line.starts(with: "@ERROR".utf8) || line.starts(with: "@RSYNCD: EXIT".utf8) ? next() : .needMore
        }
    }

    private mutating func select() -> ProbeAction {
        guard !names.isEmpty else { return .done(reading(.unknown, Message("exposure.rsync-no-modules"))) }
        state = .greetingAgain
        return .reconnect
    }

    /// The module that is being tested has been decided, or can't be.
    private mutating func next() -> ProbeAction {
        tested += 1
        guard tested >= names.count else { return .reconnect }
        let modules = modules - strays
        guard modules > 0 else { return .done(reading(.unknown, Message("exposure.rsync-no-modules"))) }
        let facts = ["open": Fact.count(open), "tested": .count(tested - strays), "modules": .count(modules)]
        if open > 0 { return .done(reading(.notRequired, Message("exposure.rsync-open", facts))) }
        if refused == modules { return .done(reading(.required, Message("exposure.rsync-closed", facts))) }
        return .done(reading(.unknown, Message("exposure.rsync-undecided", facts)))
    }

    private var broken: ProbeResult { state == .greeting ? .other : reading(.unknown, Message("exposure.session-broken")) }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(Self.service, authentication, evidence: [message]))
    }

    private static let mark = Array("@RSYNCD: ".utf8)
}
