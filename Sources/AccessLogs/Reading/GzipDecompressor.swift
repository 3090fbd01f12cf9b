import CZlib

/// Unfolds gzip (RFC 1952), any number of members one after the other, as rotation and `cat a.gz b.gz` leave them.
final class GzipDecompressor: Decompressor {
    private var stream = z_stream()
    /// Between members: only a new member, padding, or the end may follow.
    private var isBetweenMembers = false
    private var ended = false

    init() throws(LogFileError) {
        // 15 bits of window, 16 for gzip: no other wrapping is let in.
        guard inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { throw .damaged }
    }

    deinit { inflateEnd(&stream) }

    var isComplete: Bool { ended || isBetweenMembers }

    func decompress(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) throws(LogFileError) -> (read: Int, written: Int) {
        var read = 0
        var written = 0
        while read < input.count, written < output.count, !ended {
            if isBetweenMembers {
                // What follows the last member without being one (tape padding, signatures) is no log.
                guard input[read] == 0x1F else {
                    ended = true
                    break
                }
                guard inflateReset(&stream) == Z_OK else { throw .damaged }
                isBetweenMembers = false
            }
            guard let source = input.baseAddress, let target = output.baseAddress else { break }
            // zlib's declaration is older than `const`; it doesn't write there.
            stream.next_in = UnsafeMutablePointer(mutating: (source + read).assumingMemoryBound(to: UInt8.self))
            stream.avail_in = UInt32(input.count - read)
            stream.next_out = (target + written).assumingMemoryBound(to: UInt8.self)
            stream.avail_out = UInt32(clamping: output.count - written)
            let room = Int(stream.avail_out)
            let code = inflate(&stream, Z_NO_FLUSH)
            read = input.count - Int(stream.avail_in)
            written += room - Int(stream.avail_out)
            switch code {
            case Z_STREAM_END: isBetweenMembers = true
            case Z_OK, Z_BUF_ERROR: if stream.avail_in > 0, stream.avail_out > 0 { throw .damaged }
            default: throw .damaged
            }
        }
        return (ended ? input.count : read, written)
    }
}
