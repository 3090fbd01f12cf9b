import Glibc
import NIOCore

/// What became of one attempt to connect.
package enum PortState: Hashable, Sendable {
    case open
    /// The host itself said no: it is there, and nothing listens.
    case refused
    /// No answer within the time allowed: a filter, or nobody there.
    case silent
    /// The network says that there is no way.
    case unreachable
    /// This machine could not try: out of descriptors or local ports, or forbidden by its own firewall.
    case exhausted

    /// Whether the host was shown to be there.
    package var isAnswer: Bool { self == .open || self == .refused }

    init(_ error: any Error) {
        if case ChannelError.connectTimeout = error {
            self = .silent
            return
        }
        guard let error = error as? IOError else {
            self = .exhausted
            return
        }
        self.init(errno: error.errnoCode)
    }

    package init(errno code: CInt) {
        switch code {
        case ECONNREFUSED, ECONNRESET: self = .refused
        case ETIMEDOUT: self = .silent
        // The last ones are what ICMP's other refusals become, and addresses that this machine has no way to.
        case EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN, EACCES, EPERM, EINVAL, EAFNOSUPPORT, EPROTO, ENOPROTOOPT, ENONET, EOPNOTSUPP:
            self = .unreachable
        default: self = .exhausted
        }
    }
}
