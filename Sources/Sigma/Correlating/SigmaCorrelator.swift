/// Correlates matches of rules over time. One thread feeds it; memory is bounded, and what the bounds cost is counted (``loss``).
///
/// Matches come out when they are over: when a timespan has passed without the condition holding, or at ``finish()``.
package struct SigmaCorrelator {
    package struct Limits: Sendable {
        /// Seconds that an occurrence may come later than one with a later time. Nil: everything is put in order first, as far as ``waiting`` goes
        /// (for files that are read one after the other).
        package var tolerance: Int64? = 600
        /// Occurrences that wait to be put in order.
        package var waiting = 1_000_000
        /// Groups of all correlations, and what they hold (times, values).
        package var groups = 500_000
        package var entries = 4_000_000

        package init() {}
    }

    private struct Waiting {
        var number: UInt64
        var occurrence: SigmaOccurrence
    }

    private struct Key: Hashable {
        var correlation: Int32
        var group: SigmaGroup
    }

    package private(set) var loss = SigmaCorrelationLoss()
    private let correlations: [SigmaCorrelation]
    /// Correlation → those that refer to it, and at which position.
    private let above: [[(correlation: Int, position: Int)]]
    private let limits: Limits
    /// In the order of time, and of arrival within a second.
    private var waiting = BinaryHeap<Waiting> { ($0.occurrence.time, $0.number) < ($1.occurrence.time, $1.number) }
    private var number: UInt64 = 0
    private var newest = Int64.min
    private var groups: [Key: GroupState] = [:]
    private var weight = 0
    private var settledSinceSweep = 0
    private var clock = Int64.min
    private var ended: [SigmaCorrelationMatch] = []

    package init(_ set: SigmaRuleSet, limits: Limits = Limits()) {
        correlations = set.correlations
        self.limits = limits
        var above: [[(correlation: Int, position: Int)]] = Array(repeating: [], count: set.correlations.count)
        for (index, correlation) in set.correlations.enumerated() {
            for (position, reference) in correlation.references.enumerated() {
                if case .correlation(let below) = reference { above[below].append((index, position)) }
            }
        }
        self.above = above
    }

    package var isEmpty: Bool { correlations.isEmpty }

    /// - Parameter occurrence: of ``SigmaCorrelationPlan`` for the same rule set.
    package mutating func observe(_ occurrence: SigmaOccurrence) {
        // Times at the edge of what a number holds are no times of events, and would overflow differences.
        guard occurrence.time > -1 << 40, occurrence.time < 1 << 40 else { return }
        if let tolerance = limits.tolerance {
            guard newest == .min || occurrence.time >= newest - tolerance else {
                loss.late += 1
                return
            }
        }
        newest = max(newest, occurrence.time)
        number &+= 1
        waiting.push(Waiting(number: number, occurrence: occurrence))
        release()
    }

    private mutating func release() {
        if let tolerance = limits.tolerance {
            while let first = waiting.first, first.occurrence.time < newest - tolerance { settle() }
        }
        while waiting.count > limits.waiting {
            settle()
            loss.hurried += 1
        }
    }

    /// Everything that a match still waited for has come.
    /// - Returns: the matches, in the order of their first times.
    package mutating func finish() -> [SigmaCorrelationMatch] {
        while waiting.first != nil { settle() }
        for (key, state) in groups { end(key, state) }
        groups.removeAll()
        weight = 0
        defer { ended.removeAll() }
        return SigmaCorrelator.sorted(ended)
    }

    /// Matches that are over, in the order of their first times.
    package mutating func drain() -> [SigmaCorrelationMatch] {
        sweep()
        defer { ended.removeAll() }
        return SigmaCorrelator.sorted(ended)
    }

    /// Matches that still go on, as far as they go: for live sources.
    package func ongoing() -> [SigmaCorrelationMatch] {
        SigmaCorrelator.sorted(
            groups.compactMap { key, state in
                state.episode.flatMap { correlations[Int(key.correlation)].reportsMatches ? SigmaCorrelator.match(key, $0) : nil }
            })
    }

    private static func sorted(_ matches: [SigmaCorrelationMatch]) -> [SigmaCorrelationMatch] {
        matches.sorted { a, b in
            if (a.first, a.last, a.correlation) != (b.first, b.last, b.correlation) {
                return (a.first, a.last, a.correlation) < (b.first, b.last, b.correlation)
            }
            return a.group.values.lexicographicallyPrecedes(b.group.values) { $0.lexicographicallyPrecedes($1) }
        }
    }

    private static func match(_ key: Key, _ episode: GroupState.Episode) -> SigmaCorrelationMatch {
        SigmaCorrelationMatch(
            correlation: Int(key.correlation), group: key.group, first: episode.first, last: episode.last, events: episode.events, peak: episode.peak)
    }

    // MARK: In the order of time

    /// Takes the earliest that waits.
    private mutating func settle() {
        guard let next = waiting.pop()?.occurrence else { return }
        clock = max(clock, next.time)
        // As many steps as there are groups pay for looking at all of them.
        settledSinceSweep += 1
        if settledSinceSweep > max(4_096, groups.count) { sweep() }
        // What comes through another correlation counts when that one holds, not by itself.
        for part in next.parts where part.position >= 0 { feed(Int(part.correlation), Int(part.position), part, next, depth: 0) }
    }

    private mutating func feed(_ index: Int, _ position: Int, _ part: SigmaOccurrence.Part, _ cause: SigmaOccurrence, depth: Int) {
        guard correlations.indices.contains(index) else { return }
        let correlation = correlations[index]
        if correlation.kind == .valueCount || correlation.kind == .valueSum, part.value == nil { return }
        let key = Key(correlation: Int32(clamping: index), group: part.group)
        makeRoom(for: key)
        // Taken out while it changes, so that its arrays are not copied.
        let known = groups.removeValue(forKey: key)
        weight -= known?.weight ?? 0
        var state = known ?? GroupState(correlation, at: cause.time)
        let before = state.episode
        var outcome = GroupState.Outcome.nothing
        if let over = state.tumble(correlation, value: part.value, at: cause.time) {
            report(key, over)
        } else {
            outcome = state.take(correlation, position: position, value: part.value, at: cause.time)
        }
        if case .began = outcome, let before { report(key, before) }
        weight += state.weight
        groups[key] = state
        guard depth < 16 else { return }
        climb(index, outcome, cause, depth: depth)
    }

    /// Passes a correlation that holds on to those above it.
    private mutating func climb(_ index: Int, _ outcome: GroupState.Outcome, _ cause: SigmaOccurrence, depth: Int) {
        for (upper, position) in above[index] {
            switch outcome {
            case .nothing: continue
            case .goesOn:
                // A burst that lasts is one event of a count, but in time it is there until its end.
                guard correlations[upper].kind == .temporal || correlations[upper].kind == .temporalOrdered else { continue }
            case .began: break
            }
            guard let part = cause.parts.first(where: { Int($0.correlation) == upper }) else { continue }
            feed(upper, position, part, cause, depth: depth + 1)
        }
    }

    // MARK: Memory

    private mutating func report(_ key: Key, _ episode: GroupState.Episode) {
        guard correlations[Int(key.correlation)].reportsMatches else { return }
        ended.append(SigmaCorrelator.match(key, episode))
    }

    private mutating func end(_ key: Key, _ state: GroupState) {
        if let episode = state.episode ?? state.judged(correlations[Int(key.correlation)]) { report(key, episode) }
    }

    /// Forgets groups in which nothing can happen any more that their past matters to.
    private mutating func sweep() {
        settledSinceSweep = 0
        let over = groups.filter { clock - $0.value.lastRelevant > correlations[Int($0.key.correlation)].timespan }
        for (key, state) in over { forget(key, state) }
    }

    private mutating func forget(_ key: Key, _ state: GroupState) {
        end(key, state)
        weight -= state.weight
        groups[key] = nil
    }

    /// Forgets the groups that were longest not touched when there are too many.
    private mutating func makeRoom(for key: Key) {
        guard weight > limits.entries || (groups.count >= limits.groups && groups[key] == nil) else { return }
        sweep()
        guard weight > limits.entries || groups.count >= limits.groups else { return }
        // A tenth at once: sorting them is paid for by those that come.
        for (key, state) in groups.sorted(by: { $0.value.lastTouched < $1.value.lastTouched }) {
            guard weight > limits.entries / 10 * 9 || groups.count > limits.groups / 10 * 9 else { break }
            forget(key, state)
            loss.forgotten += 1
        }
    }
}
