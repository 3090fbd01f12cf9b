import NIOCore
import NIOTLS
import Network
import Probes

/// Performs what a probe asks for, over TCP, TLS or UDP.
struct ProbeDriver: Sendable {
    let connector: Connector
    /// How long one connection of a probe may last.
    let timeout: Duration

    /// - Parameters:
    ///   - tls: the protocol is spoken inside TLS from the first byte.
    ///   - patience: how long the peer of a connection may be silent before its first word, when not as long as the connection may last. Whoever has
    ///     begun to speak is heard out.
    /// - Returns: what the probe came to, whether a TLS handshake succeeded on the way, and whether the last connection heard nothing until time was up.
    func run(_ probe: any Probe, at target: PermittedAddress, tls: Bool = false, patience: Duration? = nil) async -> (
        result: ProbeResult, handshake: Bool, silence: Bool
    ) {
        var limits = Limits(patience: TimeAmount(min(patience ?? timeout, timeout)), timeout: TimeAmount(timeout))
        var session = ProbeSession(probe)
        var handshake = false
        while true {
            let end =
                switch type(of: probe).transport {
                case .tcp: await connection(session, target, tls, limits)
                case .udp: await exchange(session, target, limits)
                }
            handshake = handshake || end.handshake
            switch end.outcome {
            case .finished(.recognised(var reading)):
                if tls { reading.usesTLS = true }
                return (.recognised(reading), handshake, false)
            case .finished(let result): return (result, handshake, end.silence)
            case .again(let next):
                session = next
                if end.hasHeard { limits.patience = limits.timeout }
            }
        }
    }

    /// How long one connection may be without a word of the peer's, and how long it may last.
    struct Limits: Sendable {
        var patience: TimeAmount
        var timeout: TimeAmount
    }

    private func connection(_ session: ProbeSession, _ target: PermittedAddress, _ tls: Bool, _ limits: Limits) async -> ProbeHandler.End {
        let eventLoop = connector.group.next()
        let promise = eventLoop.makePromise(of: ProbeHandler.End.self)
        let channel = connector.connect(to: target, on: eventLoop) { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(ProbeHandler(session, host: target.host, limits: limits, promise: promise))
                if tls { try Connector.addTLS(channel.pipeline.syncOperations, host: target.host) }
            }
        }
        channel.whenFailure { _ in promise.succeed(Self.unreached(session)) }
        return (try? await promise.futureResult.get()) ?? ProbeHandler.End(outcome: .finished(.other))
    }

    private func exchange(_ session: ProbeSession, _ target: PermittedAddress, _ limits: Limits) async -> ProbeHandler.End {
        let eventLoop = connector.group.next()
        let promise = eventLoop.makePromise(of: ProbeHandler.End.self)
        let channel = connector.bindDatagram(for: target, on: eventLoop) { channel, peer in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                try pipeline.addHandler(DatagramHandler(peer: peer, patience: .nanoseconds(limits.patience.nanoseconds / 3)))
                try pipeline.addHandler(ProbeHandler(session, host: target.host, limits: limits, promise: promise))
            }
        }
        channel.whenFailure { _ in promise.succeed(Self.unreached(session)) }
        return (try? await promise.futureResult.get()) ?? ProbeHandler.End(outcome: .finished(.other))
    }

    /// It was open a moment ago; what the probe learnt on earlier connections stands.
    private static func unreached(_ session: ProbeSession) -> ProbeHandler.End {
        var session = session
        if case .done(let result, _) = session.ended(.silent) { return ProbeHandler.End(outcome: .finished(result)) }
        return ProbeHandler.End(outcome: .finished(.other))
    }
}

/// One connection of a probe. Completes its promise once, whatever happens to the channel.
final class ProbeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    enum Outcome: Sendable {
        case finished(ProbeResult)
        /// The probe asks for another connection.
        case again(ProbeSession)
    }

    struct End: Sendable {
        var outcome: Outcome
        /// A TLS handshake succeeded.
        var handshake = false
        /// The peer has said something.
        var hasHeard = false
        /// Nothing came until time was up.
        var silence = false
    }

    private var session: ProbeSession
    private var handshake = false
    private var hasHeard = false
    private var isOverdue = false
    private let host: String
    private let limits: ProbeDriver.Limits
    private var began = NIODeadline.now()
    private var promise: EventLoopPromise<End>?
    private var deadline: Scheduled<Void>?

    init(_ session: ProbeSession, host: String, limits: ProbeDriver.Limits, promise: EventLoopPromise<End>) {
        self.session = session
        self.host = host
        self.limits = limits
        self.promise = promise
    }

    func channelActive(context: ChannelHandlerContext) {
        began = .now()
        wait(until: began + limits.patience, context)
        perform(session.connected(), context)
        context.fireChannelActive()
    }

    private func wait(until time: NIODeadline, _ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        deadline?.cancel()
        deadline = context.eventLoop.scheduleTask(deadline: time) {
            let (handler, context) = bound.value
            handler.isOverdue = true
            handler.end(.silent, context)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard promise != nil else { return }
        if !hasHeard {
            hasHeard = true
            wait(until: began + limits.timeout, context)
        }
        perform(session.received(Array(unwrapInboundIn(data).readableBytesView)), context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent { handshake = true }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(.closed, context)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A reset is a way of closing; anything else comes from TLS.
        end(error is IOError ? .closed : .noTLS, context)
    }

    func handlerRemoved(context: ChannelHandlerContext) { end(.closed, context) }

    private func end(_ end: ProbeEnd, _ context: ChannelHandlerContext) {
        guard promise != nil else { return }
        perform(session.ended(end), context)
    }

    private func perform(_ action: ProbeAction, _ context: ChannelHandlerContext) {
        switch action {
        case .needMore: break
        case .send(let bytes): send(bytes, context)
        case .startTLS(let bytes):
            if !bytes.isEmpty { send(bytes, context) }
            do {
                try Connector.addTLS(context.pipeline.syncOperations, host: host)
                perform(session.secured(), context)
            } catch {
                end(.noTLS, context)
            }
        case .reconnect: complete(.again(session), context)
        case .done(let result, let farewell):
            if !farewell.isEmpty { send(farewell, context) }
            complete(.finished(result), context)
        }
    }

    private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
    }

    private func complete(_ outcome: Outcome, _ context: ChannelHandlerContext) {
        deadline?.cancel()
        promise?.succeed(End(outcome: outcome, handshake: handshake, hasHeard: hasHeard, silence: isOverdue && !hasHeard))
        promise = nil
        context.close(promise: nil)
    }
}
