import Foundation
import LogFormats

/// Cuts a file into chunks of whole lines.
final class ChunkReader {
    private let reader: LogFileReader
    private let file: Int
    /// The beginning of a line whose end was not read yet.
    private var carried = 0
    private let carry = UnsafeMutableRawBufferPointer.allocate(byteCount: LogChunk.size, alignment: 16)
    private var number = 0
    private var isSkipping = false
    private var isAtEnd = false
    /// What went wrong after the lines that the last call gave.
    private var failure: LogFileError?

    init(path: String, file: Int) throws(LogFileError) {
        reader = try LogFileReader(path: path)
        self.file = file
    }

    deinit { carry.deallocate() }

    /// Bytes read from the disk.
    var consumed: Int { reader.consumed }

    /// False at the end of the file: after a chunk that is marked as the last, and may be empty.
    /// - Throws: what the reader throws, after the lines before it were handed on.
    func next(into chunk: LogChunk) throws(LogFileError) -> Bool {
        if let failure { throw failure }
        while !isAtEnd {
            chunk.buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: carry[0..<carried]))
            var filled = carried
            carried = 0
            while filled < chunk.buffer.count, !isAtEnd {
                let count = read(into: UnsafeMutableRawBufferPointer(rebasing: chunk.buffer[filled...]))
                isAtEnd = count == 0
                filled += count
            }
            cut(chunk, filled)
            (chunk.file, chunk.number, chunk.isLast) = (file, number, isAtEnd)
            if chunk.filled > 0 || isAtEnd {
                number += 1
                return true
            }
        }
        if let failure { throw failure }
        return false
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

    /// Leaves whole lines in the chunk.
    private func cut(_ chunk: LogChunk, _ filled: Int) {
        let bytes = UnsafeRawBufferPointer(rebasing: chunk.buffer[0..<filled])
        if isSkipping {
            let end = bytes.next(0x0A, from: 0)
            isSkipping = end == nil
            chunk.filled = 0
            // What follows the newline is read again with the next chunk.
            if let end { keep(bytes.part((end + 1)..<filled)) }
            return
        }
        if isAtEnd {
            chunk.filled = filled
            return
        }
        if let last = bytes.lastIndex(of: 0x0A) {
            let end = last + 1
            keep(bytes.part(end..<filled))
            chunk.filled = end
            return
        }
        // No line is as long as a chunk: its beginning is handed on, the rest passed over.
        isSkipping = true
        chunk.filled = min(filled, LineScanner.lineLimit)
    }

    private func keep(_ rest: UnsafeRawBufferPointer) {
        UnsafeMutableRawBufferPointer(rebasing: carry[0..<rest.count]).copyMemory(from: rest)
        carried = rest.count
    }
}
