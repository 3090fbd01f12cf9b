import CZlib
import Foundation
import Glibc

/// A file that appears under its name when it is complete, and not before; gzip (RFC 1952) when the name ends in `.gz`.
final class AtomicFile {
    private let path: String
    private let temporary: String
    private let overwrite: Bool
    private var descriptor: Int32
    private var gzip: gzFile?
    private var isFinished = false

    init(_ path: String, overwrite: Bool) throws(SampleError) {
        self.path = path
        self.overwrite = overwrite
        if !overwrite, access(path, F_OK) == 0 { throw .alreadyExists(path) }
        // Beside its target, so that the rename stays within one file system; dotted, so that no glob for logs finds it.
        let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        temporary = "\(path[..<slash]).\(path[slash...]).\(getpid()).\(UInt64.random(in: .min ... .max))"
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: String(cString: strerror(errno))) }
        if path.hasSuffix(".gz") {
            // zlib closes the descriptor that it is given; ours stays for the fsync.
            let copy = dup(descriptor)
            gzip = copy < 0 ? nil : gzdopen(copy, "wb3")
            guard let gzip else {
                if copy >= 0 { close(copy) }
                close(descriptor)
                unlink(temporary)
                throw .cannotWrite(path: path, reason: "zlib can't be started")
            }
            gzbuffer(gzip, 1 << 17)
        }
    }

    deinit {
        guard !isFinished else { return }
        if let gzip { gzclose(gzip) }
        if descriptor >= 0 { close(descriptor) }
        unlink(temporary)
    }

    func write(_ bytes: [UInt8]) throws(SampleError) {
        var offset = 0
        while offset < bytes.count {
            let size = min(bytes.count - offset, 1 << 24)
            let written = bytes.withUnsafeBytes { raw -> Int in
                guard let base = raw.baseAddress else { return 0 }
                if let gzip { return Int(gzwrite(gzip, base + offset, UInt32(size))) }
                return Glibc.write(descriptor, base + offset, size)
            }
            if written < 0, gzip == nil, errno == EINTR { continue }
            guard written > 0 else { throw failure() }
            offset += written
        }
    }

    /// Makes the file durable and gives it its name.
    /// - Parameter modified: seconds since 1970, the file's time of modification; nil: now.
    func finish(modified: Int? = nil) throws(SampleError) {
        if let gzip {
            self.gzip = nil
            guard gzclose(gzip) == Z_OK else { throw failure() }
        }
        guard fsync(descriptor) == 0 else { throw failure() }
        if let modified {
            let times = [timespec(tv_sec: modified, tv_nsec: 0), timespec(tv_sec: modified, tv_nsec: 0)]
            futimens(descriptor, times)
        }
        // link refuses where rename would replace: nothing that came meanwhile is lost.
        if overwrite {
            guard rename(temporary, path) == 0 else { throw failure() }
        } else {
            guard link(temporary, path) == 0 else {
                if errno == EEXIST { throw .alreadyExists(path) }
                throw failure()
            }
            unlink(temporary)
        }
        close(descriptor)
        descriptor = -1
        isFinished = true
    }

    private func failure() -> SampleError { .cannotWrite(path: path, reason: String(cString: strerror(errno))) }
}
