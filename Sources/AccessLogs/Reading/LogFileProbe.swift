import Foundation
import LogFormats

/// What the first lines of a file tell.
struct LogFileProbe {
    var path: String
    var size: Int
    /// The first bytes, unfolded: files that begin alike are copies of each other (a log and its fresh .gz), for every line has its time.
    var head: [UInt8]
    /// The first event; nil when no line of the head is one.
    var firstTime: Int64?
    /// Whether there is enough to see that this is no access log.
    var isForeignFormat: Bool

    private static let headSize = 64 << 10

    init(path: String) throws(LogFileError) {
        let reader = try LogFileReader(path: path)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.headSize, alignment: 16)
        defer { buffer.deallocate() }
        var filled = 0
        do throws(LogFileError) {
            while filled < buffer.count {
                let count = try reader.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
                if count == 0 { break }
                filled += count
            }
        } catch {
            // The reading proper will meet it again, after the lines before it.
            if filled == 0 { throw error }
        }
        self.path = path
        size = reader.size
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[0..<filled])
        head = Array(bytes.prefix(4_096))
        var parser = LogLineParser()
        var lines = 0
        var start = 0
        while start < bytes.count, bytes[start] == 0 { start += 1 }
        while firstTime == nil, let newline = bytes.next(0x0A, from: start) {
            lines += 1
            firstTime = parser.parse(bytes.part(start..<newline))?.time
            start = newline + 1
        }
        if firstTime == nil, start < bytes.count { firstTime = parser.parse(bytes.part(start..<bytes.count))?.time }
        isForeignFormat = firstTime == nil && lines >= 20
    }

    /// Copies are left out, the largest kept; in the order of their first events.
    static func withoutCopies(_ probes: [LogFileProbe]) -> [LogFileProbe] {
        var seen: Set<[UInt8]> = []
        return probes.sorted { ($0.size, $1.path) > ($1.size, $0.path) }
            .filter { $0.head.isEmpty || seen.insert($0.head).inserted }
            .sorted { ($0.firstTime ?? .max, $0.path) < ($1.firstTime ?? .max, $1.path) }
    }
}
