import Foundation

/// Memory that a parser decodes into, used again for every line and freed with its owner.
///
/// A class, since spans of an event point into it: copies of a parser share it, so only one of them may be used.
final class ScratchBuffer {
    private(set) var memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    private(set) var count = 0

    deinit { memory.deallocate() }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[0..<count]) }
    var room: Int { memory.count - count }

    /// Forgets what it held and makes sure of `capacity` bytes. What points into it is void.
    func reset(capacity: Int) {
        count = 0
        guard capacity > memory.count else { return }
        memory.deallocate()
        memory = .allocate(byteCount: max(capacity, 4_096), alignment: 16)
    }

    func removeAll() { count = 0 }

    /// Never moves what it holds: beyond the capacity, bytes are dropped.
    @inline(__always)
    func append(_ byte: UInt8) {
        guard count < memory.count else { return }
        memory[count] = byte
        count += 1
    }

    func append(_ bytes: UnsafeRawBufferPointer) {
        let taken = min(bytes.count, room)
        guard taken > 0, let source = bytes.baseAddress, let base = memory.baseAddress else { return }
        memcpy(base + count, source, taken)
        count += taken
    }

    /// Room for `length` bytes more, to be written to; nil when there is not so much.
    func extend(by length: Int) -> Int? {
        guard length >= 0, length <= room else { return nil }
        defer { count += length }
        return count
    }

    /// Copies bytes that lie before `start` to it.
    func copy(_ range: Range<Int>, to start: Int) {
        guard range.upperBound <= start, start + range.count <= count, let base = memory.baseAddress else { return }
        memcpy(base + start, base + range.lowerBound, range.count)
    }

    func set(_ byte: UInt8, at index: Int) {
        if index < count { memory[index] = byte }
    }

    /// Copies of two parts of what it holds, with a byte between them, one after the other; nil when there is no room.
    func joined(_ first: Range<Int>, _ separator: UInt8, _ second: Range<Int>) -> Span? {
        guard let start = extend(by: first.count + 1 + second.count) else { return nil }
        copy(first, to: start)
        set(separator, at: start + first.count)
        copy(second, to: start + first.count + 1)
        return Span(start, first.count + 1 + second.count)
    }
}
