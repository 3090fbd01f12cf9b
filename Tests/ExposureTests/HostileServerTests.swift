import Estate
import Exposure
import Findings
import NIOCore
import NIOPosix
import Network
import Probes
import TestSupport
import Testing

/// Servers that answer every protocol in a hostile way: a scan of them ends, and claims nothing.
@Suite("Hostile servers")
struct HostileServerTests {
    enum Manner: String, CaseIterable, Sendable {
        /// Sends without end.
        case endless
        /// One byte at a time, slower than anybody waits.
        case dripping
        /// Begins a frame and hangs up.
        case cut
        /// Sends back what it gets.
        case echo
    }

    @Test("a server that floods, drips, hangs up or echoes costs a timeout, and nothing is claimed of it", arguments: Manner.allCases)
    func hostile(_ manner: Manner) async throws {
        try await HostileServer.with(manner) { port in
            let host = Host(name: "主机", address: "127.0.0.1", internetFacing: true, ports: [port])
            let inspection = await SmallEstate.inspect(
                SmallEstate.make(scope: SmallEstate.scope("127.0.0.1/32"), hosts: [host]), probeTimeout: .milliseconds(300),
                greetingTime: .milliseconds(50))
            #expect(inspection.findings(ExposureInspector.serviceCheck).isEmpty)
        }
    }

    @Test("each protocol's probe ends with each of them, over real connections", arguments: Manner.allCases, ProbeRegistry.all.map { $0.service })
    func each(_ manner: Manner, _ service: Service) async throws {
        try await HostileServer.with(manner) { port in
            let reading = await SmallEstate.ask(service, port: port, timeout: .milliseconds(50))
            #expect(reading?.authentication != .notRequired)
        }
    }
}

/// A listener that misbehaves.
enum HostileServer {
    static func with(_ manner: HostileServerTests.Manner, _ body: (UInt16) async throws -> Void) async throws {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Handler(manner)) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        defer { channel.close(promise: nil) }
        try await body(UInt16(channel.localAddress?.port ?? 0))
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let manner: HostileServerTests.Manner
        private var sent = 0

        init(_ manner: HostileServerTests.Manner) { self.manner = manner }

        func channelActive(context: ChannelHandlerContext) {
            switch manner {
            case .endless: flood(context)
            case .dripping: drip(context)
            case .cut:
                // A length of 2 GiB in most protocols, and the beginning of what it promises.
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: [0x7F, 0xFF, 0xFF, 0xFF, 0x00, 0x01, 0x02])), promise: nil)
                context.close(promise: nil)
            case .echo: break
            }
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if manner == .echo { context.writeAndFlush(data, promise: nil) }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

        /// A gigabyte, or until the other side goes away.
        private func flood(_ context: ChannelHandlerContext) {
            guard sent < 1 << 30 else { return }
            let bytes = ByteBuffer(repeating: 0x61, count: 256 << 10)
            sent += bytes.readableBytes
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.writeAndFlush(wrapOutboundOut(bytes)).whenSuccess {
                let (handler, context) = bound.value
                handler.flood(context)
            }
        }

        private func drip(_ context: ChannelHandlerContext) {
            guard context.channel.isActive else { return }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: [0x20])), promise: nil)
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: .milliseconds(100)) {
                let (handler, context) = bound.value
                handler.drip(context)
            }
        }
    }
}
