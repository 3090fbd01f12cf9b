import CZstd

/// Unfolds Zstandard (RFC 8878), of one frame or many, with windows of at most 128 MiB.
final class ZstandardDecompressor: Decompressor {
    private let stream: OpaquePointer
    private var isBetweenFrames = false
    private var ended = false

    init() throws(LogFileError) {
        guard let stream = ZSTD_createDStream() else { throw .damaged }
        self.stream = stream
        _ = ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, 27)
    }

    deinit { ZSTD_freeDStream(stream) }

    var isComplete: Bool { ended || isBetweenFrames }

    func decompress(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) throws(LogFileError) -> (read: Int, written: Int) {
        guard !ended else { return (input.count, 0) }
        var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        while source.pos < source.size, target.pos < target.size {
            let result = ZSTD_decompressStream(stream, &target, &source)
            if ZSTD_isError(result) != 0 {
                let code = ZSTD_getErrorCode(result)
                if code == ZSTD_error_frameParameter_windowTooLarge { throw .unsupportedCompression("zstd") }
                // What follows the last frame without being one is no log.
                guard isBetweenFrames, code == ZSTD_error_prefix_unknown else { throw .damaged }
                ended = true
                return (input.count, target.pos)
            }
            isBetweenFrames = result == 0
        }
        return (source.pos, target.pos)
    }

    func finish(into output: UnsafeMutableRawBufferPointer) throws(LogFileError) -> Int {
        guard !isComplete else { return 0 }
        // The decoder may hold back what the output had no room for.
        var source = ZSTD_inBuffer(src: nil, size: 0, pos: 0)
        var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let result = ZSTD_decompressStream(stream, &target, &source)
        guard ZSTD_isError(result) == 0 else { throw .damaged }
        isBetweenFrames = result == 0
        return target.pos
    }
}
