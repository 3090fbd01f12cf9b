import Dispatch
import Glibc

/// What a TCP connection attempt came to.
package enum ConnectOutcome: Hashable, Sendable {
    case connected
    case refused
    /// No answer in time: filtered, or not there.
    case silent
    /// The system's own words.
    case failed(String)
}

extension PermittedAddress {
    /// Opens a TCP connection and closes it again at once; nothing is sent.
    package func tryConnecting(timeoutMilliseconds: Int32 = 3_000) async -> ConnectOutcome {
        await withCheckedContinuation { continuation in
            // connect and poll block: they must not hold a thread of the cooperative pool.
            DispatchQueue.global().async { continuation.resume(returning: blockingConnect(timeoutMilliseconds)) }
        }
    }

    private func blockingConnect(_ timeout: Int32) -> ConnectOutcome {
        let descriptor = socket(address.family == .v4 ? AF_INET : AF_INET6, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { return .failed(String(cString: strerror(errno))) }
        defer { close(descriptor) }
        if withSocketAddress({ connect(descriptor, $0, $1) }) == 0 { return .connected }
        guard errno == EINPROGRESS else { return outcome(errno) }
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&wait, 1, timeout) > 0 else { return .silent }
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { return .failed(String(cString: strerror(errno))) }
        return outcome(code)
    }

    private func outcome(_ code: Int32) -> ConnectOutcome {
        switch code {
        case 0: .connected
        case ECONNREFUSED: .refused
        case ETIMEDOUT, EHOSTUNREACH, ENETUNREACH: .silent
        default: .failed(String(cString: strerror(code)))
        }
    }
}
