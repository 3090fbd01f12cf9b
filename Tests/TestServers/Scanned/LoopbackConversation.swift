import Foundation

/// One connection to a server of the tests. Blocking: its peer is on this machine and answers at once.
final class LoopbackConversation {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private static let longest = 4 << 20

    /// - Parameter patience: how long one answer is waited for, in seconds.
    init(port: UInt16, udp: Bool = false, patience: Int = 10) throws {
        descriptor = socket(AF_INET, Int32(udp ? SOCK_DGRAM.rawValue : SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw TestServerError.system(call: "socket", code: errno) }
        var patience = timeval(tv_sec: patience, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = Loopback.address(port: port)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard code == 0 else { throw TestServerError.system(call: "connect", code: errno) }
    }

    deinit { close(descriptor) }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw TestServerError.system(call: "send", code: errno) }
            sent += count
        }
    }

    /// What is there, at least one byte.
    func read(atMost count: Int) throws -> [UInt8] {
        if buffer.isEmpty, try !fill() { throw TestServerError.closed }
        let bytes = Array(buffer.prefix(count))
        buffer.removeFirst(bytes.count)
        return bytes
    }

    func read(_ count: Int) throws -> [UInt8] {
        while buffer.count < count { guard try fill() else { throw TestServerError.closed } }
        let bytes = Array(buffer.prefix(count))
        buffer.removeFirst(count)
        return bytes
    }

    /// Without its end.
    func readLine() throws -> String {
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeFirst(end + 1)
                return line.hasSuffix("\r") ? String(line.dropLast()) : line
            }
            guard try fill() else { throw TestServerError.closed }
        }
    }

    func readToEnd() throws -> [UInt8] {
        while try fill() {}
        defer { buffer = [] }
        return buffer
    }

    /// False at the peer's end.
    private func fill() throws -> Bool {
        guard buffer.count < Self.longest else { throw TestServerError.closed }
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        guard count >= 0 else { throw TestServerError.system(call: "recv", code: errno) }
        buffer += bytes.prefix(count)
        return count > 0
    }
}
