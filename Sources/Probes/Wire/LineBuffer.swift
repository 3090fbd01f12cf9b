/// Collects bytes and gives lines that end with CR LF.
struct LineBuffer {
    private(set) var bytes: [UInt8] = []
    private var start = 0
    /// Where the search for the next end of line goes on, so that a byte is looked at once.
    private var scanned = 0

    /// No protocol that is read here has longer lines.
    static let longest = 64 << 10

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

    /// Without its CR LF; nil when none is complete.
    mutating func line() -> ArraySlice<UInt8>? {
        while scanned + 1 < bytes.count {
            if bytes[scanned] == 0x0D, bytes[scanned + 1] == 0x0A {
                defer {
                    scanned += 2
                    start = scanned
                }
                return bytes[start..<scanned]
            }
            scanned += 1
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
