import Exposure
import Findings

/// A peer made of bytes: what it says first, and what it answers to what it was sent.
struct PretendPeer {
    enum Reply {
        case bytes([UInt8])
        case close
        case silence
    }

    var greeting: [UInt8] = []
    /// Gets what was sent, the number of the connection (from 0), and how many requests came before on it.
    var answer: (_ request: [UInt8], _ connection: Int, _ turn: Int) -> Reply

    /// One answer per request, in order, over all connections; silence after the last.
    static func script(greeting: [UInt8] = [], _ replies: [Reply]) -> PretendPeer {
        var left = replies[...]
        return PretendPeer(greeting: greeting) { _, _, _ in left.popFirst() ?? .silence }
    }

    static func texts(_ replies: String...) -> PretendPeer { script(replies.map { .bytes(Array($0.utf8)) }) }
}

/// What a run of a probe came to, and what it sent.
struct Run {
    var result: ProbeResult
    var sent: [[UInt8]] = []
    var connections = 0
    var startedTLS = false
    var farewell: [UInt8] = []

    var reading: ServiceReading? { result.reading }
    var authentication: ServiceReading.Authentication? { reading?.authentication }
    var key: String? { reading?.evidence.first?.key }

    /// Talks to the end.
    /// - Parameter cut: how the peer's bytes are cut into pieces.
    static func talk(_ service: Service, _ peer: PretendPeer, cut: ([UInt8]) -> [[UInt8]] = { [$0] }) -> Run {
        guard let probe = ProbeRegistry.probe(for: service) else { return Run(result: .other) }
        var run = Run(result: .other)
        var session = ProbeSession(probe.init())
        // No probe needs this many exchanges: one that does would never end.
        for _ in 0..<20 {
            run.connections += 1
            var turn = 0
            var pending: [ProbeAction] = [session.connected()]
            for piece in cut(peer.greeting) where !piece.isEmpty { pending.append(session.received(piece)) }
            var reconnect = false
            talk: while !pending.isEmpty {
                let action = pending.removeFirst()
                switch action {
                case .needMore: break
                case .send(let bytes):
                    run.sent.append(bytes)
                    switch peer.answer(bytes, run.connections - 1, turn) {
                    case .bytes(let reply): for piece in cut(reply) where !piece.isEmpty { pending.append(session.received(piece)) }
                    case .close: pending.append(session.ended(.closed))
                    case .silence: pending.append(session.ended(.silent))
                    }
                    turn += 1
                case .startTLS(let bytes):
                    run.startedTLS = true
                    if !bytes.isEmpty { run.sent.append(bytes) }
                    pending.append(session.secured())
                case .reconnect:
                    reconnect = true
                    break talk
                case .done(let result, let farewell):
                    run.result = result
                    run.farewell = farewell
                    return run
                }
                if pending.isEmpty { pending.append(session.ended(.silent)) }
            }
            guard reconnect else { return run }
        }
        return run
    }

    /// Talks once for every place where a reply can be cut in two, and once byte by byte.
    static func everyCut(_ service: Service, _ peer: () -> PretendPeer, longest: Int) -> [Run] {
        (0..<longest).map { place in talk(service, peer()) { [Array($0.prefix(place)), Array($0.dropFirst(place))] } }
            + [talk(service, peer()) { $0.map { [$0] } }]
    }
}

extension ProbeResult {
    var reading: ServiceReading? { if case .recognised(let reading) = self { reading } else { nil } }
}

/// A generator with a seed (SplitMix64), so that a failure can be had again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }
}
