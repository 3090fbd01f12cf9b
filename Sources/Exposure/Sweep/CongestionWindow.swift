/// How many connections may be under way: doubles with every window that is answered, and is halved when an answer came only to a second attempt,
/// for then the first was lost on the way (after RFC 5681 3.1). Silence alone says nothing: a filter is silent too.
struct CongestionWindow: Sendable {
    private(set) var size: Int
    private let most: Int
    private var threshold: Int
    /// Answers since the last growth beyond the threshold.
    private var credit = 0
    /// A loss before this moment belongs to one that was taken into account already.
    private var calm = Int64.min

    private static let least = 4

    init(initial: Int, most: Int) {
        self.most = max(1, most)
        size = min(max(1, initial), self.most)
        threshold = self.most
    }

    mutating func succeeded() {
        guard size < most else { return }
        if size < threshold {
            size += 1
        } else {
            credit += 1
            guard credit >= size else { return }
            credit = 0
            size += 1
        }
    }

    mutating func lost(at now: Int64, roundTrip: Int64) {
        guard now >= calm else { return }
        threshold = min(most, max(Self.least, size / 2))
        size = threshold
        credit = 0
        calm = now + roundTrip
    }

    /// This machine can't have as many under way.
    mutating func limit(to count: Int) { size = min(size, max(1, count)) }
}
