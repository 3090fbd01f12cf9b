import Glibc

/// Counts lines, for messages.
enum LineBreaks {
    /// LF, and CR without one.
    static func count(_ text: UnsafeRawBufferPointer) -> Int {
        var count = 0
        var wasReturn = false
        for byte in text {
            if byte == 0x0D || (byte == 0x0A && !wasReturn) { count += 1 }
            wasReturn = byte == 0x0D
        }
        return count
    }

    /// In the first `length` bytes of a plain file; 0 when they can't be read.
    static func count(path: String, before length: Int64, _ context: FileContext) -> Int {
        guard let source = try? FileSource(path: path, range: 0..<max(0, length), followsLink: context.followsLinks) else { return 0 }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
        defer { buffer.deallocate() }
        var lines = 0
        while !context.watch.isCancelled, let count = try? source.read(into: buffer), count > 0 {
            lines += Self.count(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
        return lines
    }
}
