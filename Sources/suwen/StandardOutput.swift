import Foundation
import Glibc

/// Standard output, whoever reads it.
enum StandardOutput {
    /// Writes all of it.
    /// - Throws: ``Failure`` when nobody reads any more (nothing more needs to be said then), or when there is no room.
    static func write(_ data: Data) throws {
        var rest = data[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw errno == EPIPE ? Failure.closedPipe : Failure.input("standard output: \(String(cString: strerror(errno)))")
            }
        }
    }

    /// False once whoever read it went away.
    static var isRead: Bool {
        var end = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
        return poll(&end, 1, 0) <= 0 || end.revents & Int16(POLLERR) == 0
    }

    static func write(line text: String) throws { try write(Data((text + "\n").utf8)) }
}
