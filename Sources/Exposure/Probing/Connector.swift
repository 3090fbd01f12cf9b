import NIOCore
import NIOPosix
import NIOSSL
import Network

/// The only place in this module that opens a socket, and only to what a scope permits.
struct Connector: Sendable {
    let group: any EventLoopGroup
    let timeout: TimeAmount

    init(timeout: Duration, group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton) {
        self.group = group
        self.timeout = TimeAmount(timeout)
    }

    /// - Parameter initialize: prepares the pipeline before the connection is made.
    func connect(
        to target: PermittedAddress, on eventLoop: any EventLoop, initialize: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>
    ) -> EventLoopFuture<any Channel> {
        let address: SocketAddress
        do {
            // From the bits that the scope has judged: no name is resolved from here on.
            address = try SocketAddress(packedIPAddress: ByteBuffer(bytes: target.address.bytes), port: Int(target.port))
        } catch {
            return eventLoop.makeFailedFuture(error)
        }
        return ClientBootstrap(group: eventLoop).connectTimeout(timeout).channelInitializer(initialize).connect(to: address)
    }

    /// Connects, and closes at once.
    func state(of target: PermittedAddress) async -> PortState {
        let eventLoop = group.next()
        do {
            let channel = try await connect(to: target, on: eventLoop) { $0.eventLoop.makeSucceededVoidFuture() }.get()
            try? await channel.close()
            return .open
        } catch {
            return PortState(error)
        }
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
