import Dispatch
import Glibc
package import Network
import Synchronization

/// Finds the open ports of a space by connecting to them, on a thread for each core.
package struct PortSweep: Sendable {
    package enum Event: Sendable {
        case open(PermittedAddress)
        /// What became of an address's ports. Where threads share an address, each reports its own part.
        case settled(AddressSweep)
        /// So many more ports are done with.
        case progress(Int)
    }

    private let space: SweepSpace
    private let limits: SweepLimits
    private let lanes: Int

    /// - Parameter lanes: how many threads; as many as there are cores unless said otherwise.
    package init(_ space: SweepSpace, limits: SweepLimits, lanes: Int? = nil) {
        var limits = limits
        // What is remembered of the ports of the addresses dealt with at once takes no more than some tens of megabytes.
        limits.hosts = max(16, min(limits.hosts, 16_000_000 / max(1, space.blocks.map(\.ports.count).max() ?? 1)))
        self.space = space
        self.limits = limits
        // More threads than cores, or than connections that may be under way, would only stand in each other's way.
        self.lanes = max(1, min(lanes ?? Self.cores, limits.window, limits.rate ?? .max, limits.hostRate ?? .max))
    }

    private static let cores = max(1, min(8, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

    /// Begins the sweep. Ends with the last port, or soon after the one who reads it stops.
    package func events() -> AsyncStream<Event> {
        AsyncStream { continuation in
            let isCancelled = Flag()
            let running = Flag.Counter(lanes)
            continuation.onTermination = { _ in isCancelled.raise() }
            for number in 0..<lanes {
                let scheduler = SweepScheduler(space, limits: limits.share(of: lanes), lane: number, lanes: lanes)
                // The lane waits in the kernel: it must not hold a thread of the cooperative pool.
                DispatchQueue(label: "sweep \(number)").async {
                    let lane = try? SweepLane(scheduler)
                    lane?.run(isCancelled: { isCancelled.isRaised }) { found, settled, ports in
                        for target in found { continuation.yield(.open(target)) }
                        for address in settled { continuation.yield(.settled(address)) }
                        if ports > 0 { continuation.yield(.progress(ports)) }
                    }
                    if running.isLast() { continuation.finish() }
                }
            }
        }
    }
}

/// Raised once, seen by all.
private final class Flag: Sendable {
    private let value = Atomic(false)
    var isRaised: Bool { value.load(ordering: .relaxed) }
    func raise() { value.store(true, ordering: .relaxed) }

    /// Counts down as each of several is done.
    final class Counter: Sendable {
        private let left: Atomic<Int>
        init(_ count: Int) { left = Atomic(count) }
        func isLast() -> Bool { left.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 }
    }
}
