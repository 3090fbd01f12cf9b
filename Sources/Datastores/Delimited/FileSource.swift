import CZlib
import Glibc

/// The bytes of a regular file, decompressed when its name ends in `.gz`, piece by piece.
final class FileSource {
    enum Failure: Error {
        /// `errno` of the call that failed.
        case system(Int32)
        case notRegular
        /// The compressed data ends before its end, or isn't what its checksum says.
        case truncated
    }

    private enum Input {
        case plain(Int32)
        case compressed(gzFile)
    }

    private let input: Input

    init(path: String) throws(Failure) {
        // Non-blocking: opening a FIFO that nobody writes to must not wait. It has no meaning for regular files.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .system(errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .notRegular
        }
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
        guard path.lowercased().hasSuffix(".gz") else {
            input = .plain(descriptor)
            return
        }
        guard let file = gzdopen(descriptor, "r") else {
            close(descriptor)
            throw .system(ENOMEM)
        }
        gzbuffer(file, 256 << 10)
        input = .compressed(file)
    }

    deinit {
        switch input {
        case .plain(let descriptor): close(descriptor)
        case .compressed(let file): gzclose_r(file)
        }
    }

    /// Fills `buffer` as far as one read does; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
        switch input {
        case .plain(let descriptor):
            while true {
                let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                if count >= 0 { return count }
                guard errno == EINTR else { throw .system(errno) }
            }
        case .compressed(let file):
            let count = gzread(file, buffer.baseAddress, UInt32(clamping: buffer.count))
            if count > 0 { return Int(count) }
            // At the end, gzread says 0 for a file that is cut off as well: then the error is Z_BUF_ERROR.
            var code: Int32 = 0
            gzerror(file, &code)
            guard count == 0, code == Z_OK || code == Z_STREAM_END else { throw .truncated }
            return 0
        }
    }
}
