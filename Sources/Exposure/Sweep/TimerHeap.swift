/// Moments, each with a value, of which the earliest comes first.
struct TimerHeap<Value>: Sendable where Value: Sendable {
    private var entries: [(time: Int64, value: Value)] = []

    var earliest: Int64? { entries.first?.time }

    mutating func insert(_ value: Value, at time: Int64) {
        entries.append((time, value))
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child].time < entries[parent].time else { break }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    /// The earliest value, if its moment has come.
    mutating func pop(until now: Int64) -> Value? {
        guard let first = entries.first, first.time <= now else { return nil }
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count && entries[child].time < entries[least].time { least = child }
            guard least != parent else { break }
            entries.swapAt(parent, least)
            parent = least
        }
        return first.value
    }
}
