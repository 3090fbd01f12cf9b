import NIOCore
import NIOHTTP1
import NIOSSL

/// A reply as it came; it is looked at elsewhere, so that a large body doesn't hold up the event loop.
struct RawReply: Sendable {
    var head: HTTPResponseHead
    var isTLS: Bool
    var body: ReplyBody
    var isTruncated: Bool
}

/// One request and its reply. Completes its promise once, whatever happens to the channel.
final class FetchHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let head: HTTPRequestHead
    private let content: [UInt8]
    private let timeout: TimeAmount
    private let isTLS: Bool
    private var promise: EventLoopPromise<RawReply>?
    private var deadline: Scheduled<Void>?
    private var reply: HTTPResponseHead?
    private let body: ReplyBody

    /// - Parameters:
    ///   - content: the request's body.
    ///   - limit: bytes of the reply's body that are read.
    init(head: HTTPRequestHead, content: [UInt8] = [], isTLS: Bool, timeout: TimeAmount, limit: Int, promise: EventLoopPromise<RawReply>) {
        self.head = head
        self.content = content
        self.isTLS = isTLS
        self.timeout = timeout
        self.promise = promise
        body = ReplyBody(limit: limit)
    }

    func channelActive(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: timeout) {
            let (handler, context) = bound.value
            handler.fail(.silent, context)
        }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !content.isEmpty { context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: content)))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard promise != nil else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): reply = head
        case .body(let buffer):
            body.append(buffer.readableBytesView)
            // What was read is enough to judge; the rest is neither needed nor wanted.
            if body.isFull { finish(isTruncated: true, context) }
        case .end: finish(isTruncated: false, context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        // A body that ends early still shows what is given away.
        if body.count > 0 { finish(isTruncated: true, context) } else { fail(.broken, context) }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if body.count > 0 { return finish(isTruncated: true, context) }
        fail(error is NIOSSLError || error is BoringSSLError ? .tls : .broken, context)
    }

    func handlerRemoved(context: ChannelHandlerContext) { fail(.broken, context) }

    private func finish(isTruncated: Bool, _ context: ChannelHandlerContext) {
        guard let reply else { return fail(.broken, context) }
        let raw = RawReply(head: reply, isTLS: isTLS, body: body, isTruncated: isTruncated)
        complete(context) { $0.succeed(raw) }
    }

    private func fail(_ failure: HTTPFetcher.Failure, _ context: ChannelHandlerContext) {
        if failure == .silent, body.count > 0 { return finish(isTruncated: true, context) }
        complete(context) { $0.fail(failure) }
    }

    private func complete(_ context: ChannelHandlerContext, _ settle: (EventLoopPromise<RawReply>) -> Void) {
        guard let promise else { return }
        self.promise = nil
        deadline?.cancel()
        settle(promise)
        context.close(promise: nil)
    }
}
