import CZlib
import Glibc

/// Decompresses gzip (RFC 1952), of one member or many.
final class GzipInput: ByteInput {
    private let file: gzFile

    init(descriptor: Int32) throws(FileSource.Failure) {
        guard let file = gzdopen(descriptor, "r") else {
            close(descriptor)
            throw .system(ENOMEM)
        }
        gzbuffer(file, 256 << 10)
        self.file = file
    }

    deinit { gzclose_r(file) }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileSource.Failure) -> Int {
        let count = gzread(file, buffer.baseAddress, UInt32(clamping: buffer.count))
        if count > 0 { return Int(count) }
        // At the end, gzread says 0 for a file that is cut off as well: then the error is Z_BUF_ERROR.
        var code: Int32 = 0
        gzerror(file, &code)
        guard count == 0, code == Z_OK || code == Z_STREAM_END else { throw .truncated }
        return 0
    }
}
