import Foundation

/// Follows logs until it is told to stop.
package final class LogFollower {
    private let logs: [any GrowingLog]
    private let interval: Duration

    /// - Parameter interval: between two looks at logs that have no news.
    package init(_ logs: [any GrowingLog], interval: Duration = .milliseconds(250)) {
        self.logs = logs
        self.interval = interval
    }

    /// Until it is told to stop, or all logs are at their end. Blocks: not on the cooperative pool.
    /// - Parameters:
    ///   - isStopped: asked before each look, with whether the look before found anything.
    ///   - notice: what happened to the log at this index.
    ///   - failure: the log at this index can't be read; it is tried again.
    ///   - body: lines of the log at this index; gone after the call.
    package func run(
        isStopped: (_ hadNews: Bool) -> Bool, notice: (Int, FollowedFile.Notice) -> Void = { _, _ in },
        failure: (Int, LogFileError) -> Void = { _, _ in },
        body: (Int, UnsafeRawBufferPointer, FollowedFile.Chunk) -> Void
    ) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { buffer.deallocate() }
        var hasNews = true
        while !isStopped(hasNews), hasNews || logs.contains(where: { !$0.isAtEnd }) {
            hasNews = false
            for (index, log) in logs.enumerated() {
                do throws(LogFileError) {
                    // One chunk of each in turn, so that a busy log doesn't hold up the others.
                    if let chunk = try log.nextLines(into: buffer) {
                        hasNews = true
                        body(index, UnsafeRawBufferPointer(rebasing: buffer[0..<chunk.lines.count]), chunk)
                    }
                } catch {
                    failure(index, error)
                }
                for found in log.takeNotices() { notice(index, found) }
            }
            if !hasNews { Thread.sleep(forTimeInterval: interval / .seconds(1)) }
        }
    }
}
