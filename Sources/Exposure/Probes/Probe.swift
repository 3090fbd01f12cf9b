package import Findings

/// The client's side of one protocol, as a state machine without I/O: bytes in, ``ProbeAction`` out.
///
/// A probe only ever asks for what changes nothing, says "no authentication" only on the parsed reply to a request that needs authorisation,
/// and is fed at most ``ProbeLimits/bytes`` in all.
package protocol Probe: Sendable {
    /// What it looks for.
    static var service: Service { get }
    /// True when the protocol is also spoken inside TLS from the first byte.
    static var speaksInsideTLS: Bool { get }

    init()

    /// A connection was made: the first, or one asked for by ``ProbeAction/reconnect``.
    mutating func connected() -> ProbeAction
    /// The peer sent these bytes; however it cuts them, the answer comes to the same.
    mutating func received(_ bytes: [UInt8]) -> ProbeAction
    /// TLS was begun, as ``ProbeAction/startTLS(after:)`` asked.
    mutating func secured() -> ProbeAction
    /// Nothing more will come on this connection; only ``ProbeAction/reconnect`` and ``ProbeAction/done(_:farewell:)`` make sense now.
    mutating func ended(_ end: ProbeEnd) -> ProbeAction
}

extension Probe {
    package mutating func secured() -> ProbeAction { .done(.other) }
}

package enum ProbeAction: Hashable, Sendable {
    case send([UInt8])
    case needMore
    /// Send these bytes, if any, and begin TLS on this connection.
    case startTLS(after: [UInt8] = [])
    /// Close, and connect anew: the probe goes on there.
    case reconnect
    /// The result; `farewell` is what the protocol's manners ask for before closing.
    case done(ProbeResult, farewell: [UInt8] = [])
}

/// Why nothing more comes.
package enum ProbeEnd: Hashable, Sendable {
    case closed, silent
    /// The TLS handshake failed.
    case noTLS
    /// More than ``ProbeLimits/bytes``.
    case tooLong
}

package enum ProbeLimits {
    /// What a peer may send in one run of a probe.
    package static let bytes = 1 << 20
    /// How many connections one run of a probe may make.
    package static let connections = 5
}

package enum ProbeResult: Hashable, Sendable {
    /// The peer speaks the protocol.
    case recognised(ServiceReading)
    /// It speaks another one, or nothing that can be read.
    case other
    /// It seems to expect TLS from the first byte: it closed without a word, or sent a TLS alert.
    case perhapsTLS
}

/// What a probe learnt of a service.
package struct ServiceReading: Hashable, Sendable {
    package enum Authentication: String, Hashable, Sendable {
        case notRequired = "none"
        case required, unknown
    }

    package var service: Service
    package var authentication: Authentication
    /// As the peer states it, made harmless (see ``PeerText``).
    package var version: String?
    /// What proves the verdict; for `unknown`, why there is none.
    package var evidence: [Message]
    package var usesTLS: Bool

    package init(_ service: Service, _ authentication: Authentication, version: String? = nil, evidence: [Message] = [], usesTLS: Bool = false) {
        self.service = service
        self.authentication = authentication
        self.version = version
        self.evidence = evidence
        self.usesTLS = usesTLS
    }
}
