/// A file's text in UTF-8, piece by piece, whatever its encoding.
final class TextReader {
    private static let pieceLength = 256 << 10

    private let source: FileSource
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: TextReader.pieceLength + 16, alignment: 16)
    /// Bytes of a character that the last piece cut off; they stand at the buffer's beginning.
    private var carried = 0
    private var decoded: [UInt8] = []
    private var converter: Iconv?
    private var isFirst = true
    private var isAtEnd = false

    /// Nil until a byte tells: an ASCII file never does.
    private(set) var encoding: TextEncoding?
    /// Whether the encoding was concluded from the bytes, without a mark or a declaration.
    private(set) var isEncodingAssumed = false
    private(set) var replacedCount = 0
    /// The source ended too early; what came before was handed on.
    private(set) var isTruncated = false

    /// - Parameter encoding: as declared; nil: recognised.
    init(path: String, encoding: TextEncoding?) throws(FileSource.Failure) {
        source = try FileSource(path: path)
        self.encoding = encoding
        converter = encoding.flatMap(Self.converter)
    }

    deinit { buffer.deallocate() }

    private static func converter(_ encoding: TextEncoding) -> Iconv? { encoding == .utf8 ? nil : Iconv(from: encoding) }

    /// Lends the next piece of text, which may end anywhere, even within a character. False, without a call, at the end.
    func next(_ body: (UnsafeRawBufferPointer) throws -> Void) throws -> Bool {
        guard !isAtEnd else { return false }
        var count = carried
        // The first piece decides on the encoding: let it be long, however short the reads are.
        repeat {
            let read = try readSource(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count..<Self.pieceLength + 8]))
            if read == 0 { isAtEnd = true }
            count += read
        } while isFirst && !isAtEnd && count < Self.pieceLength
        var bytes = UnsafeRawBufferPointer(rebasing: buffer[0..<count])
        if isFirst {
            isFirst = false
            bytes = UnsafeRawBufferPointer(rebasing: bytes[begin(bytes)...])
        }
        if encoding == nil, UTF8Check.asciiCount(bytes, from: 0) < bytes.count { adopt(TextEncoding.recognised(bytes)) }
        let used = try decode(bytes, body)
        carried = bytes.count - used
        if carried > 0, let base = buffer.baseAddress, let rest = bytes.baseAddress { base.copyMemory(from: rest + used, byteCount: carried) }
        return true
    }

    private func readSource(into buffer: UnsafeMutableRawBufferPointer) throws(FileSource.Failure) -> Int {
        do {
            return try source.read(into: buffer)
        } catch .truncated {
            isTruncated = true
            return 0
        }
    }

    /// Settles the encoding as far as the file's beginning tells it; how many bytes its mark takes.
    private func begin(_ bytes: UnsafeRawBufferPointer) -> Int {
        if let declared = encoding { return bytes.starts(with: declared.byteOrderMark) ? declared.byteOrderMark.count : 0 }
        if let marked = TextEncoding.marked(bytes) {
            encoding = marked
            converter = Self.converter(marked)
            return marked.byteOrderMark.count
        }
        if let pattern = TextEncoding.zeroPattern(bytes) { adopt(pattern) }
        return 0
    }

    private func adopt(_ recognised: TextEncoding) {
        encoding = recognised
        converter = Self.converter(recognised)
        isEncodingAssumed = recognised != .utf8
    }

    /// How many bytes were used.
    private func decode(_ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws -> Void) throws -> Int {
        if converter == nil {
            let valid = encoding == nil ? bytes.count : UTF8Check.validCount(bytes)
            // The common case: all is well, but for a character that is cut off.
            if valid == bytes.count || (!isAtEnd && isCut(bytes, valid)) {
                try body(UnsafeRawBufferPointer(rebasing: bytes[..<valid]))
                return valid
            }
        }
        decoded.removeAll(keepingCapacity: true)
        let (used, replaced) =
            converter?.decode(bytes, atEnd: isAtEnd, into: &decoded) ?? UTF8Check.repair(bytes, atEnd: isAtEnd, into: &decoded)
        replacedCount += replaced
        try decoded.withUnsafeBytes(body)
        return used
    }

    private func isCut(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Bool {
        if case .cut = UTF8Check.step(bytes, index) { true } else { false }
    }
}
