import Synchronization

/// What work on rows has done.
struct SealCounts: Sendable {
    /// Rows written.
    var rows = 0
    /// Cells that are others now.
    var changed = 0
    /// Cells that were written as they were read.
    var kept = 0
    var nulls = 0

    static func += (left: inout SealCounts, right: SealCounts) {
        left.rows += right.rows
        left.changed += right.changed
        left.kept += right.kept
        left.nulls += right.nulls
    }
}

/// What the workers of a run have done together.
final class SealTally: Sendable {
    private let state = Mutex<(counts: SealCounts, late: Int)>((SealCounts(), 0))

    var counts: SealCounts { state.withLock { $0.counts } }
    /// Rows that writers changed, or held, between reading and writing: they were done later.
    var late: Int { state.withLock { $0.late } }

    func add(_ counts: SealCounts, late: Int = 0) {
        state.withLock { state in
            state.counts += counts
            state.late += late
        }
    }
}
