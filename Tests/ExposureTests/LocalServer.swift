import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on a loopback address that answers by a closure and counts who came.
final class LocalServer: Sendable {
    struct Answer: Sendable {
        var bytes: [UInt8]
        var closes = false

        static func http(_ text: String) -> Answer { Answer(bytes: Array(text.utf8), closes: true) }
    }

    private let connectionCount = Atomic(0)
    private let channel = Mutex<(any Channel)?>(nil)

    private init() {}

    /// How many connections were taken.
    var connections: Int { connectionCount.load(ordering: .relaxed) }
    var port: UInt16 { UInt16(channel.withLock { $0?.localAddress?.port ?? 0 }) }

    /// - Parameters:
    ///   - tls: speaks only inside TLS.
    ///   - greeting: said to everybody who connects.
    ///   - answer: gets what one read brought; nil says nothing.
    static func with<Result>(
        host: String = "127.0.0.1", tls: NIOSSLContext? = nil, greeting: [UInt8] = [], isolation: isolated (any Actor)? = #isolation,
        answer: @escaping @Sendable ([UInt8]) -> Answer? = { _ in nil }, _ body: (LocalServer) async throws -> Result
    ) async throws -> Result {
        let server = LocalServer()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .childChannelInitializer { channel in
                server.connectionCount.add(1, ordering: .relaxed)
                return channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(Handler(greeting: greeting, answer: answer))
                }
            }
            .bind(host: host, port: 0).get()
        server.channel.withLock { $0 = channel }
        do {
            let result = try await body(server)
            try await channel.close()
            return result
        } catch {
            try? await channel.close()
            throw error
        }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let greeting: [UInt8]
        private let answer: @Sendable ([UInt8]) -> Answer?

        init(greeting: [UInt8], answer: @escaping @Sendable ([UInt8]) -> Answer?) {
            self.greeting = greeting
            self.answer = answer
        }

        func channelActive(context: ChannelHandlerContext) {
            if !greeting.isEmpty { context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: greeting)), promise: nil) }
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard let answer = answer(Array(unwrapInboundIn(data).readableBytesView)) else { return }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: answer.bytes)), promise: nil)
            if answer.closes { context.close(promise: nil) }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
