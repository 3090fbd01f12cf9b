import CEpoll
import Glibc
import Network

/// What the system said when it refused a call.
package struct POSIXFailure: Error, Hashable, Sendable {
    package var code: Int32
}

/// A TCP socket that doesn't block. Whoever has it closes it.
struct SweepSocket: Sendable {
    let family: IPAddress.Family
    private let descriptor: Int32
    private var isWatched = false

    init(_ family: IPAddress.Family) throws(POSIXFailure) {
        self.family = family
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        descriptor = socket(family == .v4 ? AF_INET : AF_INET6, kind, 0)
        guard descriptor >= 0 else { throw POSIXFailure(code: errno) }
    }

    func close() { Glibc.close(descriptor) }

    /// Begins a connection or, called again, tells what became of it.
    /// - Returns: 0 or `EISCONN` once it is there, `EINPROGRESS` or `EALREADY` while nobody knows, else why there is none.
    func connect(to target: PermittedAddress) -> Int32 { target.withSocketAddress { Glibc.connect(descriptor, $0, $1) == 0 ? 0 : errno } }

    /// On its own machine, a connection to a port that the system has just given to the same socket comes back to itself (RFC 9293 3.5, simultaneous
    /// open): nobody listens there.
    var isConnectedToItself: Bool {
        guard let here = name(getsockname), let there = name(getpeername) else { return false }
        return here == there
    }

    /// The family's bytes of an address of ours, as the system writes it.
    private func name(_ ask: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32) -> [UInt8]? {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { ask(descriptor, $0, &length) }
        }
        return code == 0 ? withUnsafeBytes(of: &address) { Array($0.prefix(Int(length))) } : nil
    }

    /// Reports once, with `mark`, when there is news of the connection.
    mutating func watch(_ poll: Int32, _ mark: UInt64) -> Bool {
        var event = epoll_event(events: EPOLLOUT.rawValue | EPOLLONESHOT.rawValue, data: epoll_data_t(u64: mark))
        defer { isWatched = true }
        return epoll_ctl(poll, isWatched ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, descriptor, &event) == 0
    }
}
