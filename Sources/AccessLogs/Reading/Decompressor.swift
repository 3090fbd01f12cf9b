/// Unfolds one kind of compressed file, piece by piece.
protocol Decompressor: AnyObject {
    /// Whether the input may end here.
    var isComplete: Bool { get }

    /// Moves bytes from `input` to `output`; says how many of each. When nothing moves although there is room, more input is needed.
    /// - Throws: `damaged`; `unsupportedCompression` when it would take more memory than any log's compressor asks for.
    func decompress(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) throws(LogFileError) -> (read: Int, written: Int)

    /// The input is at its end: what is left of the output.
    func finish(into output: UnsafeMutableRawBufferPointer) throws(LogFileError) -> Int
}

extension Decompressor {
    func finish(into output: UnsafeMutableRawBufferPointer) throws(LogFileError) -> Int { 0 }
}

/// The kinds that are known by their first bytes.
enum Compression {
    /// Enough of a file's beginning to tell.
    static let magicLength = 6

    /// Nil for a plain file.
    static func decompressor(for magic: [UInt8]) throws(LogFileError) -> (any Decompressor)? {
        if magic.starts(with: [0x1F, 0x8B]) { return try GzipDecompressor() }
        // A frame, or a skippable one before it (RFC 8878, 3.1).
        if magic.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return try ZstandardDecompressor() }
        if magic.count >= 4, magic[0] & 0xF0 == 0x50, magic[1...3].elementsEqual([0x2A, 0x4D, 0x18]) { return try ZstandardDecompressor() }
        if magic.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) { return try XZDecompressor() }
        if magic.starts(with: [0x42, 0x5A, 0x68]) { throw .unsupportedCompression("bzip2") }
        return nil
    }
}
