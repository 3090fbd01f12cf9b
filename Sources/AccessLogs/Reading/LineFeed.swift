import Foundation
import LogFormats

/// Whole lines out of bytes that come as they please: from a pipe, a terminal, the journal.
final class LineFeed {
    private var pending: [UInt8] = []
    private var isSkipping = false
    private var offset = 0
    private var index = 0

    func append(_ bytes: UnsafeRawBufferPointer) {
        var bytes = bytes
        if isSkipping {
            let newline = bytes.next(0x0A, from: 0)
            offset += newline.map { $0 + 1 } ?? bytes.count
            guard let newline else { return }
            isSkipping = false
            bytes = bytes.part((newline + 1)..<bytes.count)
        }
        pending.append(contentsOf: bytes)
    }

    /// Moves whole lines to `buffer`, which has room for a line of ``LineScanner/lineLimit``; nil when none is complete.
    /// - Parameter isAtEnd: what is left is a line, too.
    func take(into buffer: UnsafeMutableRawBufferPointer, isAtEnd: Bool = false) -> CutChunk? {
        let room = min(pending.count, buffer.count)
        var count = pending[0..<room].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        var dropped = 0
        if count == 0, pending.count > LineScanner.lineLimit {
            count = LineScanner.lineLimit + 1
            dropped = pending[count...].firstIndex(of: 0x0A).map { $0 + 1 - count } ?? pending.count - count
            isSkipping = pending[count + dropped - 1] != 0x0A || dropped == 0
        } else if count == 0, isAtEnd {
            count = pending.count
        }
        guard count > 0 else { return nil }
        pending.withUnsafeBytes { buffer.copyMemory(from: $0.part(0..<count)) }
        let chunk = CutChunk(count: count, offset: offset, index: index, isLast: isAtEnd && count + dropped == pending.count)
        pending.removeFirst(count + dropped)
        offset += count + dropped
        index += 1
        return chunk
    }
}
