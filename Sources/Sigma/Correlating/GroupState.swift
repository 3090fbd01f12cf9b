/// What the correlator remembers of one group of one correlation.
struct GroupState {
    enum Memory {
        case amounts(SlidingAmounts)
        case values(SlidingValues)
        case rules(SeenRules)
        /// A window that doesn't slide, for conditions that more events may unmake: it begins with its first event and is judged when it is over.
        case tumbling(Tumbling)
    }

    struct Tumbling {
        var start: Int64
        var last: Int64
        var events: Int64 = 0
        var sum: Int64 = 0
        var values: Set<Int64> = []
    }

    /// A match that still goes on.
    struct Episode {
        var first: Int64
        var last: Int64
        var events: Int64
        var peak: Int64
    }

    var memory: Memory
    var episode: Episode?
    var lastTouched: Int64

    init(_ correlation: SigmaCorrelation, at time: Int64) {
        lastTouched = time
        if !correlation.condition.isGrowing {
            memory = .tumbling(Tumbling(start: time, last: time))
            return
        }
        switch correlation.kind {
        case .eventCount, .valueSum: memory = .amounts(SlidingAmounts())
        case .valueCount: memory = .values(SlidingValues())
        case .temporal, .temporalOrdered: memory = .rules(SeenRules(count: correlation.references.count))
        }
    }

    /// Roughly how many entries it holds, for the bound on all groups.
    var weight: Int {
        switch memory {
        case .amounts(let amounts): 1 + amounts.count
        case .values(let values): 1 + values.count
        case .rules: 2
        case .tumbling(let window): 1 + window.values.count
        }
    }

    enum Outcome {
        case nothing
        /// The condition holds since this event.
        case began
        /// It held before, and still does.
        case goesOn
    }

    /// Takes one event of a growing condition, in the order of time.
    mutating func take(_ correlation: SigmaCorrelation, position: Int, value: Int64?, at time: Int64) -> Outcome {
        lastTouched = max(lastTouched, time)
        var measure: (count: Int64, first: Int64, events: Int64)?
        switch memory {
        case .amounts(var amounts):
            // Emptied first, so that the array is not copied.
            memory = .rules(SeenRules(count: 0))
            amounts.add(correlation.kind == .valueSum ? value ?? 0 : 1, at: time, timespan: correlation.timespan)
            measure = (amounts.total, amounts.first ?? time, amounts.events)
            memory = .amounts(amounts)
        case .values(var values):
            guard let value else { return .nothing }
            memory = .rules(SeenRules(count: 0))
            values.add(value, at: time, timespan: correlation.timespan)
            measure = (Int64(values.count), values.first ?? time, Int64(values.count))
            memory = .values(values)
        case .rules(var rules):
            memory = .rules(SeenRules(count: 0))
            if correlation.kind == .temporalOrdered {
                let all = Int64(correlation.references.count)
                measure = rules.addOrdered(position, at: time, timespan: correlation.timespan).map { (all, $0, all) }
            } else {
                let (count, first) = rules.add(position, at: time, timespan: correlation.timespan)
                measure = (Int64(count), first, Int64(count))
            }
            memory = .rules(rules)
        case .tumbling: return .nothing
        }
        guard let measure, correlation.condition.holds(measure.count) else {
            return .nothing
        }
        guard var current = episode, time - current.last <= correlation.timespan else {
            return begin(measure, at: time)
        }
        current.last = time
        current.events += 1
        current.peak = max(current.peak, measure.count)
        episode = current
        return .goesOn
    }

    private mutating func begin(_ measure: (count: Int64, first: Int64, events: Int64), at time: Int64) -> Outcome {
        episode = Episode(first: measure.first, last: time, events: measure.events, peak: measure.count)
        return .began
    }

    // MARK: Windows that don't slide

    /// Takes one event of any other condition. The sliding ones are none of its business.
    /// - Returns: the window before, when this event ends it and its count satisfies the condition. Then the caller has nothing more to do.
    mutating func tumble(_ correlation: SigmaCorrelation, value: Int64?, at time: Int64) -> Episode? {
        guard case .tumbling(var window) = memory else { return nil }
        memory = .rules(SeenRules(count: 0))
        var over: Episode?
        if time - window.start > correlation.timespan {
            over = GroupState.judge(window, correlation)
            window = Tumbling(start: time, last: time)
        }
        window.last = time
        window.events += 1
        window.sum = SlidingAmounts.plus(window.sum, value ?? 0)
        if correlation.kind == .valueCount, let value { window.values.insert(value) }
        lastTouched = time
        memory = .tumbling(window)
        return over
    }

    /// What the open window comes to, when it is judged now.
    func judged(_ correlation: SigmaCorrelation) -> Episode? {
        guard case .tumbling(let window) = memory, window.events > 0 else { return nil }
        return GroupState.judge(window, correlation)
    }

    private static func judge(_ window: Tumbling, _ correlation: SigmaCorrelation) -> Episode? {
        let count =
            switch correlation.kind {
            case .valueCount: Int64(window.values.count)
            case .valueSum: window.sum
            case .eventCount, .temporal, .temporalOrdered: window.events
            }
        guard correlation.condition.holds(count) else { return nil }
        return Episode(first: window.start, last: window.last, events: window.events, peak: count)
    }

    /// From when on its past has a bearing: an open window's start, or the last event.
    var lastRelevant: Int64 { if case .tumbling(let window) = memory { window.start } else { lastTouched } }
}
