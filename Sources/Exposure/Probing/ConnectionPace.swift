import NIOCore
import Network
import Synchronization

/// Keeps conversations within a rate: how long each new connection has to wait for its turn.
final class ConnectionPace: Sendable {
    private struct State: Sendable {
        var next: NIODeadline = .uptimeNanoseconds(0)
        /// Of addresses that were talked to lately.
        var hosts: [IPAddress: NIODeadline] = [:]
    }

    private let interval: TimeAmount?
    private let hostInterval: TimeAmount?
    private let state = Mutex(State())

    /// So many addresses are remembered before those whose turn is past are forgotten.
    private static let mostHosts = 4_096

    /// - Parameters:
    ///   - rate: connections a second in all; nil: no limit.
    ///   - hostRate: connections a second to one address; nil: no limit. Addresses of this machine have none.
    init(rate: Int?, hostRate: Int?) {
        interval = rate.map { .nanoseconds(1_000_000_000 / Int64(max(1, $0))) }
        hostInterval = hostRate.map { .nanoseconds(1_000_000_000 / Int64(max(1, $0))) }
    }

    /// Takes a turn; call once for each connection.
    func turn(for address: IPAddress, at now: NIODeadline = .now()) -> NIODeadline {
        state.withLock { state in
            var turn = now
            if let interval {
                turn = max(turn, state.next)
                state.next = turn + interval
            }
            if let hostInterval, !address.isLoopback {
                turn = max(turn, state.hosts[address] ?? now)
                if state.hosts.count >= Self.mostHosts { state.hosts = state.hosts.filter { $0.value > now } }
                state.hosts[address] = turn + hostInterval
            }
            return turn
        }
    }
}
