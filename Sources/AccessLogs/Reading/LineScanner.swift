import Foundation
import LogFormats

/// Cuts a log's bytes into lines, in one buffer that is used again and again.
struct LineScanner {
    /// Where a line ended.
    enum Ending {
        case newline
        /// The file ended without a newline: perhaps the server is still writing it.
        case endOfFile
        /// The line is longer than ``LineScanner/lineLimit``; its beginning is given, the rest passed over.
        case tooLong
    }

    /// Servers cap requests at 8 KiB by default; nothing sensible is longer than this.
    static let lineLimit = 64 << 10
    static let chunk = 1 << 20

    /// - Parameters:
    ///   - chunkDone: called after each chunk; false stops the reading.
    ///   - body: the line without its newline; its bytes are gone after the call.
    /// - Throws: what the reader throws, after the lines before it were handed on; `interrupted`.
    static func scan(
        _ reader: LogFileReader, chunkDone: () -> Bool = { true }, _ body: (UnsafeRawBufferPointer, Ending) -> Void
    ) throws(LogFileError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk + lineLimit, alignment: 16)
        defer { buffer.deallocate() }
        var filled = 0
        var isSkipping = false
        var failure: LogFileError?
        while failure == nil {
            var count = 0
            do throws(LogFileError) {
                count = try reader.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<min(filled + chunk, buffer.count)]))
            } catch {
                failure = error
            }
            if count == 0 { break }
            filled += count
            let bytes = UnsafeRawBufferPointer(rebasing: buffer[0..<filled])
            var start = 0
            if isSkipping {
                start = bytes.next(0x0A, from: 0).map { $0 + 1 } ?? filled
                isSkipping = start == filled && bytes[filled - 1] != 0x0A
            }
            while let newline = bytes.next(0x0A, from: start) {
                body(bytes.part(start..<newline), .newline)
                start = newline + 1
            }
            // A log that was cut under a writing server begins with a hole: zeros that belong to no line.
            while start < filled, bytes[start] == 0 { start += 1 }
            if filled - start > lineLimit {
                body(bytes.part(start..<(start + lineLimit)), .tooLong)
                isSkipping = true
                start = filled
            }
            if start > 0, let base = buffer.baseAddress {
                memmove(base, base + start, filled - start)
                filled -= start
            }
            guard chunkDone() else { throw .interrupted }
        }
        if filled > 0, !isSkipping { body(UnsafeRawBufferPointer(rebasing: buffer[0..<filled]), .endOfFile) }
        if let failure { throw failure }
    }
}
