import Exposure
import Glibc
import Network
import TestSupport
import Testing

/// A sweep's decisions against a network that is made of numbers.
@Suite("The sweep's scheduler")
struct SweepSchedulerTests {
    /// A network in which some addresses are there, some filter, and some packets get lost.
    struct Network {
        var roundTrip: Int64 = 20_000_000
        /// Of a hundred packets.
        var lost = 0
        var isThere: (IPAddress) -> Bool = { _ in true }
        var isOpen: (IPAddress, UInt16) -> Bool = { _, port in port == 22 }
        /// How many may be under way before packets are dropped.
        var capacity = Int.max
    }

    struct Outcome {
        var sweeps: [AddressSweep] = []
        var mostUnderWay = 0
        var attempts = 0
        var time: Int64 = 0
        /// The most attempts at one address within a second.
        var perHost: [IPAddress: Int] = [:]
        var open: Int { sweeps.reduce(0) { $0 + $1.open.count } }
        var refused: Int { sweeps.reduce(0) { $0 + $1.refused } }
        var silent: Int { sweeps.reduce(0) { $0 + $1.silent } }
        var outOfScope: Int { sweeps.reduce(0) { $0 + $1.outOfScope } }
    }

    static func block(_ text: String, _ ports: [UInt16]) -> [SweepSpace.Block] {
        CIDR(text).map { [SweepSpace.Block(target: 0, addresses: $0, ports: ports)] } ?? []
    }

    static func space(_ text: String, _ ports: [UInt16], scope: String? = nil) -> SweepSpace {
        SweepSpace(block(text, ports), scope: Scope(networks: [CIDR(scope ?? text)].compactMap { $0 }))
    }

    static func run(_ space: SweepSpace, _ network: Network, _ limits: SweepLimits = SweepLimits(), keep: Bool = true) -> Outcome {
        var generator = SeededGenerator(seed: 5)
        var simulation = SweepSimulation(space, limits)
        var outcome = Outcome()
        simulation.run { address, port, underWay in
            outcome.attempts += 1
            outcome.mostUnderWay = max(outcome.mostUnderWay, underWay)
            let isLost = underWay > network.capacity || Int(generator.next() % 100) < network.lost
            guard network.isThere(address), !isLost else { return nil }
            return (network.isOpen(address, port) ? .open : .refused, network.roundTrip)
        } settled: { sweep in
            if keep { outcome.sweeps.append(sweep) }
        }
        outcome.time = simulation.time
        return outcome
    }

    @Test("every port of every address is settled once, wherever it lies", arguments: [1, 2, 3])
    func everything(_ attempts: Int) {
        let outcome = Self.run(Self.space("10.0.0.0/24", Array(1...100)), Network(isThere: { $0.low % 2 == 0 }), SweepLimits(attempts: attempts))
        #expect(outcome.sweeps.count == 256)
        #expect(outcome.sweeps.allSatisfy { $0.count == 100 })
        #expect(outcome.open == 128)
        #expect(outcome.refused == 128 * 99)
        #expect(outcome.silent == 128 * 100)
    }

    @Test(
        "lanes that share the work come to the same, whether they share addresses or ports", arguments: [("10.0.0.0/24", 20), ("10.0.0.1/32", 4_000)])
    func lanes(_ block: String, _ ports: Int) {
        let space = Self.space(block, (1...ports).map { UInt16($0) })
        var seen: [IPAddress: AddressSweep] = [:]
        for lane in 0..<3 {
            var simulation = SweepSimulation(space, SweepLimits(), lane: lane, lanes: 3)
            simulation.run { _, port, _ in
                (port == 22 ? .open : .refused, 1_000_000)
            } settled: { sweep in
                seen[sweep.address, default: AddressSweep(target: 0, address: sweep.address)].add(sweep)
            }
        }
        #expect(seen.values.allSatisfy { $0.count == ports })
        #expect(seen.values.reduce(0) { $0 + $1.open.count } == (ports >= 22 ? seen.count : 0))
    }

    @Test("a port whose first packet was lost is found all the same, and the window gets smaller")
    func loss() {
        let quiet = Self.run(Self.space("10.0.0.0/26", Array(1...200)), Network())
        let lossy = Self.run(Self.space("10.0.0.0/26", Array(1...200)), Network(lost: 5), SweepLimits(attempts: 4))
        #expect(lossy.open == quiet.open)
        let narrow = Self.run(Self.space("10.0.0.0/26", Array(1...200)), Network(capacity: 200), SweepLimits(attempts: 6))
        #expect(narrow.open == quiet.open)
        #expect(narrow.silent == 0)
    }

    @Test("an address that answers only at its last port gets second attempts at all the others")
    func late() {
        var first = true
        let network = Network(isOpen: { _, _ in true })
        var simulation = SweepSimulation(Self.space("10.0.0.1/32", Array(1...100)), SweepLimits())
        var sweeps: [AddressSweep] = []
        simulation.run { _, port, _ in
            if port == 100 { first = false }
            return first ? nil : (.open, network.roundTrip)
        } settled: {
            sweeps.append($0)
        }
        // All but the few that had had both.
        #expect(sweeps.map(\.open.count).reduce(0, +) == 92)
    }

    @Test("a rate is kept, in all and for each address")
    func rates() {
        let total = Self.run(Self.space("10.0.0.0/28", Array(1...100)), Network(roundTrip: 1_000_000), SweepLimits(rate: 1_000))
        #expect(total.attempts == 1_600)
        #expect(total.time >= 1_550_000_000)
        let host = Self.run(Self.space("10.0.0.1/32", Array(1...1_000)), Network(roundTrip: 1_000_000), SweepLimits(hostRate: 500))
        #expect(host.time >= 1_900_000_000)
        #expect(host.refused + host.open == 1_000)
    }

    @Test("addresses outside the scope are counted, and never tried")
    func scope() {
        let outcome = Self.run(Self.space("10.0.0.0/20", [22, 80], scope: "10.0.0.0/24"), Network())
        #expect(outcome.attempts == 512)
        #expect(outcome.outOfScope == (4_096 - 256) * 2)
        #expect(outcome.open == 256)
    }

    @Test("a machine that has no means for most attempts still tries every port")
    func denied() {
        var simulation = SweepSimulation(Self.space("10.0.0.0/28", Array(1...50)), SweepLimits())
        simulation.mostAtOnce = 3
        var sweeps: [AddressSweep] = []
        simulation.run { _, _, _ in
            (.refused, 1_000_000)
        } settled: {
            sweeps.append($0)
        }
        #expect(sweeps.reduce(0) { $0 + $1.refused } == 800)
    }

    @Test("a network of a million addresses takes no more memory than a small one")
    func memory() {
        // Of 5 ports each; one address of a thousand is there.
        let before = Self.residentBytes
        var peak = before
        var count = 0
        var simulation = SweepSimulation(Self.space("10.0.0.0/12", Array(1...5)), SweepLimits())
        simulation.run { address, _, _ in
            address.low % 1_000 == 0 ? (.refused, 20_000_000) : nil
        } settled: { sweep in
            count += 1
            if count.isMultiple(of: 10_000) { peak = max(peak, Self.residentBytes) }
        }
        #expect(count == 1 << 20)
        #expect(peak - before < 200 << 20)
    }

    private static var residentBytes: Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, 256, file) != nil else { return 0 }
        let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(separator: " ")
        return (words.count > 1 ? Int(words[1]) ?? 0 : 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
