import Network

/// One address while its ports are tried.
struct SweepHost: Sendable {
    let target: PermittedAddress
    let isLocal: Bool
    private let ports: [UInt16]
    private var nextPort = 0
    /// Attempts that have to be made again; they come after all the first ones.
    var again: [SweepScheduler.Attempt] = []
    var underWay = 0
    var window: CongestionWindow
    var estimate = RoundTripEstimate()
    var nextAllowed = Int64.min
    /// It stands in a queue of the scheduler.
    var isQueued = false
    var result: AddressSweep

    init(_ target: PermittedAddress, _ ports: [UInt16], _ result: AddressSweep, window: CongestionWindow) {
        self.target = target
        self.ports = ports
        self.result = result
        self.window = window
        isLocal = target.address.isLoopback
    }

    var hasWork: Bool { nextPort < ports.count || !again.isEmpty }
    var isReady: Bool { !isQueued && hasWork && underWay < window.size }
    var isFinished: Bool { !hasWork && underWay == 0 }

    /// Call only while it ``hasWork``.
    mutating func takeAttempt(_ slot: Int32) -> SweepScheduler.Attempt {
        underWay += 1
        guard nextPort < ports.count else { return again.removeLast() }
        defer { nextPort += 1 }
        return SweepScheduler.Attempt(slot: slot, port: ports[nextPort])
    }
}
