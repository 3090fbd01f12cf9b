import Foundation
import LogFormats

/// A file that grows: gives what was added, in whole lines, and notices when it was cut.
final class FileTail {
    enum Reading {
        case lines(CutChunk)
        case nothing
        /// The file is shorter than it was, or holds something else where it had been read: copytruncate, or written anew.
        case cut
    }

    let identity: FileIdentity
    private let descriptor: Int32
    /// All before it was handed on; a line begins here.
    private(set) var position: Int
    /// The bytes before ``position``, by which a file is known again.
    private(set) var mark: [UInt8] = []
    /// The file's first bytes, by which copies of it are known.
    private(set) var head: [UInt8] = []
    private var isSkipping = false
    private var index = 0

    static let markSize = 256
    static let headSize = 1 << 10

    enum Start {
        case beginning
        /// Behind the lines that are there.
        case end
        case offset(Int)
    }

    /// - Throws: `vanished` while there is no such file.
    init(path: String, from start: Start) throws(LogFileError) {
        descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw LogFileError(errno: errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .notAFile
        }
        identity = FileIdentity(status)
        let size = Int(status.st_size)
        switch start {
        case .beginning: position = 0
        case .offset(let offset): position = min(max(0, offset), size)
        case .end:
            // A line that is half written is read whole.
            let window = Self.bytes(descriptor, max(0, size - LineScanner.lineLimit), min(size, LineScanner.lineLimit))
            let rest = window.count - (window.lastIndex(of: 0x0A).map { $0 + 1 } ?? (size > window.count ? window.count : 0))
            position = size - rest
        }
        remember()
    }

    deinit { close(descriptor) }

    /// What was added since the last call, as far as it fits.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(LogFileError) -> Reading {
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(position))
            if count < 0 {
                if errno == EINTR { continue }
                throw LogFileError(errno: errno)
            }
            // Looked at after reading, so that what was read is of the file that is known.
            guard isKnown(count) else { return .cut }
            guard let chunk = cut(buffer, count) else { return .nothing }
            remember()
            // A part that is passed over is no news.
            if chunk.count > 0 { return .lines(chunk) }
        }
    }

    /// The line that the file ends with and that nobody will complete.
    func finish(into buffer: UnsafeMutableRawBufferPointer) -> CutChunk? {
        let count = pread(descriptor, buffer.baseAddress, min(buffer.count, LineScanner.lineLimit + 1), off_t(position))
        guard count > 0, !isSkipping else { return nil }
        defer { position += count }
        return CutChunk(count: count, offset: position, index: index, isLast: true)
    }

    /// The file's first bytes as they are now.
    var currentHead: [UInt8] { Self.bytes(descriptor, 0, Self.headSize) }

    /// Begins anew, at the beginning.
    func restart() {
        (position, isSkipping, head) = (0, false, [])
        remember()
    }

    private func cut(_ buffer: UnsafeMutableRawBufferPointer, _ filled: Int) -> CutChunk? {
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[0..<filled])
        var start = 0
        if isSkipping {
            guard filled > 0 else { return nil }
            let newline = bytes.next(0x0A, from: 0)
            isSkipping = newline == nil
            position += newline.map { $0 + 1 } ?? filled
            return CutChunk(count: 0)
        }
        // Zeros before a line belong to no line; without more they may be a hole that is being filled.
        while start < filled, bytes[start] == 0 { start += 1 }
        var end = bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        if end == 0, filled - start > LineScanner.lineLimit {
            end = start + LineScanner.lineLimit + 1
            isSkipping = true
        }
        if end == 0, start == buffer.count {
            position += start
            return CutChunk(count: 0)
        }
        guard end > 0 else { return nil }
        defer {
            position += end
            index += 1
        }
        return CutChunk(count: end, offset: position, index: index)
    }

    private func isKnown(_ count: Int) -> Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0, Int(status.st_size) >= position + count else { return false }
        return Self.bytes(descriptor, position - mark.count, mark.count) == mark
    }

    private func remember() {
        let size = min(position, Self.markSize)
        mark = Self.bytes(descriptor, position - size, size)
        if head.count < Self.headSize { head = Self.bytes(descriptor, 0, min(position, Self.headSize)) }
    }

    private static func bytes(_ descriptor: Int32, _ offset: Int, _ count: Int) -> [UInt8] {
        guard count > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(0, pread(descriptor, buffer.baseAddress, count, off_t(offset)))
        }
    }
}
