import Foundation

/// Lines that come while they are being written.
package protocol GrowingLog: AnyObject {
    /// Nothing more will come.
    var isAtEnd: Bool { get }
    /// Lines that came and were not yet given; nil when there are none now. Doesn't wait.
    /// - Parameter buffer: at least ``LineCutter/minimumCapacity`` bytes.
    func nextLines(into buffer: UnsafeMutableRawBufferPointer) throws(LogFileError) -> FollowedFile.Chunk?
    func takeNotices() -> [FollowedFile.Notice]
}

extension FollowedFile: GrowingLog {
    package var isAtEnd: Bool { false }

    package func nextLines(into buffer: UnsafeMutableRawBufferPointer) throws(LogFileError) -> Chunk? { try advance(into: buffer) }
}

extension JournalSource: GrowingLog {
    package func nextLines(into buffer: UnsafeMutableRawBufferPointer) throws(LogFileError) -> FollowedFile.Chunk? {
        try next(into: buffer, patience: .zero).map { FollowedFile.Chunk(lines: $0, identity: nil) }
    }

    package func takeNotices() -> [FollowedFile.Notice] { [] }
}

/// What somebody pipes in.
package final class StandardInputLog: GrowingLog {
    private let descriptor: Int32
    private let feed = LineFeed()
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
    package private(set) var isAtEnd = false

    package init(descriptor: Int32 = STDIN_FILENO) { self.descriptor = descriptor }

    deinit { input.deallocate() }

    package func nextLines(into buffer: UnsafeMutableRawBufferPointer) throws(LogFileError) -> FollowedFile.Chunk? {
        guard buffer.count >= LineCutter.minimumCapacity else { throw .failed(EINVAL) }
        while true {
            if let lines = feed.take(into: buffer, isAtEnd: isAtEnd) { return FollowedFile.Chunk(lines: lines, identity: nil) }
            if isAtEnd { return nil }
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, 0) > 0 else { return nil }
            let count = read(descriptor, input.baseAddress, input.count)
            if count < 0 {
                if errno == EINTR { continue }
                if errno == EAGAIN { return nil }
                isAtEnd = true
                throw LogFileError(errno: errno)
            }
            isAtEnd = count == 0
            feed.append(UnsafeRawBufferPointer(rebasing: input[0..<count]))
        }
    }

    package func takeNotices() -> [FollowedFile.Notice] { [] }
}
