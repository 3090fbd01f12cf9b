package import Findings

/// The client's side of one protocol, as a state machine without I/O: bytes in, ``ProbeAction`` out.
///
/// A probe only ever asks for what changes nothing, says "no authentication" only on the parsed reply to a request that needs authorisation,
/// and is fed at most ``ProbeLimits/bytes`` in all.
package protocol Probe: Sendable {
    /// What it looks for.
    static var service: Service { get }
    /// True for ``service``, and for what else the probe may recognise.
    static func finds(_ service: Service) -> Bool
    static var transport: ProbeTransport { get }
    /// True when the server speaks first: one that keeps silent is none.
    static var speaksFirst: Bool { get }
    /// True when the protocol is also spoken inside TLS from the first byte.
    static var speaksInsideTLS: Bool { get }
    /// How many connections one run may make.
    static var connections: Int { get }

    init(_ peer: ProbePeer)

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
    package static func finds(_ service: Service) -> Bool { service == Self.service }
    package static var transport: ProbeTransport { .tcp }
    package static var speaksFirst: Bool { false }
    package static var connections: Int { 5 }
    package mutating func secured() -> ProbeAction { .done(.other) }
}

/// How the bytes travel. Over UDP a connection is a port of our own: each `send` is one datagram, each `received` one that came from the peer.
package enum ProbeTransport: Hashable, Sendable { case tcp, udp }

/// Whom a probe talks to, as far as the protocol has to know.
package struct ProbePeer: Hashable, Sendable {
    /// The name or address as it was asked for: for HTTP's `Host` and the like.
    package var host: String
    package var port: UInt16
    /// What usually listens there.
    package var expected: Service?

    package init(host: String, port: UInt16, expected: Service? = nil) {
        self.host = host
        self.port = port
        self.expected = expected
    }
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
    /// When the service's name doesn't say it: `MariaDB`, `Valkey`, `OpenSearch`.
    package var product: String?
    package var authentication: Authentication
    /// As the peer states it, made harmless (see ``PeerText``).
    package var version: String?
    /// What proves the verdict; for `unknown`, why there is none.
    package var evidence: [Message]
    package var usesTLS: Bool

    package init(
        _ service: Service, _ authentication: Authentication, product: String? = nil, version: String? = nil, evidence: [Message] = [],
        usesTLS: Bool = false
    ) {
        self.service = service
        self.product = product
        self.authentication = authentication
        self.version = version
        self.evidence = evidence
        self.usesTLS = usesTLS
    }
}
