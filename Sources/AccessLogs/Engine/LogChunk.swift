/// A part of a file: whole lines, and the digests that they came to. Goes from the thread that reads it to the one that parses it to those that count.
final class LogChunk: @unchecked Sendable {
    /// Large enough that taking turns costs nothing, small enough to stay in the processor's cache with its digests.
    static let size = 1 << 20

    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 64)
    /// How much of the buffer is lines.
    var filled = 0
    /// Index of the file in the source's list.
    var file = 0
    /// Its number among the chunks of its file.
    var number = 0
    /// The file ends here: a last line without a newline may be half written.
    var isLast = false
    /// By partition.
    let addresses = (0..<Partition.count).map { _ in DigestList() }
    let accounts = (0..<Partition.count).map { _ in DigestList(capacity: 8) }
    /// Those that concern the source as a whole, in the order of its lines.
    let general = DigestList()
    /// Partitions, and the tally of what concerns the whole, that have yet to count this chunk.
    var waiting = 0
    /// Matches of rules, in the order of its lines.
    var ruleHits: [RuleHit] = []
    /// Bytes that end a line.
    var newlines = 0

    deinit { buffer.deallocate() }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer[0..<filled]) }

    func reset() {
        (filled, file, number, isLast, newlines) = (0, 0, 0, false, 0)
        ruleHits.removeAll(keepingCapacity: true)
        general.removeAll()
        for list in addresses { list.removeAll() }
        for list in accounts { list.removeAll() }
    }
}
