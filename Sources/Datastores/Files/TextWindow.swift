import Glibc

/// A file's text in UTF-8, whatever its encoding, as a window that moves over it: ``more()`` lengthens it at the end, ``consume(_:)``
/// shortens it at the beginning. What it shows doesn't depend on the length of the blocks that are read.
final class TextWindow {
    enum Part: Hashable {
        /// From the file's beginning, with the encoding as declared; nil: recognised.
        case whole(TextEncoding?)
        /// Bytes of a plain file in UTF-8, from the beginning of a record to the end of one.
        case range(Range<Int64>)
        /// The whole plain file, with its bytes unchecked; only the mark of UTF-8 at its beginning is taken away.
        case unchecked
    }

    private enum Mode {
        /// Nothing was read.
        case beginning
        /// No byte has told the encoding yet.
        case ascii
        case utf8
        case unchecked
        case converted(Iconv)
    }

    /// In bytes. Half a second-level cache.
    static let blockLength = 512 << 10
    /// So many bytes behind the text can be loaded, whatever they are, so that wide loads need no check.
    static let slack = 64
    /// So many bytes decide on the encoding.
    private static let lookAhead = 64 << 10

    private let source: FileSource
    private let blockLength: Int
    private var memory: UnsafeMutableRawPointer
    private var capacity: Int
    private var start = 0
    /// Of the text that is fit to be seen.
    private var end = 0
    /// Of what was read; a character may be cut off at the end.
    private var rawEnd = 0
    private var mode: Mode
    /// Bytes that wait to be converted.
    private var unconverted: [UInt8] = []
    private var converted: [UInt8] = []
    private var isSourceAtEnd = false

    /// Nil until a byte tells: an ASCII file never does.
    private(set) var encoding: TextEncoding?
    /// Whether the encoding was concluded from the bytes, without a mark or a declaration.
    private(set) var isEncodingAssumed = false
    private(set) var replacedCount = 0
    /// The source ended too early; what came before is in the window.
    private(set) var isTruncated = false
    /// Whether nothing follows the window.
    private(set) var isAtEnd = false
    /// Bytes that were consumed so far, with a mark at the beginning.
    private(set) var position: Int64 = 0

    init(_ source: FileSource, _ part: Part, blockLength: Int = TextWindow.blockLength) {
        self.source = source
        self.blockLength = max(1, blockLength)
        capacity = 2 * self.blockLength
        memory = .allocate(byteCount: capacity + Self.slack, alignment: 64)
        mode = .beginning
        switch part {
        case .whole(let declared): encoding = declared
        case .range: (mode, encoding) = (.utf8, .utf8)
        case .unchecked: isUnchecked = true
        }
    }

    private var isUnchecked = false

    deinit { memory.deallocate() }

    /// The text that was not consumed yet. Valid until the next call of ``more()``.
    var text: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: memory + start, count: end - start) }

    func consume(_ count: Int) {
        start += min(max(0, count), end - start)
        position += Int64(count)
    }

    /// Reads another block. False at the end of the file.
    func more() throws(FileSource.Failure) -> Bool {
        guard !isAtEnd else { return false }
        if case .converted(let converter) = mode {
            try convertMore(converter)
        } else {
            try readMore()
            if case .beginning = mode { try begin() }
            try settle()
        }
        isAtEnd = isSourceAtEnd
        return true
    }

    // MARK: Reading

    private func makeRoom(for count: Int) {
        if start > 0 {
            memory.copyMemory(from: memory + start, byteCount: rawEnd - start)
            (start, end, rawEnd) = (0, end - start, rawEnd - start)
        }
        guard rawEnd + count > capacity else { return }
        capacity = max(2 * capacity, rawEnd + count)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity + Self.slack, alignment: 64)
        larger.copyMemory(from: memory, byteCount: rawEnd)
        memory.deallocate()
        memory = larger
    }

    private func readMore() throws(FileSource.Failure) {
        makeRoom(for: blockLength)
        rawEnd += try readSource(into: UnsafeMutableRawBufferPointer(start: memory + rawEnd, count: blockLength))
    }

    private func readSource(into buffer: UnsafeMutableRawBufferPointer) throws(FileSource.Failure) -> Int {
        do {
            let count = try source.read(into: buffer)
            if count == 0 { isSourceAtEnd = true }
            return count
        } catch .truncated {
            isTruncated = true
            isSourceAtEnd = true
            return 0
        }
    }

    // MARK: Settling the encoding

    /// Settles the encoding as far as the file's beginning tells it.
    private func begin() throws(FileSource.Failure) {
        while !isSourceAtEnd, rawEnd < 4_096 { try readMore() }
        let bytes = UnsafeRawBufferPointer(start: memory, count: rawEnd)
        let marked = isUnchecked ? (bytes.starts(with: TextEncoding.utf8.byteOrderMark) ? .utf8 : nil) : TextEncoding.marked(bytes)
        if let marked, encoding == nil || encoding == marked {
            encoding = marked
            start = marked.byteOrderMark.count
            position = Int64(start)
            end = start
        }
        if isUnchecked {
            mode = .unchecked
        } else if let encoding {
            adopt(encoding)
        } else if let pattern = TextEncoding.zeroPattern(bytes) {
            isEncodingAssumed = true
            adopt(pattern)
        } else {
            mode = .ascii
        }
    }

    private func adopt(_ encoding: TextEncoding) {
        self.encoding = encoding
        guard encoding != .utf8, let converter = Iconv(from: encoding) else {
            mode = .utf8
            return
        }
        mode = .converted(converter)
        unconverted = Array(UnsafeRawBufferPointer(start: memory + end, count: rawEnd - end))
        rawEnd = end
    }

    /// Makes text of what was read.
    private func settle() throws(FileSource.Failure) {
        switch mode {
        case .beginning: break
        case .unchecked: end = rawEnd
        case .converted(let converter): convert(converter)
        case .utf8: check()
        case .ascii:
            end += UTF8Check.asciiCount(UnsafeRawBufferPointer(start: memory + end, count: rawEnd - end), from: 0)
            guard end < rawEnd else { return }
            while !isSourceAtEnd, rawEnd - end < Self.lookAhead { try readMore() }
            let sample = UnsafeRawBufferPointer(start: memory + end, count: min(rawEnd - end, Self.lookAhead))
            let recognised = TextEncoding.recognised(sample)
            isEncodingAssumed = recognised != .utf8
            adopt(recognised)
            try settle()
        }
    }

    /// Takes what is UTF-8, and puts U+FFFD in the place of what isn't.
    private func check() {
        let bytes = UnsafeRawBufferPointer(start: memory + end, count: rawEnd - end)
        let valid = UTF8Check.validCount(bytes)
        end += valid
        guard end < rawEnd else { return }
        if !isSourceAtEnd, case .cut = UTF8Check.step(bytes, valid) { return }
        let damaged = Array(bytes[valid...])
        rawEnd = end
        converted.removeAll(keepingCapacity: true)
        let (used, replaced) = damaged.withUnsafeBytes { UTF8Check.repair($0, atEnd: isSourceAtEnd, into: &converted) }
        replacedCount += replaced
        appendConverted()
        let rest = damaged.count - used
        makeRoom(for: rest)
        damaged.withUnsafeBytes { bytes in
            if rest > 0, let base = bytes.baseAddress { (memory + rawEnd).copyMemory(from: base + used, byteCount: rest) }
        }
        rawEnd += rest
    }

    private func convertMore(_ converter: Iconv) throws(FileSource.Failure) {
        var failure: FileSource.Failure?
        unconverted.append(addingCapacity: blockLength) { span in
            span.withUnsafeMutableBufferPointer { buffer, count in
                do throws(FileSource.Failure) {
                    count = try readSource(into: UnsafeMutableRawBufferPointer(buffer))
                } catch {
                    failure = error
                }
            }
        }
        if let failure { throw failure }
        convert(converter)
    }

    private func convert(_ converter: Iconv) {
        converted.removeAll(keepingCapacity: true)
        let (used, replaced) = unconverted.withUnsafeBytes { converter.decode($0, atEnd: isSourceAtEnd, into: &converted) }
        unconverted.removeFirst(used)
        replacedCount += replaced
        appendConverted()
    }

    private func appendConverted() {
        makeRoom(for: converted.count)
        converted.withUnsafeBytes { bytes in
            if let base = bytes.baseAddress { (memory + rawEnd).copyMemory(from: base, byteCount: bytes.count) }
        }
        rawEnd += converted.count
        end = rawEnd
    }
}
