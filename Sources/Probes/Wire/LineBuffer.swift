/// Collects bytes and gives lines.
struct LineBuffer {
    enum End: Sendable {
        case carriageReturnLineFeed
        /// With or without a CR before it.
        case lineFeed
    }

    private let end: End
    private let longest: Int
    private(set) var bytes: [UInt8] = []
    private var start = 0
    /// Where the search for the next end of line goes on, so that a byte is looked at once.
    private var scanned = 0

    /// - Parameter longest: bytes of a line; no protocol that is read here has longer ones.
    init(end: End = .carriageReturnLineFeed, longest: Int = 64 << 10) {
        self.end = end
        self.longest = longest
    }

    /// Lines of text protocols, which allow 512 bytes (RFC 5321, 4.5.3.1), by servers that may leave out the CR.
    static var text: LineBuffer { LineBuffer(end: .lineFeed, longest: 8 << 10) }

    mutating func append(_ more: [UInt8]) {
        if start > 0 {
            bytes.removeFirst(start)
            scanned -= start
            start = 0
        }
        bytes += more
    }

    var pending: ArraySlice<UInt8> { bytes[start...] }
    var isTooLong: Bool { scanned - start > longest }

    /// Without its end; nil when none is complete.
    mutating func line() -> ArraySlice<UInt8>? {
        while scanned < bytes.count {
            let place = scanned
            scanned += 1
            guard bytes[place] == 0x0A else { continue }
            let hasReturn = place > start && bytes[place - 1] == 0x0D
            guard hasReturn || end == .lineFeed else { continue }
            defer { start = place + 1 }
            return bytes[start..<(hasReturn ? place - 1 : place)]
        }
        return nil
    }

    /// Exactly `count` bytes, once they are there.
    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, bytes.count - start >= count else { return nil }
        defer {
            start += count
            scanned = start
        }
        return bytes[start..<start + count]
    }
}

/// `12`, `-1`: nil for anything else or beyond what an `Int` holds.
func decimal(_ bytes: some Collection<UInt8>) -> Int? { Int(String(decoding: bytes, as: UTF8.self)) }

extension ArraySlice where Element == UInt8 {
    /// For comparing what a peer wrote; invalid UTF-8 is replaced.
    var text: String { String(decoding: self, as: UTF8.self) }
}
