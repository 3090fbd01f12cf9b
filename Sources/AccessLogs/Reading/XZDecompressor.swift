import CLzma

/// Unfolds .xz (https://tukaani.org/xz/xz-file-format.txt), of one stream or many, with dictionaries of at most 128 MiB (`xz -9` asks for 64).
final class XZDecompressor: Decompressor {
    private static let memoryLimit: UInt64 = 160 << 20

    /// `LZMA_CONCATENATED`, a macro that Swift doesn't see.
    private static let concatenated: UInt32 = 0x08

    private var stream = lzma_stream()
    private(set) var isComplete = false

    init() throws(LogFileError) {
        guard lzma_stream_decoder(&stream, Self.memoryLimit, Self.concatenated) == LZMA_OK else { throw .damaged }
    }

    deinit { lzma_end(&stream) }

    func decompress(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) throws(LogFileError) -> (read: Int, written: Int) {
        guard !isComplete else { return (input.count, 0) }
        return try run(input, output, LZMA_RUN)
    }

    /// Only the end of the input tells that no further stream follows.
    func finish(into output: UnsafeMutableRawBufferPointer) throws(LogFileError) -> Int {
        guard !isComplete else { return 0 }
        return try run(UnsafeRawBufferPointer(start: nil, count: 0), output, LZMA_FINISH).written
    }

    private func run(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer, _ action: lzma_action) throws(LogFileError) -> (
        read: Int, written: Int
    ) {
        stream.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_in = input.count
        stream.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = output.count
        let code = lzma_code(&stream, action)
        switch code {
        case LZMA_STREAM_END: isComplete = true
        // Nothing could move: the file ends too early, or needs the next piece.
        case LZMA_OK, LZMA_BUF_ERROR: break
        case LZMA_MEMLIMIT_ERROR: throw .unsupportedCompression("xz")
        default: throw .damaged
        }
        return (input.count - stream.avail_in, output.count - stream.avail_out)
    }
}
