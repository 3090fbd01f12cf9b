import Foundation

/// The bytes of a log file, plain or unfolded from gzip, which its first bytes tell.
///
/// Reads rather than maps: a log that is cut while it is being read (copytruncate) would kill a process that has it mapped.
final class LogFileReader {
    private let descriptor: Int32
    private let inflater: Inflater?
    private let input: UnsafeMutableRawBufferPointer
    private var pending = 0..<0
    private var atEnd = false
    private var unfolded = 0
    /// What went wrong after the bytes that the last call gave.
    private var failure: LogFileError?
    /// Bytes read from the disk.
    private(set) var consumed = 0
    let size: Int

    private static let inputSize = 256 << 10
    /// zlib's best is about 1,000 to 1; real logs reach 30 to 1. Small files may do as they like.
    private static let plausibleRatio = 200
    private static let ratioApplies = 1 << 30

    init(path: String) throws(LogFileError) {
        // O_NONBLOCK: a pipe without a writer would hang the open.
        descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.error(errno) }
        var status = stat()
        var magic = [UInt8](repeating: 0, count: 6)
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .notAFile
        }
        size = Int(status.st_size)
        let count = pread(descriptor, &magic, magic.count, 0)
        do throws(LogFileError) {
            if count < 0 { throw Self.error(errno) }
            inflater = try Self.inflater(Array(magic.prefix(count)))
        } catch {
            close(descriptor)
            throw error
        }
        input = .allocate(byteCount: inflater == nil ? 0 : Self.inputSize, alignment: 16)
    }

    deinit {
        close(descriptor)
        input.deallocate()
    }

    /// Fills part of `output`; 0 at the end. What was read before an error is given first.
    func read(into output: UnsafeMutableRawBufferPointer) throws(LogFileError) -> Int {
        if let failure { throw failure }
        guard let inflater else { return try fill(output) }
        var written = 0
        do throws(LogFileError) {
            while written < output.count {
                if pending.isEmpty, !atEnd {
                    pending = 0..<(try fill(input))
                    atEnd = pending.isEmpty
                }
                if pending.isEmpty {
                    if !inflater.isComplete { throw LogFileError.truncated }
                    break
                }
                let rest = UnsafeMutableRawBufferPointer(rebasing: output[written...])
                let moved = try inflater.inflate(UnsafeMutableRawBufferPointer(rebasing: input[pending]), into: rest)
                pending = (pending.lowerBound + moved.read)..<pending.upperBound
                written += moved.written
                unfolded += moved.written
                if unfolded > Self.ratioApplies, unfolded / max(consumed, 1) > Self.plausibleRatio { throw LogFileError.implausible }
            }
        } catch {
            guard written > 0 else { throw error }
            failure = error
        }
        return written
    }

    private func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(LogFileError) -> Int {
        while true {
            let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 {
                consumed += count
                return count
            }
            if errno != EINTR { throw Self.error(errno) }
        }
    }

    private static func inflater(_ magic: [UInt8]) throws(LogFileError) -> Inflater? {
        if magic.starts(with: [0x1F, 0x8B]) { return try Inflater() }
        if magic.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { throw .unsupportedCompression("zstd") }
        if magic.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) { throw .unsupportedCompression("xz") }
        if magic.starts(with: [0x42, 0x5A, 0x68]) { throw .unsupportedCompression("bzip2") }
        return nil
    }

    private static func error(_ code: Int32) -> LogFileError {
        switch code {
        case ENOENT, ENOTDIR: .vanished
        case EACCES, EPERM: .denied
        case EISDIR: .notAFile
        default: .failed(code)
        }
    }
}
