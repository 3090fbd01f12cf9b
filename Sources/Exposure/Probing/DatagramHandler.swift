import NIOCore

/// Turns datagrams into bytes and back: sends to one peer, hears only that peer (from whichever port it answers, as TFTP servers do), and repeats what was
/// not answered, for datagrams get lost.
final class DatagramHandler: ChannelDuplexHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let peer: SocketAddress
    private let patience: TimeAmount
    private var repetition: Scheduled<Void>?

    /// - Parameter patience: how long an answer is waited for before the datagram is sent once more.
    init(peer: SocketAddress, patience: TimeAmount) {
        self.peer = peer
        self.patience = patience
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let bytes = unwrapOutboundIn(data)
        let envelope = wrapOutboundOut(AddressedEnvelope(remoteAddress: peer, data: bytes))
        context.write(envelope, promise: promise)
        let bound = NIOLoopBound((context, bytes), eventLoop: context.eventLoop)
        let peer = peer
        repetition?.cancel()
        repetition = context.eventLoop.scheduleTask(in: patience) {
            let (context, bytes) = bound.value
            context.writeAndFlush(NIOAny(AddressedEnvelope(remoteAddress: peer, data: bytes)), promise: nil)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        guard envelope.remoteAddress.ipAddress == peer.ipAddress else { return }
        repetition?.cancel()
        context.fireChannelRead(wrapInboundOut(envelope.data))
    }

    func handlerRemoved(context: ChannelHandlerContext) { repetition?.cancel() }
}
