import NIOCore
import Templates

/// One TCP conversation of a template: writes each input, reads where the template says so, and what comes after the last. Completes its promise once.
final class TemplateTCPHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let request: TemplateTCPRequest
    private let timeout: TimeAmount
    private var promise: EventLoopPromise<TemplateTCPResponse?>?
    private var response = TemplateTCPResponse(data: [])
    private var next = 0
    /// What the read under way still takes, and what it has.
    private var wanted = 0
    private var got: [UInt8] = []
    private var deadline: Scheduled<Void>?
    private var pause: Scheduled<Void>?

    /// A server that has said something and then keeps silent for so long has said all.
    private static let quiet = TimeAmount.milliseconds(400)

    init(_ request: TemplateTCPRequest, timeout: TimeAmount, promise: EventLoopPromise<TemplateTCPResponse?>) {
        self.request = request
        self.timeout = timeout
        self.promise = promise
    }

    func channelActive(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: timeout) {
            let (handler, context) = bound.value
            handler.finish(context)
        }
        proceed(context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard promise != nil else { return }
        got += unwrapInboundIn(data).readableBytesView.prefix(wanted - got.count)
        guard got.count < wanted else { return endRead(context) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        pause?.cancel()
        pause = context.eventLoop.scheduleTask(in: Self.quiet) {
            let (handler, context) = bound.value
            handler.endRead(context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish(context)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { finish(context) }
    func handlerRemoved(context: ChannelHandlerContext) { finish(context) }

    /// Writes inputs up to the next read.
    private func proceed(_ context: ChannelHandlerContext) {
        while next < request.inputs.count {
            let input = request.inputs[next]
            if !input.data.isEmpty { context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: input.data)), promise: nil) }
            if let count = input.read {
                wanted = max(1, count)
                return
            }
            next += 1
        }
        wanted = max(1, request.readSize)
    }

    private func endRead(_ context: ChannelHandlerContext) {
        guard promise != nil else { return }
        pause?.cancel()
        guard next < request.inputs.count else { return finish(context) }
        response.reads.append(got)
        got = []
        next += 1
        proceed(context)
    }

    private func finish(_ context: ChannelHandlerContext) {
        guard let promise else { return }
        self.promise = nil
        deadline?.cancel()
        pause?.cancel()
        if next < request.inputs.count { response.reads.append(got) } else { response.data = got }
        promise.succeed(response.data.isEmpty && response.reads.allSatisfy(\.isEmpty) ? nil : response)
        context.close(promise: nil)
    }
}
