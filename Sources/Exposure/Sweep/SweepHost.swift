import Network

/// One address while its ports are tried.
struct SweepHost: Sendable {
    let target: PermittedAddress
    let isLocal: Bool
    private let ports: [UInt16]
    private var nextPort = 0
    /// Attempts that have to be made again.
    private var again: [SweepScheduler.Attempt] = []
    /// Ports that got one attempt only, because the address had never answered.
    private var unsure: [UInt16] = []
    private(set) var hasAnswered = false
    /// Ports that were silent while the address hadn't answered.
    private var chances = 0
    var underWay = 0
    var window: CongestionWindow
    private(set) var estimate = RoundTripEstimate()
    var nextAllowed = Int64.min
    /// It stands in a queue of the scheduler.
    var isQueued = false
    private(set) var result: AddressSweep

    /// Of an address that never answers, so many ports get all attempts, and the others one: most addresses of a large network aren't there.
    private static let thorough = 8

    init(_ target: PermittedAddress, _ ports: [UInt16], _ result: AddressSweep, window: CongestionWindow) {
        self.target = target
        self.ports = ports
        self.result = result
        self.window = window
        isLocal = target.address.isLoopback
    }

    /// This machine could not try one of its ports, however often.
    var gaveUp = false
    var isHopeless: Bool { gaveUp && !hasAnswered }
    /// Attempts of it that the scheduler keeps, because congestion may be why they are needed.
    var doubtful = 0

    var hasWork: Bool { nextPort < ports.count || !again.isEmpty }
    var isReady: Bool { !isQueued && hasWork && underWay < window.size }
    var isFinished: Bool { !hasWork && underWay == 0 && doubtful == 0 }

    /// Call only while it ``hasWork``. Whether the address is there at all is found out first.
    mutating func takeAttempt(_ slot: Int32) -> SweepScheduler.Attempt {
        underWay += 1
        if let attempt = again.popLast() { return attempt }
        defer { nextPort += 1 }
        return SweepScheduler.Attempt(slot: slot, port: ports[nextPort])
    }

    mutating func putBack(_ attempt: SweepScheduler.Attempt) { again.append(attempt) }

    /// The first answer shows that the address is there.
    /// - Returns: ports that had got one attempt only, and deserve another.
    mutating func answered(_ roundTrip: Int64) -> [UInt16] {
        estimate.add(roundTrip)
        hasAnswered = true
        defer { unsure = [] }
        result.silent -= unsure.count
        return unsure
    }

    /// What follows when a port of an address that never answered was silent again: most addresses of a large network aren't there, so that only the
    /// first few ports get all their attempts.
    /// - Returns: whether the port gets another attempt.
    mutating func triesAgain(_ attempt: SweepScheduler.Attempt) -> Bool {
        if attempt.number == 0 { chances += 1 }
        return attempt.number > 0 || chances <= Self.thorough
    }

    /// The port counts as silent, unless the address answers later.
    mutating func leaveUnsure(_ attempt: SweepScheduler.Attempt) {
        unsure.append(attempt.port)
        result.count(.silent, port: attempt.port)
    }

    mutating func count(_ attempt: SweepScheduler.Attempt, _ state: PortState) { result.count(state, port: attempt.port) }
}
