package import Findings
package import Probes

/// A peer made of bytes: what it says first, and what it answers to what it was sent.
package struct PretendPeer {
    package enum Reply {
        case bytes([UInt8])
        case close
        case silence
    }

    package var greeting: [UInt8] = []
    /// Gets what was sent, the number of the connection (from 0), and how many requests came before on it.
    package var answer: (_ request: [UInt8], _ connection: Int, _ turn: Int) -> Reply

    package init(greeting: [UInt8] = [], answer: @escaping (_ request: [UInt8], _ connection: Int, _ turn: Int) -> Reply) {
        self.greeting = greeting
        self.answer = answer
    }

    /// One answer per request, in order, over all connections; silence after the last.
    package static func script(greeting: [UInt8] = [], _ replies: [Reply]) -> PretendPeer {
        var left = replies[...]
        return PretendPeer(greeting: greeting) { _, _, _ in left.popFirst() ?? .silence }
    }

    package static func texts(_ replies: String...) -> PretendPeer { script(replies.map { .bytes(Array($0.utf8)) }) }
}

/// What a run of a probe came to, and what it sent.
package struct ProbeRun {
    package var result: ProbeResult
    package var sent: [[UInt8]] = []
    package var connections = 0
    package var startedTLS = false
    package var farewell: [UInt8] = []

    package var reading: ServiceReading? { result.reading }
    package var authentication: ServiceReading.Authentication? { reading?.authentication }
    package var key: String? { reading?.evidence.first?.key }

    /// Talks to the end.
    /// - Parameter cut: how the peer's bytes are cut into pieces.
    package static func talk(_ service: Service, _ peer: PretendPeer, cut: ([UInt8]) -> [[UInt8]] = { [$0] }) -> ProbeRun {
        guard let probe = ProbeRegistry.probe(for: service) else { return ProbeRun(result: .other) }
        return talk(ProbeSession(probe.init(ProbePeer(host: "192.0.2.1", port: 1, expected: service))), peer, cut: cut)
    }

    package static func talk(_ session: ProbeSession, _ peer: PretendPeer, cut: ([UInt8]) -> [[UInt8]] = { [$0] }) -> ProbeRun {
        var run = ProbeRun(result: .other)
        var session = session
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
                if pending.isEmpty {
                    // A probe that was done, and asked for another connection all the same, has nothing more to say.
                    let last = session.ended(.silent)
                    guard last != .needMore else { return run }
                    pending.append(last)
                }
            }
            guard reconnect else { return run }
        }
        return run
    }

    /// Talks once for every place where a reply can be cut in two, and once byte by byte; once as it is over UDP, whose datagrams come whole.
    package static func everyCut(_ service: Service, _ peer: () -> PretendPeer, longest: Int) -> [ProbeRun] {
        guard ProbeRegistry.probe(for: service)?.transport != .udp else { return [talk(service, peer())] }
        return (0..<longest).map { place in talk(service, peer()) { [Array($0.prefix(place)), Array($0.dropFirst(place))] } }
            + [talk(service, peer()) { $0.map { [$0] } }]
    }
}

extension ProbeResult {
    package var reading: ServiceReading? { if case .recognised(let reading) = self { reading } else { nil } }
}
