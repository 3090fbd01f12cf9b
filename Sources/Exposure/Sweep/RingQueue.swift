/// First in, first out, in constant time.
struct RingQueue<Element>: Sendable where Element: Sendable {
    private var storage: [Element?] = []
    private var head = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    mutating func append(_ element: Element) {
        if count == storage.count { grow() }
        storage[(head + count) & (storage.count - 1)] = element
        count += 1
    }

    mutating func popFirst() -> Element? {
        guard count > 0 else { return nil }
        defer {
            storage[head] = nil
            head = (head + 1) & (storage.count - 1)
            count -= 1
        }
        return storage[head]
    }

    /// To the next power of two, in order from the head.
    private mutating func grow() {
        let old = storage
        storage = [Element?](repeating: nil, count: max(16, old.count * 2))
        for index in 0..<count { storage[index] = old[(head + index) & (old.count - 1)] }
        head = 0
    }
}
