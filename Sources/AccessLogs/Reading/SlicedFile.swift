import Foundation
import LogFormats
import Synchronization

/// A plain file in slices of equal size, each of which can be read without the others.
final class SlicedFile: Sendable {
    private let descriptor: Int32
    private let size: Int
    let slice: Int
    /// At least one: of an empty file the only slice is empty.
    let count: Int

    private static let window = 8 << 10
    private let hasShrunk = Atomic<Bool>(false)

    /// Whether a read came to an end before the size that the file had.
    var isShorter: Bool { hasShrunk.load(ordering: .relaxed) }

    init(path: String, identity: FileIdentity, size: Int, slice: Int) throws(LogFileError) {
        descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        self.size = size
        self.slice = slice
        count = max(1, (size + slice - 1) / slice)
        guard descriptor >= 0 else { throw LogFileError(errno: errno) }
        var status = stat()
        // Another file by this name since it was looked at: as if it had gone.
        guard fstat(descriptor, &status) == 0, FileIdentity(status) == identity else { throw .vanished }
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The lines that begin in the slice.
    /// - Parameter buffer: has room for the slice, the byte before it, and the longest line.
    func read(_ index: Int, into buffer: UnsafeMutableRawBufferPointer) throws(LogFileError) -> CutChunk {
        var chunk = CutChunk(count: 0, offset: index * slice, index: index, isLast: index == count - 1)
        let begin = index * slice
        let end = min(begin + slice, size)
        // With the byte before, which tells whether a line begins at the slice's first; and with some of what follows, where the last line ends.
        let from = max(0, begin - 1)
        var filled = try fill(buffer, 0, from, min(size, end + Self.window) - from)
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[0..<filled])
        guard let start = try start(bytes, from, end - from, isFirst: index == 0), start < min(end - from, filled) else { return chunk }
        chunk.offset = from + start
        // The last line that begins in the slice.
        let last = lastStart(bytes, start, min(end - from, filled))
        var stop = bytes.next(0x0A, from: last).map { $0 + 1 }
        if stop == nil, filled - last <= LineScanner.lineLimit, from + filled < size {
            filled += try fill(buffer, filled, from + filled, min(size - from - filled, last + LineScanner.lineLimit + 1 - filled))
            stop = UnsafeRawBufferPointer(rebasing: buffer[0..<filled]).next(0x0A, from: last).map { $0 + 1 }
        }
        // A line without an end is cut, but for the one that the file ends with.
        let until = stop ?? min(filled, last + LineScanner.lineLimit + 1)
        move(buffer, start..<until)
        chunk.count = until - start
        chunk.isLast = chunk.isLast || from + until >= size
        return chunk
    }

    /// Where in `bytes`, which are the file's from `from`, the first line begins; nil when none begins before `end`.
    private func start(_ bytes: UnsafeRawBufferPointer, _ from: Int, _ end: Int, isFirst: Bool) throws(LogFileError) -> Int? {
        guard let first = bytes.first else { return nil }
        if isFirst { return skipHole(bytes, 0, end) }
        if first == 0x0A { return skipHole(bytes, 1, end) }
        if first == 0, let behind = skipHole(bytes, 0, end), try isHole(before: from) { return behind }
        return bytes.next(0x0A, from: 0, to: min(end, bytes.count)).flatMap { skipHole(bytes, $0 + 1, end) }
    }

    private func skipHole(_ bytes: UnsafeRawBufferPointer, _ at: Int, _ end: Int) -> Int? {
        var at = at
        let end = min(end, bytes.count)
        while at < end, bytes[at] == 0 { at += 1 }
        return at < end ? at : nil
    }

    /// Whether the zeros that end before `at` follow a newline or the file's beginning. Each hole is looked back over once, by the slice it ends in.
    private func isHole(before at: Int) throws(LogFileError) -> Bool {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
        defer { buffer.deallocate() }
        var at = at
        while at > 0 {
            let from = max(0, at - buffer.count)
            let filled = try fill(buffer, 0, from, at - from)
            if let other = buffer[0..<filled].lastIndex(where: { $0 != 0 }) { return buffer[other] == 0x0A }
            at = from
        }
        return true
    }

    /// Of the last line that begins in `bytes` between `start` and `end`.
    private func lastStart(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int {
        var end = end
        while end - 1 > start {
            // A newline that is the slice's last byte begins a line of the next slice.
            guard let newline = bytes.lastNewline(from: start, to: end - 1) else { return start }
            if let behind = skipHole(bytes, newline + 1, end) { return behind }
            end = newline + 1
        }
        return start
    }

    private func move(_ buffer: UnsafeMutableRawBufferPointer, _ range: Range<Int>) {
        guard range.lowerBound > 0, let base = buffer.baseAddress else { return }
        memmove(base, base + range.lowerBound, range.count)
    }

    /// Reads `wanted` bytes of the file at `offset`; fewer when it was cut meanwhile.
    private func fill(_ buffer: UnsafeMutableRawBufferPointer, _ at: Int, _ offset: Int, _ wanted: Int) throws(LogFileError) -> Int {
        guard let base = buffer.baseAddress else { return 0 }
        var filled = 0
        let wanted = min(wanted, buffer.count - at)
        while filled < wanted {
            let count = pread(descriptor, base + at + filled, wanted - filled, off_t(offset + filled))
            if count == 0 {
                hasShrunk.store(true, ordering: .relaxed)
                break
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw LogFileError(errno: errno)
            }
            filled += count
        }
        return filled
    }
}
