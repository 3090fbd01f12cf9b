import NIOCore
import Network
import Probes

/// Sends one ``TLSHello`` on a connection of its own and reads what comes back, no further than the server's first flight.
struct TLSAsker: Sendable {
    let connector: Connector
    /// How long one connection may last.
    let timeout: Duration

    func ask(_ hello: TLSHello, wantsCertificates: Bool, at target: PermittedAddress, after opening: TLSOpening) async -> TLSAnswer {
        let eventLoop = connector.group.next()
        let promise = eventLoop.makePromise(of: TLSAnswer.self)
        let limit = TimeAmount(timeout)
        let channel = connector.connect(to: target, on: eventLoop) { channel in
            channel.eventLoop.makeCompletedFuture {
                let reader = TLSAnswerReader(hello, wantsCertificates: wantsCertificates)
                try channel.pipeline.syncOperations.addHandler(HelloHandler(opening, hello.encoded(), reader, timeout: limit, promise: promise))
            }
        }
        channel.whenFailure { promise.succeed(PortState($0) == .refused ? .closed : .silent) }
        return (try? await promise.futureResult.get()) ?? .closed
    }
}

/// Completes its promise once, whatever happens to the channel.
private final class HelloHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let opening: TLSOpening
    private let hello: [UInt8]
    private var isOpening: Bool
    private var reader: TLSAnswerReader
    private let timeout: TimeAmount
    private var promise: EventLoopPromise<TLSAnswer>?
    private var deadline: Scheduled<Void>?

    init(_ opening: TLSOpening, _ hello: [UInt8], _ reader: TLSAnswerReader, timeout: TimeAmount, promise: EventLoopPromise<TLSAnswer>) {
        self.opening = opening
        self.hello = hello
        isOpening = !opening.request.isEmpty
        self.reader = reader
        self.timeout = timeout
        self.promise = promise
    }

    func channelActive(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: timeout) {
            let (handler, context) = bound.value
            handler.end(.silent, context)
        }
        send(isOpening ? opening.request : hello, context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Array(unwrapInboundIn(data).readableBytesView)
        guard promise != nil, !bytes.isEmpty else { return }
        if isOpening {
            guard opening.isConsent(bytes) else { return complete(.other, context) }
            isOpening = false
            return send(hello, context)
        }
        guard let answer = reader.received(bytes) else { return }
        // close_notify: the server need not wait for the rest of the handshake.
        if answer.accepted != nil { send([0x15, 0x03, 0x01, 0, 2, 1, 0], context) }
        complete(answer, context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(.closed, context)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { end(.closed, context) }

    func handlerRemoved(context: ChannelHandlerContext) { end(.closed, context) }

    private func end(_ end: ProbeEnd, _ context: ChannelHandlerContext) {
        guard promise != nil else { return }
        complete(reader.ended(end), context)
    }

    private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
    }

    private func complete(_ answer: TLSAnswer, _ context: ChannelHandlerContext) {
        deadline?.cancel()
        promise?.succeed(answer)
        promise = nil
        context.close(promise: nil)
    }
}
