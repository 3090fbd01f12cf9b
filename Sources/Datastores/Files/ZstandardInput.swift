import CZstd
import Glibc

/// Decompresses Zstandard (RFC 8878), of one frame or many, with windows of at most 128 MiB.
final class ZstandardInput: ByteInput {
    private let descriptor: Int32
    private let stream: OpaquePointer
    private let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
    private var position = 0
    private var filled = 0
    private var isAtEnd = false
    /// Whether the bytes so far end with a frame.
    private var isWhole = true

    init(descriptor: Int32) throws(FileSource.Failure) {
        self.descriptor = descriptor
        guard let stream = ZSTD_createDStream() else {
            close(descriptor)
            memory.deallocate()
            throw .system(ENOMEM)
        }
        self.stream = stream
        _ = ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, 27)
    }

    deinit {
        ZSTD_freeDStream(stream)
        memory.deallocate()
        close(descriptor)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileSource.Failure) -> Int {
        while true {
            if position == filled, !isAtEnd { try fill() }
            var input = ZSTD_inBuffer(src: UnsafeRawPointer(memory.baseAddress), size: filled, pos: position)
            var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
            // Also with nothing left to feed: the decoder may hold text back.
            let result = ZSTD_decompressStream(stream, &output, &input)
            let isStuck = input.pos == position && output.pos == 0
            position = input.pos
            guard ZSTD_isError(result) == 0 else {
                throw ZSTD_getErrorCode(result) == ZSTD_error_frameParameter_windowTooLarge ? .tooMuchMemory : .truncated
            }
            if !isStuck { isWhole = result == 0 }
            if output.pos > 0 { return output.pos }
            guard position == filled, isAtEnd, isStuck else { continue }
            guard isWhole else { throw .truncated }
            return 0
        }
    }

    private func fill() throws(FileSource.Failure) {
        while true {
            let count = Glibc.read(descriptor, memory.baseAddress, memory.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(errno) }
            position = 0
            filled = count
            isAtEnd = count == 0
            return
        }
    }
}
