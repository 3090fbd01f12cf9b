import Glibc

/// The bytes of a regular file, decompressed when it is a `.gz` or a `.zst`, piece by piece.
final class FileSource {
    enum Failure: Error, Hashable {
        /// `errno` of the call that failed.
        case system(Int32)
        case notRegular
        /// The name says that it is compressed so, its bytes don't.
        case notCompressed(String)
        /// It is no text.
        case foreign(ForeignFormat)
        /// The compressed data wants more memory than is lent for it.
        case tooMuchMemory
        /// The file ends before its end, or the compressed data isn't what its checksum says.
        case truncated
    }

    /// In bytes, as it lies on the disk.
    let size: Int64
    let compression: Compression
    private let input: any ByteInput

    /// - Parameters:
    ///   - range: bytes of the file, when it isn't compressed; nil: all.
    ///   - followsLink: whether `path` may be a symbolic link.
    init(path: String, range: Range<Int64>? = nil, followsLink: Bool = true) throws(Failure) {
        // Non-blocking: opening a FIFO that nobody writes to must not wait. It has no meaning for regular files.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followsLink ? 0 : O_NOFOLLOW))
        guard descriptor >= 0 else { throw .system(errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .notRegular
        }
        size = Int64(status.st_size)
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
        do {
            compression = try Compression.of(path: path, descriptor: descriptor)
        } catch {
            close(descriptor)
            throw error
        }
        switch compression {
        case .none: input = PlainInput(descriptor: descriptor, range: range, size: size)
        case .gzip: input = try GzipInput(descriptor: descriptor)
        case .zstandard: input = try ZstandardInput(descriptor: descriptor)
        }
    }

    /// Fills `buffer` as far as one read does; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int { try input.read(into: buffer) }
}

/// Where bytes come from. Owns its descriptor.
protocol ByteInput: AnyObject {
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileSource.Failure) -> Int
}

/// How a file is compressed.
enum Compression {
    case none, gzip, zstandard

    /// By its first bytes, which no text begins with, and by its name.
    static func of(path: String, descriptor: Int32) throws(FileSource.Failure) -> Compression {
        var beginning = [UInt8](repeating: 0, count: 16)
        let count = beginning.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard count >= 0 else { throw .system(errno) }
        let magic = beginning.prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let name = path.lowercased()
        if magic & 0xFFFF == 0x8B1F { return .gzip }
        // RFC 8878: a frame, or one to be skipped.
        if magic == 0xFD2F_B528 || magic & 0xFFFF_FFF0 == 0x184D_2A50 { return .zstandard }
        if count > 0, name.hasSuffix(".gz") { throw .notCompressed("gzip") }
        if count > 0, name.hasSuffix(".zst") { throw .notCompressed("Zstandard") }
        if let format = ForeignFormat.of(beginning.prefix(count)) { throw .foreign(format) }
        return .none
    }
}

/// Reads a file as it is, or a part of it.
final class PlainInput: ByteInput {
    private let descriptor: Int32
    private var offset: Int64
    private let upper: Int64
    /// Where the file ended when it was opened, or the part ends: nothing before it may be missing.
    private let expected: Int64

    init(descriptor: Int32, range: Range<Int64>?, size: Int64) {
        self.descriptor = descriptor
        offset = max(0, range?.lowerBound ?? 0)
        upper = range?.upperBound ?? .max
        expected = range?.upperBound ?? size
    }

    deinit { close(descriptor) }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileSource.Failure) -> Int {
        while true {
            let wanted = Int(min(Int64(buffer.count), upper - offset))
            guard wanted > 0 else { return 0 }
            let count = pread(descriptor, buffer.baseAddress, wanted, off_t(offset))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(errno) }
            if count == 0, offset < expected { throw .truncated }
            offset += Int64(count)
            return count
        }
    }
}
