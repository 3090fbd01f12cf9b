import Findings

/// ZooKeeper and ClickHouse Keeper. Opens a session and asks for the children of the root, which every version understands and authentication
/// forbids; the four-letter words that others rely on are switched off by default. Only the version is asked for that way (`srvr`).
struct ZooKeeperProbe: Probe {
    static let service = Service.zooKeeper
    static let speaksInsideTLS = true

    private enum State { case session, children, closing, words }

    private var state = State.session
    /// The next connection is for words.
    private var wantsWords = false
    private var buffer = LineBuffer()
    private var verdict: (authentication: ServiceReading.Authentication, message: Message)?

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        buffer = LineBuffer()
        state = wantsWords ? .words : .session
        return .send(wantsWords ? Array("srvr".utf8) : ZooKeeperWire.connect)
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer.append(bytes)
        switch state {
        case .session: return session()
        case .children: return children()
        case .closing: return askWords()
        case .words:
            let isKnown = Self.openings.contains { zip(buffer.pending, $0.utf8).allSatisfy(==) }
            return isKnown && buffer.pending.count <= Self.longestWords ? .needMore : .done(conclusion(closed: false))
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        switch state {
        case .session where end == .closed && buffer.pending.isEmpty:
            // Without a quorum it hangs up on sessions, and says so in words.
            return askWords()
        case .session: return .done(.other)
        case .children:
            verdict = (.unknown, Message("exposure.session-broken"))
            return askWords()
        case .closing: return askWords()
        case .words: return .done(conclusion(closed: end == .closed))
        }
    }

    private mutating func session() -> ProbeAction {
        switch ZooKeeperWire.session(buffer.pending) {
        case .incomplete: return .needMore
        case .invalid: return .done(.other)
        case .content(true):
            buffer = LineBuffer()
            state = .children
            return .send(ZooKeeperWire.children)
        case .content(false):
            verdict = (.unknown, Message("exposure.zookeeper-no-session"))
            return askWords()
        }
    }

    private mutating func children() -> ProbeAction {
        switch ZooKeeperWire.children(buffer.pending) {
        case .incomplete: return .needMore
        case .invalid: verdict = (.unknown, Message("exposure.session-broken"))
        case .content(.success(let count)): verdict = (.notRequired, Message("exposure.zookeeper-children", ["nodes": .count(count)]))
        case .content(.failure(let error)):
            let isRefusal = [ZooKeeperWire.ErrorCode.noAuth, ZooKeeperWire.ErrorCode.authFailed, ZooKeeperWire.ErrorCode.needsSASL]
                .contains(error.code)
            let reply = ["reply": Fact.text("\(error.code)")]
            verdict = isRefusal ? (.required, Message("exposure.refused", reply)) : (.unknown, Message("exposure.busy", reply))
        }
        state = .closing
        return .send(ZooKeeperWire.close)
    }

    private mutating func askWords() -> ProbeAction {
        wantsWords = true
        return .reconnect
    }

    private func conclusion(closed: Bool) -> ProbeResult {
        let words = buffer.pending
        let opening = Self.openings.first { words.starts(with: $0.utf8) }
        let isKeeper = opening == Self.keeper
        var version: String?
        if let opening, isKeeper || opening == Self.zooKeeper {
            // The revision's hash may follow the number.
            version = PeerText.version(
                words.dropFirst(opening.utf8.count).drop { !(0x30...0x39).contains($0) }.prefix { (0x30...0x39).contains($0) || $0 == 0x2E })
        }
        let product = isKeeper ? "ClickHouse Keeper" : nil
        if let verdict {
            return .recognised(
                ServiceReading(Self.service, verdict.authentication, product: product, version: version, evidence: [verdict.message]))
        }
        guard opening != nil else { return words.isEmpty && closed ? .perhapsTLS : .other }
        return .recognised(
            ServiceReading(Self.service, .unknown, product: product, version: version, evidence: [Message("exposure.zookeeper-no-session")]))
    }

    private static let longestWords = 16 << 10
    private static let zooKeeper = "Zookeeper version: "
    private static let keeper = "ClickHouse Keeper version: "
    private static let openings = [
        zooKeeper, keeper, "srvr is not executed because it is not in the whitelist.", "This ZooKeeper instance is not currently serving requests",
    ]
}
