/// Digests in a row. Its storage is kept when it is emptied, for one list is filled and emptied thousands of times; but not one that a single busy
/// identity blew up: over a long log it would happen to every list in turn.
final class DigestList {
    private var storage: UnsafeMutablePointer<EventDigest>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int = 64) {
        self.capacity = capacity
        storage = .allocate(capacity: capacity)
    }

    deinit { storage.deallocate() }

    @inline(__always)
    func append(_ digest: EventDigest) {
        if count == capacity { grow() }
        (storage + count).initialize(to: digest)
        count += 1
    }

    private func grow() {
        let larger = UnsafeMutablePointer<EventDigest>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: storage, count: count)
        storage.deallocate()
        storage = larger
        capacity *= 2
    }

    /// Many times the fair share of a list in a chunk.
    private static let keptCapacity = 2_048

    func removeAll() {
        count = 0
        guard capacity > Self.keptCapacity else { return }
        storage.deallocate()
        capacity = 64
        storage = .allocate(capacity: capacity)
    }

    var elements: UnsafeBufferPointer<EventDigest> { UnsafeBufferPointer(start: storage, count: count) }
}
