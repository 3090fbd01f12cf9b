import Foundation
import Synchronization

/// What rsyslog does with what it is sent: takes the priority and the sender's stamp off, and writes its own stamp and the host's name in front
/// (the templates RSYSLOG_TraditionalFileFormat, Debian's until 12, and RSYSLOG_FileFormat, its from 13 on).
package final class SyslogReceiver: Sendable {
    private let descriptor: Int32
    let port: UInt16
    private let traditional: String
    private let modern: String?
    private let isStopped = Mutex(false)

    /// Listens on a free UDP port of 127.0.0.1.
    convenience init(udp traditional: String) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        guard descriptor >= 0 else { throw TestServerError.system(call: "socket", code: errno) }
        var address = Loopback.address(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 ? getsockname(descriptor, generic, &length) : -1
            }
        }
        guard code == 0 else { throw TestServerError.system(call: "bind", code: errno) }
        try self.init(descriptor, UInt16(bigEndian: address.sin_port), traditional, nil)
    }

    /// Listens on a socket in the file system, as /dev/log is one.
    convenience init(path: String, traditional: String, modern: String) throws {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        guard descriptor >= 0 else { throw TestServerError.system(call: "socket", code: errno) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { throw TestServerError.unexpected("a path too long for a socket") }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        guard code == 0 else { throw TestServerError.system(call: "bind", code: errno) }
        try self.init(descriptor, 0, traditional, modern)
    }

    private init(_ descriptor: Int32, _ port: UInt16, _ traditional: String, _ modern: String?) throws {
        (self.descriptor, self.port, self.traditional, self.modern) = (descriptor, port, traditional, modern)
        for path in [traditional, modern].compactMap({ $0 }) {
            guard FileManager.default.createFile(atPath: path, contents: nil) else { throw TestServerError.system(call: "open", code: errno) }
        }
        var patience = timeval(tv_sec: 0, tv_usec: 100_000)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        Thread.detachNewThread { self.receive() }
    }

    func stop() { isStopped.withLock { $0 = true } }

    private func receive() {
        let files = [traditional, modern].compactMap { $0.flatMap { FileHandle(forWritingAtPath: $0) } }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !isStopped.withLock({ $0 }) {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { continue }
            let message = Self.message(buffer[..<count])
            for (file, stamp) in zip(files, [Self.traditionalStamp, Self.modernStamp]) {
                try? file.write(contentsOf: Data("\(stamp()) clinic-host ".utf8) + message + [0x0A])
            }
        }
        close(descriptor)
    }

    /// `<38>Nov 25 22:39:52 sshd[7]: text` without what stands before the program.
    private static func message(_ datagram: ArraySlice<UInt8>) -> Data {
        let text = datagram.drop { $0 != 0x3E }.dropFirst()
        return Data(text.dropFirst(16).filter { $0 != 0x0A && $0 != 0 })
    }

    private static func traditionalStamp() -> String { stamp("%b %e %H:%M:%S") }

    private static func modernStamp() -> String {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let digits = String(now.tv_nsec / 1_000)
        return stamp("%Y-%m-%dT%H:%M:%S.", at: now.tv_sec) + String(repeating: "0", count: 6 - digits.count) + digits + "+00:00"
    }

    private static func stamp(_ format: String, at time: time_t = time(nil)) -> String {
        var time = time
        var parts = tm()
        gmtime_r(&time, &parts)
        var buffer = [CChar](repeating: 0, count: 64)
        let count = strftime(&buffer, buffer.count, format, &parts)
        return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
