import Dispatch
import Glibc
import Synchronization

/// Ends a conversation with a store from outside: when the caller cancels, or when the store hasn't answered in time.
/// The C libraries block in `recv`; shutting the socket down wakes them.
final class Watch: Sendable {
    enum Alarm: Hashable, Sendable {
        case cancelled
        case silent
    }

    private struct State {
        var descriptor: Int32?
        var deadline: ContinuousClock.Instant?
        var alarm: Alarm?
        var isOver = false
    }

    private let state = Mutex(State())
    private static let tick: DispatchTimeInterval = .milliseconds(250)

    /// Why the conversation was ended; nil while it wasn't.
    var alarm: Alarm? { state.withLock { $0.alarm } }
    var isCancelled: Bool { alarm == .cancelled }

    /// From now on `descriptor` is what gets shut down; nil before it is closed. A silence is forgotten with the connection that it ended.
    func follow(_ descriptor: Int32?) {
        state.withLock { state in
            state.descriptor = descriptor
            guard let descriptor else { return }
            if state.alarm == .silent { state.alarm = nil }
            if state.alarm != nil { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    /// The store must be through within so many seconds; nil: the turn is ours.
    func expect(within seconds: Int?) {
        state.withLock { $0.deadline = seconds.map { ContinuousClock.now + .seconds($0) } }
    }

    func cancel() { ring(.cancelled) }

    /// Looks at the deadline from now on until ``end()``.
    func begin() {
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.tick) { [self] in
            let (isOver, isLate) = state.withLock { state in
                (state.isOver, state.deadline.map { $0 < ContinuousClock.now } ?? false)
            }
            if isLate { ring(.silent) }
            if !isOver { begin() }
        }
    }

    func end() {
        state.withLock { state in
            state.isOver = true
            state.descriptor = nil
            state.deadline = nil
        }
    }

    private func ring(_ alarm: Alarm) {
        // Within the lock: the descriptor must not be closed, and its number given to somebody else, in between.
        state.withLock { state in
            if state.alarm == nil || alarm == .cancelled { state.alarm = alarm }
            state.deadline = nil
            if let descriptor = state.descriptor { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }
}

/// How long a server may take, in seconds.
enum Patience {
    static let connect = 10
    /// For a statement of ours: the catalogue, a setting, a CREATE TABLE.
    static let statement = 60
    /// For the next batch of a scan. A bloated table can keep a server busy for a while before it yields a row.
    static let batch = 300
    /// For a whole scan: the server ends one that was forgotten.
    static let scan = 7_200
}
