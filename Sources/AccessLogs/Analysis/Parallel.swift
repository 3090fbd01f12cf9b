import Dispatch

/// Work that is cut into parts beforehand, on all cores.
enum Parallel {
    /// In the order of `items`.
    static func map<Item: Sendable, Result: Sendable>(_ items: [Item], _ body: @Sendable (Item) -> Result) -> [Result] {
        let results = UnsafeMutableBufferPointer<Result?>.allocate(capacity: items.count)
        results.initialize(repeating: nil)
        defer {
            results.deinitialize()
            results.deallocate()
        }
        nonisolated(unsafe) let places = results
        // Each iteration writes a place of its own.
        DispatchQueue.concurrentPerform(iterations: items.count) { places[$0] = body(items[$0]) }
        return results.compactMap { $0 }
    }
}
