import Foundation
import LogFormats
import Synchronization

/// What ``LineCutter/next(into:)`` left in a buffer.
package struct CutChunk: Sendable {
    /// Bytes of the buffer that are lines. All lines are whole, but for the file's last, and for one that was cut: it is the last of the chunk, lacks its
    /// newline, and is one byte longer than ``LineScanner/lineLimit``.
    package var count = 0
    /// Where in the file, unfolded, the buffer's first byte stands.
    package var offset = 0
    /// The chunk's place in the file's order: 0, 1, 2, … without gaps.
    package var index = 0
    /// No line of the file follows; a last line without a newline may be half written. True for at least one chunk of every file, which may be empty.
    package var isLast = false

    package init(count: Int = 0, offset: Int = 0, index: Int = 0, isLast: Bool = false) {
        self.count = count
        self.offset = offset
        self.index = index
        self.isLast = isLast
    }
}

/// Cuts one file into chunks of whole lines, for any number of threads at once.
///
/// A plain file is cut into slices of equal size; a chunk holds the lines that begin in its slice, so that threads need not wait for each other, and
/// the same file is always cut alike. A compressed file, or standard input, is unfolded in turn: while one thread parses its chunk, another unfolds
/// the next. A line begins with its first byte that is not NUL: a log that was cut under a writing server begins with a hole.
package final class LineCutter: @unchecked Sendable {
    private let capacity: Int
    private let plain: SlicedFile?
    private let nextSlice = Atomic<Int>(0)
    /// Only with the lock.
    private let stream: LineStream?
    private let lock = NSLock()
    /// Bytes on the disk.
    package let size: Int
    package let identity: FileIdentity
    private let streamed = Atomic<Int>(0)

    /// Smaller buffers could not hold a line.
    package static let minimumCapacity = 4 * LineScanner.lineLimit

    /// Of bytes that come one after the other, and whose beginning was looked at.
    init(_ input: LogInput, capacity: Int) {
        self.capacity = max(capacity, Self.minimumCapacity)
        (size, identity) = (0, input.reader.identity)
        plain = nil
        stream = LineStream(input.reader)
    }

    /// - Parameters:
    ///   - path: `-` for standard input.
    ///   - capacity: of the buffers that callers bring, at least ``minimumCapacity``.
    package init(path: String, capacity: Int = 1 << 20) throws(LogFileError) {
        self.capacity = max(capacity, Self.minimumCapacity)
        let reader = try LogFileReader(path: path)
        (size, identity) = (reader.size, reader.identity)
        if reader.isCompressed || path == LogFileReader.standardInput {
            plain = nil
            stream = LineStream(reader)
        } else {
            plain = try SlicedFile(path: path, identity: reader.identity, size: reader.size, slice: self.capacity - LineScanner.lineLimit - 2)
            stream = nil
        }
    }

    /// Whether the file became shorter while it was read.
    package var hasShrunk: Bool { plain?.isShorter ?? false }

    /// Bytes of the disk that were handed on.
    package var consumed: Int {
        guard let plain else { return streamed.load(ordering: .relaxed) }
        return min(size, nextSlice.load(ordering: .relaxed) * plain.slice)
    }

    /// Any thread may call, with a buffer of its own. Nil at the end.
    /// - Throws: after the lines before the failure were handed on, once.
    package func next(into buffer: UnsafeMutableRawBufferPointer) throws(LogFileError) -> CutChunk? {
        guard buffer.count >= capacity else { throw .failed(EINVAL) }
        let room = UnsafeMutableRawBufferPointer(rebasing: buffer[0..<capacity])
        if let plain {
            let index = nextSlice.wrappingAdd(1, ordering: .relaxed).oldValue
            return index < plain.count ? try plain.read(index, into: room) : nil
        }
        guard let stream else { return nil }
        lock.lock()
        defer {
            streamed.store(stream.consumed, ordering: .relaxed)
            lock.unlock()
        }
        return try stream.next(into: room)
    }
}
