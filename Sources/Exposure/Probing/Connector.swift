import NIOCore
import NIOPosix
import NIOSSL
import Network
import Probes

/// The only place in this module that opens a socket, and only to what a scope permits.
struct Connector: Sendable {
    let group: any EventLoopGroup
    let timeout: TimeAmount

    /// Nil: connections wait for nobody.
    let pace: ConnectionPace?

    init(timeout: Duration, pace: ConnectionPace? = nil, group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton) {
        self.group = group
        self.pace = pace
        self.timeout = TimeAmount(timeout)
    }

    /// - Parameter initialize: prepares the pipeline before the connection is made.
    func connect(
        to target: PermittedAddress, on eventLoop: any EventLoop, initialize: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>
    ) -> EventLoopFuture<any Channel> {
        // Whatever is sent to a printer's port is printed.
        guard !KnownPorts.isPrinter(target.port) else { return eventLoop.makeFailedFuture(ChannelError.operationUnsupported) }
        let address: SocketAddress
        do {
            address = try Self.address(of: target)
        } catch {
            return eventLoop.makeFailedFuture(error)
        }
        let bootstrap = ClientBootstrap(group: eventLoop).connectTimeout(timeout).channelInitializer(initialize)
        guard let turn = pace?.turn(for: target.address), turn > .now() else { return bootstrap.connect(to: address) }
        return eventLoop.flatScheduleTask(deadline: turn) { bootstrap.connect(to: address) }.futureResult
    }

    /// A UDP socket of our own from which `target` may be spoken to.
    func bindDatagram(
        for target: PermittedAddress, on eventLoop: any EventLoop,
        initialize: @escaping @Sendable (any Channel, SocketAddress) -> EventLoopFuture<Void>
    ) -> EventLoopFuture<any Channel> {
        do {
            let peer = try Self.address(of: target)
            let bootstrap = DatagramBootstrap(group: eventLoop).channelInitializer { initialize($0, peer) }
            let own = try SocketAddress(ipAddress: target.address.family == .v4 ? "0.0.0.0" : "::", port: 0)
            guard let turn = pace?.turn(for: target.address), turn > .now() else { return bootstrap.bind(to: own) }
            return eventLoop.flatScheduleTask(deadline: turn) { bootstrap.bind(to: own) }.futureResult
        } catch {
            return eventLoop.makeFailedFuture(error)
        }
    }

    /// From the bits that the scope has judged: no name is resolved from here on.
    private static func address(of target: PermittedAddress) throws -> SocketAddress {
        try SocketAddress(packedIPAddress: ByteBuffer(bytes: target.address.bytes), port: Int(target.port))
    }

    /// Adds TLS in front of what the pipeline of `channel` holds. Call on the channel's event loop.
    static func addTLS(_ pipeline: ChannelPipeline.SynchronousOperations, host: String) throws {
        let name = IPAddress(host) == nil && host.utf8.count <= 253 ? host : nil
        try pipeline.addHandler(NIOSSLClientHandler(context: tlsContext.get(), serverHostname: name), position: .first)
    }

    /// Neither is a certificate verified nor an old version of TLS refused: the question is who answers without proof of identity, nothing secret is
    /// sent, and a self-signed certificate must not hide an open database.
    private static let tlsContext = Result<NIOSSLContext, any Error> {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        configuration.minimumTLSVersion = .tlsv1
        return try NIOSSLContext(configuration: configuration)
    }
}
