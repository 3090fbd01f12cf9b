import Foundation
import LogFormats

/// Cuts bytes that come one after the other into chunks of whole lines.
final class LineStream {
    private let reader: LogFileReader
    /// The beginning of a line whose end was not read yet; never longer than a line may be.
    private let carry = UnsafeMutableRawBufferPointer.allocate(byteCount: LineScanner.lineLimit + 2, alignment: 16)
    private var carried = 0
    /// Where in the unfolded file the next byte to be handed on stands.
    private var offset: Int
    private var index = 0
    /// The line that goes on was cut.
    private var isSkipping = false
    private var isAtEnd = false
    private var failure: LogFileError?

    /// - Parameter offset: how much of the file the reader has given already.
    init(_ reader: LogFileReader, offset: Int = 0) {
        self.reader = reader
        self.offset = offset
    }

    deinit { carry.deallocate() }

    var consumed: Int { reader.consumed }

    func next(into buffer: UnsafeMutableRawBufferPointer) throws(LogFileError) -> CutChunk? {
        if isAtEnd {
            defer { failure = nil }
            if let failure { throw failure }
            return nil
        }
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: carry[0..<carried]))
        var filled = carried
        carried = 0
        while filled < buffer.count, !isAtEnd {
            let count = read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            isAtEnd = count == 0
            filled += count
        }
        var chunk = CutChunk(count: 0, offset: offset, index: index, isLast: isAtEnd)
        index += 1
        cut(buffer, filled, &chunk)
        return chunk
    }

    /// 0 at the end, and when reading failed.
    private func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        do throws(LogFileError) {
            return try reader.read(into: buffer)
        } catch {
            failure = error
            return 0
        }
    }

    /// Leaves whole lines at the buffer's beginning.
    private func cut(_ buffer: UnsafeMutableRawBufferPointer, _ filled: Int, _ chunk: inout CutChunk) {
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[0..<filled])
        var start = 0
        if isSkipping {
            // Nothing of the line is wanted; the chunk may stay empty, so that whoever waits can see how far it got.
            let newline = bytes.next(0x0A, from: 0)
            isSkipping = newline == nil
            start = newline.map { $0 + 1 } ?? filled
        }
        let first = start
        if let newline = bytes.lastNewline(from: start, to: filled) { start = newline + 1 }
        var end = start
        // Zeros before a line belong to no line.
        while start < filled, bytes[start] == 0 { start += 1 }
        let rest = filled - start
        if rest > LineScanner.lineLimit {
            // The hole between is handed on with it.
            end = start + LineScanner.lineLimit + 1
            isSkipping = true
            start = filled
        } else if isAtEnd {
            if rest > 0 { end = filled }
            start = filled
        }
        chunk.offset = offset + first
        chunk.count = end - first
        offset += start
        carried = filled - start
        carry.copyMemory(from: bytes.part(start..<filled))
        guard first > 0, let base = buffer.baseAddress else { return }
        memmove(base, base + first, chunk.count)
    }
}
