/// What one group of one correlation remembers: amounts by time, in a window that slides over events in the order of their times.
struct SlidingAmounts {
    private struct Slot {
        var time: Int64
        var amount: Int64
        var events: Int64
    }

    private var slots: [Slot] = []
    private var head = 0
    private(set) var total: Int64 = 0
    private(set) var events: Int64 = 0

    /// Slots in use: at most ``slotLimit`` and a few.
    var count: Int { slots.count - head }
    var first: Int64? { head < slots.count ? slots[head].time : nil }

    /// A timespan has at most so many slots. Up to an hour they are seconds; beyond, the window's edge is off by at most 1/3600 of the timespan.
    static let slotLimit: Int64 = 3_600

    mutating func add(_ amount: Int64, at time: Int64, timespan: Int64) {
        let width = max(1, timespan / SlidingAmounts.slotLimit)
        while head < slots.count, time - slots[head].time > timespan {
            total = SlidingAmounts.minus(total, slots[head].amount)
            events -= slots[head].events
            head += 1
        }
        if head > 64, head * 2 > slots.count {
            slots.removeFirst(head)
            head = 0
        }
        total = SlidingAmounts.plus(total, amount)
        events += 1
        if let last = slots.last, head < slots.count, time - last.time < width {
            slots[slots.count - 1].amount = SlidingAmounts.plus(last.amount, amount)
            slots[slots.count - 1].events += 1
        } else {
            slots.append(Slot(time: time, amount: amount, events: 1))
        }
    }

    static func plus(_ a: Int64, _ b: Int64) -> Int64 {
        let (sum, overflow) = a.addingReportingOverflow(b)
        return overflow ? (b > 0 ? .max : .min) : sum
    }

    private static func minus(_ a: Int64, _ b: Int64) -> Int64 {
        let (difference, overflow) = a.subtractingReportingOverflow(b)
        return overflow ? (b > 0 ? .min : .max) : difference
    }
}

/// Different values in a sliding window, and when each was last seen.
struct SlidingValues {
    private struct Entry {
        var time: Int64
        var value: Int64
    }

    private var last: [Int64: Int64] = [:]
    /// By the time when the value was entered; looked up again when it comes up.
    private var oldest = BinaryHeap<Entry> { ($0.time, $0.value) < ($1.time, $1.value) }

    var count: Int { last.count }
    /// When the value that was longest not seen was last seen.
    private(set) var first: Int64?

    mutating func add(_ value: Int64, at time: Int64, timespan: Int64) {
        if last.updateValue(time, forKey: value) == nil { oldest.push(Entry(time: time, value: value)) }
        while let entry = oldest.first {
            guard let seen = last[entry.value] else {
                _ = oldest.pop()
                continue
            }
            if time - seen > timespan {
                last[entry.value] = nil
                _ = oldest.pop()
            } else if seen > entry.time {
                _ = oldest.pop()
                oldest.push(Entry(time: seen, value: entry.value))
            } else {
                break
            }
        }
        first = oldest.first?.time
    }
}

/// Which rules were seen when, and (ordered) since when the rules up to each were seen in their order.
struct SeenRules {
    private var times: [Int64?]

    init(count: Int) { times = Array(repeating: nil, count: count) }

    /// - Returns: how many of the rules were seen within the timespan that ends now, and when the first of them was.
    mutating func add(_ position: Int, at time: Int64, timespan: Int64) -> (count: Int, first: Int64) {
        times[position] = time
        var count = 0
        var first = time
        for case let seen? in times where time - seen <= timespan {
            count += 1
            first = min(first, seen)
        }
        return (count, first)
    }

    /// `times[k]`: the latest start of a chain that has come through rule k.
    /// - Returns: when the chain began that is complete now.
    mutating func addOrdered(_ position: Int, at time: Int64, timespan: Int64) -> Int64? {
        if position == 0 {
            times[0] = time
        } else {
            guard let start = times[position - 1], time - start <= timespan else { return nil }
            times[position] = max(times[position] ?? start, start)
        }
        return position == times.count - 1 ? times[position] : nil
    }
}
