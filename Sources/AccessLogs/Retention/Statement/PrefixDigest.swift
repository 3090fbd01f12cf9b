import Cryptography
import Foundation

/// SHA-256 of the first bytes of a file. Blocks for as long as the file is large.
package enum PrefixDigest {
    private static let chunk = 1 << 20

    /// - Parameter bytes: how many; nil for the whole file as it is now.
    /// - Returns: the digest, over how many bytes it is (fewer than asked when the file ends before), and how many the file has.
    package static func stored(_ path: String, bytes: Int? = nil) throws(LogFileError) -> (sha256: String, bytes: Int, size: Int) {
        // O_NONBLOCK: a pipe without a writer would hang the open.
        let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { throw error(errno) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
        let wanted = bytes ?? Int(status.st_size)
        let digest = try digest(wanted) { buffer throws(LogFileError) in
            while true {
                let count = Foundation.read(file, buffer.baseAddress, buffer.count)
                if count >= 0 { return count }
                if errno != EINTR { throw error(errno) }
            }
        }
        return (digest.sha256, digest.bytes, Int(status.st_size))
    }

    /// The same of a log's text, whether the file holds it plain or compressed.
    static func unfolded(_ path: String, bytes: Int) throws(LogFileError) -> (sha256: String, bytes: Int) {
        let reader = try LogFileReader(path: path)
        return try digest(bytes) { buffer throws(LogFileError) in try reader.read(into: buffer) }
    }

    private static func digest(
        _ wanted: Int, _ read: (UnsafeMutableRawBufferPointer) throws(LogFileError) -> Int
    ) throws(LogFileError) -> (sha256: String, bytes: Int) {
        guard let stream = SHA256Stream() else { throw .failed(ENOSYS) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 16)
        defer { buffer.deallocate() }
        var done = 0
        while done < wanted {
            let count = try read(UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(chunk, wanted - done)]))
            if count == 0 { break }
            stream.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            done += count
        }
        return (stream.finish(), done)
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

extension FileCoverage {
    /// Adds size and digest.
    /// - Parameter bytes: how many bytes were read, of a file that may have grown since; nil for all that it has.
    package mutating func measure(bytes: Int? = nil) throws(LogFileError) {
        let digest = try PrefixDigest.stored(path, bytes: bytes)
        sha256 = digest.sha256
        self.bytes = digest.bytes
    }
}
