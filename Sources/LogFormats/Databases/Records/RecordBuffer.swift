import Foundation

/// The text of one record of a log, collected line by line, and behind it what its reader adds: names that the record doesn't repeat, text whose
/// escapes were undone. Spans of the event point into it, so it lives as long as the parser, and two take turns.
final class RecordBuffer {
    /// Bytes of a record that are kept; the rest of it is passed over.
    static let limit = 1 << 20
    /// For what is added behind the record.
    private static let extra = 64 << 10

    private var memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    private(set) var count = 0
    private var rawCount = 0
    /// Lines of the record that were dropped or cut since they didn't fit.
    private(set) var isCut = false

    deinit { memory.deallocate() }

    var text: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[0..<count]) }
    /// The record without what was added.
    var raw: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[0..<(rawCount > 0 ? rawCount : count)]) }

    func start(_ line: UnsafeRawBufferPointer) {
        (count, rawCount, isCut) = (0, 0, false)
        append(line, upTo: Self.limit)
    }

    /// A further line of the record, parted by a newline.
    func addLine(_ line: UnsafeRawBufferPointer) {
        guard count < Self.limit else {
            isCut = true
            return
        }
        reserve(1)
        memory[count] = 0x0A
        count += 1
        append(line, upTo: Self.limit)
    }

    /// Adds what the record doesn't say itself. ``Span/none`` when there is no room left.
    func add(_ bytes: UnsafeRawBufferPointer) -> Span {
        guard beginAdding(), count + bytes.count <= Self.limit + Self.extra else { return .none }
        let start = count
        append(bytes, upTo: Self.limit + Self.extra)
        return Span(start..<count)
    }

    func add(_ text: StaticString) -> Span { add(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)) }

    /// Adds the decoded form of a part of the record, which is never longer than the part. `decode` reads from the one and writes to the other, and
    /// returns how much it wrote. ``Span/none`` when there is no room.
    func add(decoding part: Range<Int>, _ decode: (UnsafeRawBufferPointer, UnsafeMutableRawBufferPointer) -> Int) -> Span {
        guard beginAdding(), part.lowerBound >= 0, part.upperBound <= count, part.count <= Self.limit else { return .none }
        reserve(part.count)
        let source = UnsafeRawBufferPointer(rebasing: memory[part])
        let target = UnsafeMutableRawBufferPointer(rebasing: memory[count..<(count + part.count)])
        let written = min(max(decode(source, target), 0), part.count)
        defer { count += written }
        return Span(count, written)
    }

    /// For readers that take one line.
    func replaceNewlines() {
        for index in 0..<count where memory[index] == 0x0A { memory[index] = 0x20 }
    }

    private func beginAdding() -> Bool {
        if rawCount == 0 { rawCount = count }
        return count > 0
    }

    private func append(_ bytes: UnsafeRawBufferPointer, upTo limit: Int) {
        let taken = min(bytes.count, limit - count)
        if taken < bytes.count { isCut = true }
        guard taken > 0, let source = bytes.baseAddress else { return }
        reserve(taken)
        guard let base = memory.baseAddress else { return }
        memcpy(base + count, source, taken)
        count += taken
    }

    private func reserve(_ more: Int) {
        guard count + more > memory.count else { return }
        let grown = UnsafeMutableRawBufferPointer.allocate(byteCount: max(4_096, (count + more) * 2), alignment: 16)
        if count > 0, let source = memory.baseAddress, let target = grown.baseAddress { memcpy(target, source, count) }
        memory.deallocate()
        memory = grown
    }
}
