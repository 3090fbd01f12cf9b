public import Foundation

extension UnsafeRawBufferPointer {
    /// The next `byte` at or after `start`, and before `end` or the buffer's end, whichever comes first.
    @inlinable @inline(__always)
    package func next(_ byte: UInt8, from start: Int, to end: Int? = nil) -> Int? {
        // Bounds that callers give for a search's length may lie behind the line.
        let end = Swift.min(end ?? count, count)
        guard start < end, let base = baseAddress, let hit = memchr(base + start, Int32(byte), end - start) else { return nil }
        return UnsafeRawPointer(hit) - base
    }

    @inlinable @inline(__always)
    package func part(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: self[range]) }

    @inlinable
    package func starts(with text: StaticString, at start: Int) -> Bool {
        guard count - start >= text.utf8CodeUnitCount, let base = baseAddress else { return false }
        return memcmp(base + start, text.utf8Start, text.utf8CodeUnitCount) == 0
    }
}

extension UnsafeRawBufferPointer {
    @inlinable
    package func equals(_ text: StaticString) -> Bool { count == text.utf8CodeUnitCount && starts(with: text, at: 0) }

    @inlinable
    package func equals(_ other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count, let base = baseAddress, let otherBase = other.baseAddress else { return count == 0 && other.count == 0 }
        return memcmp(base, otherBase, count) == 0
    }
}
