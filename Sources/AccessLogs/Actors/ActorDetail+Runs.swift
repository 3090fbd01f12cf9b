/// How many record numbers came one after the other, and how many as part of a long run.
package struct RunCounts: Sendable {
    /// Numbers that were not asked for just before.
    package var steps: UInt32 = 0
    /// Of them those within long runs.
    package var sequential: UInt32 = 0
    package var longest: UInt32 = 0

    mutating func merge(_ other: RunCounts) {
        steps &+= other.steps
        sequential &+= other.sequential
        longest = max(longest, other.longest)
    }

    package var share: Double { steps == 0 ? 0 : Double(sequential) / Double(steps) }
}

/// The walks through record numbers that go on. Two of them, so that others behind the same address don't hide one.
struct RecordRuns: Sendable {
    private struct Run: Sendable {
        /// Shape and agent: one walker, one interface.
        var tag: UInt32 = 0
        var length: UInt32 = 0
        var low: UInt64 = .max
        var high: UInt64 = 0
        /// Foreign steps since this run last went on.
        var idle: UInt32 = 0
    }

    private var first = Run()
    private var second = Run()

    /// Numbers this close count as one after the other: pages of up to a hundred, some left out.
    private static let step: UInt64 = 100
    /// People leaf through a few pages, again and again; only a longer run of ever new numbers is a walk through the records.
    private static let longRun: UInt32 = 10
    /// A run that others interrupted this often is over.
    private static let patience: UInt32 = 64

    @inline(__always)
    mutating func advance(_ digest: EventDigest, _ counts: inout RunCounts) {
        let tag = UInt32(truncatingIfNeeded: digest.shape) ^ digest.agent
        if Self.extend(&first, tag, digest.record, &counts) || Self.extend(&second, tag, digest.record, &counts) { return }
        counts.steps &+= 1
        let keepsFirst = first.length > second.length && first.idle < Self.patience || second.idle >= Self.patience
        let fresh = Run(tag: tag, length: 0, low: digest.record, high: digest.record)
        if keepsFirst {
            second = fresh
            first.idle &+= 1
        } else {
            first = fresh
            second.idle &+= 1
        }
    }

    @inline(__always)
    private static func extend(_ run: inout Run, _ tag: UInt32, _ record: UInt64, _ counts: inout RunCounts) -> Bool {
        guard run.tag == tag, run.low <= run.high else { return false }
        // A number of the run again (its parts, a retry) is no step.
        if record >= run.low, record <= run.high { return true }
        guard record > run.high ? record - run.high <= step : run.low - record <= step else { return false }
        run.low = min(run.low, record)
        run.high = max(run.high, record)
        run.length &+= 1
        run.idle = 0
        counts.steps &+= 1
        if run.length == longRun { counts.sequential &+= longRun } else if run.length > longRun { counts.sequential &+= 1 }
        counts.longest = max(counts.longest, run.length)
        return true
    }
}
