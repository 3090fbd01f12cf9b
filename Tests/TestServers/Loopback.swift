import Foundation

/// Ports and conversations on 127.0.0.1.
enum Loopback {
    static let host = "127.0.0.1"

    /// Different ports that nobody listens on at this moment. Somebody else may take one before the server does: then starting is tried again.
    static func freePorts(_ count: Int) throws -> [UInt16] {
        var descriptors: [Int32] = []
        defer { for descriptor in descriptors { close(descriptor) } }
        return try (0..<count).map { _ in
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            guard descriptor >= 0 else { throw TestServerError.system(call: "socket", code: errno) }
            descriptors.append(descriptor)
            var address = address(port: 0)
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let code = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                    bind(descriptor, generic, length) == 0 ? getsockname(descriptor, generic, &length) : -1
                }
            }
            guard code == 0 else { throw TestServerError.system(call: "bind", code: errno) }
            return UInt16(bigEndian: address.sin_port)
        }
    }

    /// What the server on `port` says to `request` (first, when that is empty), at most 512 bytes; nil when it doesn't take the connection or says
    /// nothing.
    static func exchange(port: UInt16, request: String) -> [UInt8]? { exchange(port: port, request: Array(request.utf8)) }

    static func exchange(port: UInt16, request: [UInt8], udp: Bool = false) -> [UInt8]? {
        guard let conversation = try? LoopbackConversation(port: port, udp: udp, patience: 1) else { return nil }
        try? conversation.send(request)
        return try? conversation.read(atMost: 512)
    }

    /// Whether a client's first message of TLS is answered in TLS: by a handshake record or an alert (RFC 8446, 5.1).
    static func greetsInTLS(port: UInt16) -> Bool {
        // No cipher suite: an alert is the answer.
        let hello: [UInt8] = [3, 3] + [UInt8](repeating: 7, count: 32) + [0, 0, 2, 0, 0xFF, 1, 0]
        let message: [UInt8] = [1, 0, 0, UInt8(hello.count)] + hello
        let first = exchange(port: port, request: [0x16, 3, 1, 0, UInt8(message.count)] + message)?.first
        return first == 0x15 || first == 0x16
    }

    static func address(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
