import CZlib
import CZstd
import Glibc

/// Writes a file beside its place, mode 0600, compressed as its name says, and moves it there when it is complete.
final class FileOutput {
    private enum Sink {
        case plain(Int32)
        case gzip(gzFile)
        case zstandard(Int32, OpaquePointer)
    }

    private let context: FileContext
    private let path: String
    private let temporary: String
    private let sink: Sink
    private var isOpen = true

    init(_ context: FileContext, path: String) throws(DatastoreError) {
        self.context = context
        self.path = path
        guard access(path, F_OK) != 0 else { throw context.error(.alreadyExists("the file")) }
        var template = Array("\(path).suwen-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw context.error(.badFile(Errno.text(errno), line: nil)) }
        temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let lower = path.lowercased()
        var sink: Sink? = .plain(descriptor)
        if lower.hasSuffix(".gz") {
            sink = gzdopen(descriptor, "w6").map { .gzip($0) }
        } else if lower.hasSuffix(".zst") {
            sink = ZSTD_createCStream().map { .zstandard(descriptor, $0) }
            if case .zstandard(_, let stream) = sink { _ = ZSTD_CCtx_setParameter(stream, ZSTD_c_checksumFlag, 1) }
        }
        guard let sink else {
            close(descriptor)
            unlink(temporary)
            throw context.error(.failed("no memory"))
        }
        self.sink = sink
    }

    deinit {
        guard isOpen else { return }
        _ = end()
        unlink(temporary)
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(DatastoreError) {
        let ok: Bool
        switch sink {
        case .plain(let descriptor): ok = Self.write(bytes, to: descriptor)
        case .gzip(let file):
            ok = stride(from: 0, to: bytes.count, by: 1 << 30).allSatisfy { start in
                let count = min(1 << 30, bytes.count - start)
                return gzwrite(file, bytes.baseAddress.map { $0 + start }, UInt32(count)) == Int32(count)
            }
        case .zstandard(let descriptor, let stream): ok = Self.compress(bytes, ZSTD_e_continue, stream, to: descriptor)
        }
        guard ok else { throw context.error(.badFile("can't be written: \(Errno.text(errno))", line: nil)) }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }

    private static func compress(
        _ bytes: UnsafeRawBufferPointer, _ mode: ZSTD_EndDirective, _ stream: OpaquePointer, to descriptor: Int32
    ) -> Bool {
        var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        return withUnsafeTemporaryAllocation(byteCount: 256 << 10, alignment: 16) { memory in
            while true {
                var output = ZSTD_outBuffer(dst: memory.baseAddress, size: memory.count, pos: 0)
                let left = ZSTD_compressStream2(stream, &output, &input, mode)
                guard ZSTD_isError(left) == 0 else { return false }
                guard write(UnsafeRawBufferPointer(rebasing: memory[..<output.pos]), to: descriptor) else { return false }
                if mode == ZSTD_e_end ? left == 0 : input.pos == input.size { return true }
            }
        }
    }

    func finish() throws(DatastoreError) {
        isOpen = false
        guard end() else {
            let why = Errno.text(errno)
            unlink(temporary)
            throw context.error(.badFile("can't be written: \(why)", line: nil))
        }
        // link, not rename: a file that has come into being meanwhile is kept.
        let linked = link(temporary, path)
        let code = errno
        unlink(temporary)
        guard linked == 0 else {
            throw context.error(code == EEXIST ? .alreadyExists("the file") : .badFile(Errno.text(code), line: nil))
        }
    }

    private func end() -> Bool {
        switch sink {
        case .gzip(let file): return gzclose_w(file) == Z_OK
        case .plain(let descriptor): return Self.closeSynced(descriptor)
        case .zstandard(let descriptor, let stream):
            let ended = Self.compress(UnsafeRawBufferPointer(start: nil, count: 0), ZSTD_e_end, stream, to: descriptor)
            ZSTD_freeCStream(stream)
            return Self.closeSynced(descriptor) && ended
        }
    }

    private static func closeSynced(_ descriptor: Int32) -> Bool {
        let synced = fsync(descriptor) == 0
        return close(descriptor) == 0 && synced
    }
}
