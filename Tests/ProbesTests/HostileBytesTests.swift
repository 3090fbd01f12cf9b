import Probes
import TestSupport
import Testing

/// Peers that send anything at all.
@Suite("Hostile bytes")
struct HostileBytesTests {
    static let services: [Service] = ProbeRegistry.all.map { $0.service }

    @Test("random bytes end every probe, and never look like a service without authentication", arguments: services)
    func random(_ service: Service) {
        var generator = SeededGenerator(seed: 20_250_601)
        for round in 0..<2_000 {
            let greeting = round.isMultiple(of: 2) ? generator.bytes(Int.random(in: 0..<64, using: &generator)) : []
            let reply = generator.bytes(Int.random(in: 0..<600, using: &generator))
            let run = ProbeRun.talk(service, PretendPeer(greeting: greeting) { _, _, _ in .bytes(reply) })
            #expect(run.authentication != .notRequired)
        }
    }

    @Test("valid replies with bytes changed, dropped or doubled end every probe", arguments: ProbeCases.all)
    func mutated(_ one: ProbeCase) {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let replies = one.replies.map { mutate($0, &generator) }
            let peer = PretendPeer.script(greeting: mutate(one.greeting, &generator), replies.map { .bytes($0) })
            #expect(ProbeRun.talk(one.service, peer).connections <= 20)
        }
    }

    @Test("mutated MongoDB replies end its probe")
    func mutatedMongoDB() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<3_000 {
            let seed = generator.next()
            let peer = PretendPeer { request, _, _ in
                var generator = SeededGenerator(seed: seed)
                return .bytes(mutate(Replies.MongoDB.answer(request, authenticated: true), &generator))
            }
            #expect(ProbeRun.talk(.mongoDB, peer).connections <= 20)
        }
    }

    @Test("a peer that never stops is cut off", arguments: services)
    func endless(_ service: Service) {
        guard let probe = ProbeRegistry.all.first(where: { $0.service == service }) else { return }
        for start in ["", ":1\r\n$1000000\r\n", "STAT a ", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nA: "] {
            var session = ProbeSession(probe.init(ProbePeer(host: "192.0.2.1", port: 1)))
            _ = session.connected()
            var actions = [session.received(Array(start.utf8))]
            for _ in 0..<20 { actions.append(session.received([UInt8](repeating: 0x61, count: 64 << 10))) }
            let isDone = actions.contains { if case .done = $0 { true } else { $0 == .reconnect } }
            #expect(isDone)
        }
    }

    private func mutate(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch generator.next() % 4 {
            case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(bytes[place], at: place)
            default: bytes[place] = [0, 0xFF, 0x7F, 0x80][Int(generator.next() % 4)]
            }
        }
        return bytes
    }
}
