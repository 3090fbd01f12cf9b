/// Collects bytes and gives lines that end with LF, with or without a CR before it.
struct TextLines {
    private var bytes: [UInt8] = []
    private var start = 0
    /// Where the search for the next end of line goes on, so that a byte is looked at once.
    private var scanned = 0

    /// Far beyond what the text protocols that are read here allow (RFC 5321, 4.5.3.1: 512).
    static let longest = 8 << 10

    mutating func append(_ more: [UInt8]) {
        if start > 0 {
            bytes.removeFirst(start)
            scanned -= start
            start = 0
        }
        bytes += more
    }

    var pending: ArraySlice<UInt8> { bytes[start...] }
    var isTooLong: Bool { scanned - start > Self.longest }

    /// Without its end; nil when none is complete.
    mutating func line() -> ArraySlice<UInt8>? {
        while scanned < bytes.count {
            defer { scanned += 1 }
            guard bytes[scanned] == 0x0A else { continue }
            defer { start = scanned + 1 }
            let line = bytes[start..<scanned]
            return line.last == 0x0D ? line.dropLast() : line
        }
        return nil
    }
}

extension ArraySlice where Element == UInt8 {
    /// For comparing what a peer wrote; invalid UTF-8 is replaced.
    var text: String { String(decoding: self, as: UTF8.self) }
}
