import Foundation

/// The bytes of a log file, plain or unfolded, which its first bytes tell.
///
/// Reads rather than maps: a log that is cut while it is being read (copytruncate) would kill a process that has it mapped.
package final class LogFileReader {
    /// What `-` is read from.
    package static let standardInput = "-"

    private let descriptor: Int32
    private let decompressor: (any Decompressor)?
    private let input: UnsafeMutableRawBufferPointer
    private var pending = 0..<0
    private var atEnd = false
    private var unfolded = 0
    /// What went wrong after the bytes that the last call gave.
    private var failure: LogFileError?
    /// What was looked at and not yet read.
    private var ahead: [UInt8] = []
    /// Bytes read from the disk.
    package private(set) var consumed = 0
    /// Bytes on the disk when it was opened; 0 for standard input.
    package let size: Int
    package let identity: FileIdentity

    private static let inputSize = 256 << 10
    /// zlib's best is about 1,000 to 1; real logs reach 30 to 1. Small files may do as they like.
    private static let plausibleRatio = 200
    private let harmless: Int

    /// - Parameters:
    ///   - path: `-` for standard input.
    ///   - harmless: bytes that a file of any size may unfold to.
    package convenience init(path: String, harmless: Int = 1 << 30) throws(LogFileError) {
        let isStandardInput = path == Self.standardInput
        // O_NONBLOCK: a pipe without a writer would hang the open.
        let descriptor = isStandardInput ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0) : open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        try self.init(owning: descriptor, isFile: !isStandardInput, harmless: harmless)
    }

    /// - Parameters:
    ///   - descriptor: closed with the reader; below 0 when it could not be opened, as `errno` says.
    ///   - isFile: nothing but a regular file will do.
    init(owning descriptor: Int32, isFile: Bool, harmless: Int = 1 << 30) throws(LogFileError) {
        self.harmless = harmless
        self.descriptor = descriptor
        guard descriptor >= 0 else { throw LogFileError(errno: errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, !isFile || status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .notAFile
        }
        size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
        identity = FileIdentity(status)
        input = .allocate(byteCount: Self.inputSize, alignment: 16)
        do throws(LogFileError) {
            let filled = try Self.begin(descriptor, input)
            (consumed, pending) = (filled, 0..<filled)
            decompressor = try Compression.decompressor(for: Array(input.prefix(min(filled, Compression.magicLength))))
        } catch {
            input.deallocate()
            close(descriptor)
            throw error
        }
    }

    deinit {
        close(descriptor)
        input.deallocate()
    }

    package var isCompressed: Bool { decompressor != nil }

    /// The beginning of what is read next, which stays to be read; less at the end.
    func peek(_ count: Int) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
        defer { buffer.deallocate() }
        while ahead.count < count, failure == nil {
            do throws(LogFileError) {
                let moved = try next(into: UnsafeMutableRawBufferPointer(rebasing: buffer[0..<min(buffer.count, count - ahead.count)]))
                if moved == 0 { break }
                ahead += buffer[0..<moved]
            } catch {
                failure = error
            }
        }
        return ahead
    }

    /// Fills part of `output`; 0 at the end. What was read before an error is given first.
    package func read(into output: UnsafeMutableRawBufferPointer) throws(LogFileError) -> Int {
        guard !ahead.isEmpty else { return try next(into: output) }
        let taken = min(ahead.count, output.count)
        ahead.withUnsafeBytes { output.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[0..<taken])) }
        ahead.removeFirst(taken)
        return taken
    }

    private func next(into output: UnsafeMutableRawBufferPointer) throws(LogFileError) -> Int {
        if let failure { throw failure }
        guard !output.isEmpty else { return 0 }
        guard let decompressor else { return try plain(output) }
        var written = 0
        do throws(LogFileError) {
            while written < output.count {
                if pending.isEmpty, !atEnd {
                    pending = 0..<(try fill(input))
                    atEnd = pending.isEmpty
                }
                let rest = UnsafeMutableRawBufferPointer(rebasing: output[written...])
                if pending.isEmpty {
                    let moved = try decompressor.finish(into: rest)
                    written += moved
                    unfolded += moved
                    if moved > 0 { continue }
                    if !decompressor.isComplete { throw LogFileError.truncated }
                    break
                }
                let moved = try decompressor.decompress(UnsafeRawBufferPointer(rebasing: input[pending]), into: rest)
                pending = (pending.lowerBound + moved.read)..<pending.upperBound
                written += moved.written
                unfolded += moved.written
                if unfolded > harmless, unfolded / max(consumed, 1) > Self.plausibleRatio { throw LogFileError.implausible }
                // A decoder that takes nothing and gives nothing would do so for ever.
                if moved == (0, 0) { throw LogFileError.damaged }
            }
        } catch {
            guard written > 0 else { throw error }
            failure = error
        }
        return written
    }

    /// What was read to look at the beginning comes first.
    private func plain(_ output: UnsafeMutableRawBufferPointer) throws(LogFileError) -> Int {
        guard !pending.isEmpty else { return try fill(output) }
        let taken = min(pending.count, output.count)
        output.copyMemory(from: UnsafeRawBufferPointer(rebasing: input[pending.lowerBound..<(pending.lowerBound + taken)]))
        pending = (pending.lowerBound + taken)..<pending.upperBound
        return taken
    }

    private func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(LogFileError) -> Int {
        let count = try Self.read(descriptor, buffer)
        consumed += count
        return count
    }

    /// Until there is enough to tell the compression; a pipe gives what it has.
    private static func begin(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) throws(LogFileError) -> Int {
        var filled = 0
        while filled < Compression.magicLength {
            let count = try read(descriptor, UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    private static func read(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) throws(LogFileError) -> Int {
        while true {
            let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno == EAGAIN {
                // Standard input may be a terminal or pipe that somebody else made non-blocking.
                var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                _ = poll(&waiting, 1, -1)
            } else if errno != EINTR {
                throw LogFileError(errno: errno)
            }
        }
    }
}

/// Which file it is, whatever it is called.
package struct FileIdentity: Hashable, Sendable {
    package var device: UInt64
    package var inode: UInt64

    init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }

    /// Nil when there is no such file.
    package init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }
}
