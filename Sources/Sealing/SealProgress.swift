import Synchronization

/// How far an operation is. Updated by its workers, read by whoever shows it.
package final class SealProgress: Sendable {
    private let state = Mutex<(done: Int, total: Int?)>((0, nil))
    private let changed: (@Sendable (_ done: Int, _ total: Int?) -> Void)?

    /// - Parameter changed: called after each batch, from any thread.
    package init(changed: (@Sendable (_ done: Int, _ total: Int?) -> Void)? = nil) { self.changed = changed }

    /// Begins a stretch of work.
    /// - Parameter total: rows, roughly; nil when unknown.
    package func begin(total: Int?) { update { $0 = (0, total) } }

    package func add(_ rows: Int) { update { $0.done += rows } }

    private func update(_ body: (inout sending (done: Int, total: Int?)) -> Void) {
        let now = state.withLock { state in
            body(&state)
            return state
        }
        changed?(now.done, now.total)
    }
}
