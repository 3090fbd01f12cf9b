/// Watches the stamps of one file in the order of its lines: a stamp that lies far before the one ahead of it tells of a clock that was set back, or of
/// lines that were put in. Requests that took long are written late; that stays within ``tolerance``.
package struct ClockWatch: Hashable, Sendable {
    package struct Step: Hashable, Sendable {
        /// The last stamp before the step, and the one after it. Seconds since 1970.
        package var from: Int64
        package var to: Int64

        package init(from: Int64, to: Int64) {
            self.from = from
            self.to = to
        }
    }

    /// Seconds.
    package static let tolerance: Int64 = 3_600
    private static let keptSteps = 8

    /// The first few.
    package private(set) var steps: [Step] = []
    package private(set) var count = 0
    private var first: Int64?
    private var last: Int64 = 0

    package init() {}

    @inline(__always)
    package mutating func add(_ time: Int64) {
        // Others are no times; nothing is subtracted from them.
        guard time >= ActivityTimeline.earliest, time <= 1 << 40 else { return }
        if first == nil { first = time }
        if time < last - Self.tolerance { note(last, time) }
        last = time
    }

    /// Takes in the part of the file that comes right after this one.
    package mutating func append(_ next: ClockWatch) {
        guard let begin = next.first else { return }
        if first == nil { first = begin }
        if begin < last - Self.tolerance { note(last, begin) }
        count += next.count
        steps = Array((steps + next.steps).prefix(Self.keptSteps))
        last = next.last
    }

    private mutating func note(_ from: Int64, _ to: Int64) {
        count += 1
        if steps.count < Self.keptSteps { steps.append(Step(from: from, to: to)) }
    }
}
