import Foundation
import Glibc

/// A file that only its owner may read, written whole or not at all.
struct InventoryFile {
    struct Failure: Error {
        let reason: String
        init(_ code: Int32) { reason = String(cString: strerror(code)) }
    }

    let path: String

    /// The bytes go to a new file beside the target, which then takes its name; a symbolic link in the target's place is replaced, never followed.
    func write(_ bytes: [UInt8]) throws(Failure) {
        let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        let temporary = "\(path[..<slash]).\(path[slash...]).\(UUID().uuidString)"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(errno) }
        var failure = Self.fill(descriptor, bytes)
        if failure == nil, fsync(descriptor) != 0 { failure = Failure(errno) }
        if close(descriptor) != 0, failure == nil { failure = Failure(errno) }
        if failure == nil, rename(temporary, path) != 0 { failure = Failure(errno) }
        if let failure {
            unlink(temporary)
            throw failure
        }
    }

    private static func fill(_ descriptor: Int32, _ bytes: [UInt8]) -> Failure? {
        bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return Failure(count < 0 ? errno : EIO) }
                done += count
            }
            return nil
        }
    }
}
