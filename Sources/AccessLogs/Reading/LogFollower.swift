import Foundation

/// Follows logs until it is told to stop.
package final class LogFollower {
    private let files: [FollowedFile]
    private let interval: Duration

    /// - Parameter interval: between two looks at files that have no news.
    package init(_ files: [FollowedFile], interval: Duration = .milliseconds(250)) {
        self.files = files
        self.interval = interval
    }

    /// Blocks: not on the cooperative pool.
    /// - Parameters:
    ///   - isStopped: asked before each look.
    ///   - notice: what happened to the file at this index.
    ///   - failure: the file at this index can't be read; it is tried again.
    ///   - body: lines of the file at this index; gone after the call.
    package func run(
        isStopped: () -> Bool, notice: (Int, FollowedFile.Notice) -> Void = { _, _ in }, failure: (Int, LogFileError) -> Void = { _, _ in },
        body: (Int, UnsafeRawBufferPointer, FollowedFile.Chunk) -> Void
    ) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { buffer.deallocate() }
        while !isStopped() {
            var hasNews = false
            for (index, file) in files.enumerated() {
                do throws(LogFileError) {
                    // One chunk of each in turn, so that a busy file doesn't hold up the others.
                    if let chunk = try file.advance(into: buffer) {
                        hasNews = true
                        body(index, UnsafeRawBufferPointer(rebasing: buffer[0..<chunk.lines.count]), chunk)
                    }
                } catch {
                    failure(index, error)
                }
                for found in file.takeNotices() { notice(index, found) }
            }
            if !hasNews { Thread.sleep(forTimeInterval: interval / .seconds(1)) }
        }
    }
}
