import Datastores
import Foundation

extension SamplePatients {
    /// Like ``generate(batchSize:_:)``, and makes the next batches on a thread of its own while `body` uses one: writing takes as long as
    /// making. That thread has done its work when this returns.
    func generateAhead(_ body: (Batch) throws -> Void) throws {
        let queue = BatchQueue()
        let producer = Thread {
            queue.finish(
                Result {
                    try generate { batch in
                        guard queue.put(batch) else { throw CancellationError() }
                    }
                })
        }
        producer.name = "suwen-sample"
        producer.stackSize = 1 << 20
        producer.start()
        defer { queue.close() }
        while let batch = try queue.next() { try body(batch) }
    }
}

/// Hands batches from one thread to another, a few at most at a time.
private final class BatchQueue: @unchecked Sendable {
    private static let limit = 3

    // Guards all that is below.
    private let condition = NSCondition()
    private var batches: [Batch] = []
    private var result: Result<Void, any Error>?
    private var isClosed = false

    /// Waits for room. False when nobody wants more.
    func put(_ batch: Batch) -> Bool {
        condition.withLock {
            while batches.count >= BatchQueue.limit, !isClosed { condition.wait() }
            guard !isClosed else { return false }
            batches.append(batch)
            condition.broadcast()
            return true
        }
    }

    /// The producer's last word.
    func finish(_ result: Result<Void, any Error>) {
        condition.withLock {
            self.result = result
            condition.broadcast()
        }
    }

    /// The next batch; nil after the last one.
    /// - Throws: what the producer failed with.
    func next() throws -> Batch? {
        try condition.withLock {
            while batches.isEmpty, result == nil { condition.wait() }
            guard batches.isEmpty else {
                defer { condition.broadcast() }
                return batches.removeFirst()
            }
            try result?.get()
            return nil
        }
    }

    /// Lets the producer end, and waits until it has.
    func close() {
        condition.withLock {
            isClosed = true
            batches.removeAll()
            condition.broadcast()
            while result == nil { condition.wait() }
        }
    }
}
