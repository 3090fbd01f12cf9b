/// What the readers found in a window; nothing overlaps: the first to claim a unit keeps it.
struct WindowFindings {
    struct Finding {
        var start: Int
        var end: Int
        var kind: DataKind
        var confidence: Double
    }

    private(set) var all: [Finding] = []
    private var taken: [Bool] = []

    mutating func reset(count: Int) {
        all.removeAll(keepingCapacity: true)
        taken.removeAll(keepingCapacity: true)
        taken.append(contentsOf: repeatElement(false, count: count))
    }

    func isFree(_ start: Int, _ end: Int) -> Bool {
        for index in start..<end where taken[index] { return false }
        return true
    }

    /// Does nothing when a part of it is taken.
    @discardableResult
    mutating func add(_ start: Int, _ end: Int, _ kind: DataKind, _ confidence: Double) -> Bool {
        guard start < end, isFree(start, end) else { return false }
        for index in start..<end { taken[index] = true }
        all.append(Finding(start: start, end: end, kind: kind, confidence: confidence))
        return true
    }
}
