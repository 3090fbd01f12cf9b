import Foundation

/// The rest of a file that was read elsewhere up to some place: the copy that copytruncate made of it, plain or compressed.
struct CopyTail {
    private let stream: LineStream
    let path: String

    /// Nil when the file doesn't have `mark` before `offset`, or can't be read so far.
    init?(path: String, from offset: Int, mark: [UInt8]) {
        guard let reader = try? LogFileReader(path: path) else { return nil }
        var seen: [UInt8] = []
        var left = offset
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
        defer { buffer.deallocate() }
        while left > 0 {
            guard let count = try? reader.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[0..<min(left, buffer.count)])), count > 0 else {
                return nil
            }
            left -= count
            seen = Array((seen + buffer[max(0, count - mark.count)..<count]).suffix(mark.count))
        }
        guard seen == mark else { return nil }
        stream = LineStream(reader, offset: offset)
        self.path = path
    }

    /// Nil at the end; what can't be read is the end.
    func next(into buffer: UnsafeMutableRawBufferPointer) -> CutChunk? {
        while let chunk = try? stream.next(into: buffer) {
            if chunk.count > 0 { return chunk }
        }
        return nil
    }

    /// The unfolded beginning of a file.
    static func head(of path: String) -> [UInt8]? {
        guard let reader = try? LogFileReader(path: path) else { return nil }
        return [UInt8](unsafeUninitializedCapacity: FileTail.headSize) { buffer, filled in
            while filled < buffer.count,
                let count = try? reader.read(into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])),
                count > 0
            {
                filled += count
            }
        }
    }
}
