import NIOCore
import NIOSSL
import NIOTLS
import Network
import Probes
import Synchronization

/// One whole TLS handshake, and nothing inside it.
struct TLSHandshake: Sendable {
    let connector: Connector
    let timeout: Duration
    /// Takes whatever certificate is shown.
    private let anybody: NIOSSLContext
    /// Verifies it against trusted authorities, but not its name.
    private let trusting: NIOSSLContext

    /// - Parameter roots: who is trusted; by default whom this machine trusts.
    /// - Throws: when the trusted authorities can't be read.
    init(connector: Connector, timeout: Duration, roots: NIOSSLTrustRoots) throws {
        self.connector = connector
        self.timeout = timeout
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv1
        configuration.cipherSuites = "ALL"
        configuration.certificateVerification = .noHostnameVerification
        configuration.trustRoots = roots
        trusting = try NIOSSLContext(configuration: configuration)
        // The callback takes the place of the verification, and needs no authorities.
        configuration.trustRoots = .certificates([])
        anybody = try NIOSSLContext(configuration: configuration)
    }

    /// The chain that the server shows, in DER, its own certificate first; empty when there was no handshake.
    func chain(of target: PermittedAddress, serverName: String?, after opening: TLSOpening) async -> [[UInt8]] {
        let chain = Chain()
        _ = await outcome(of: target, opening) {
            try NIOSSLClientHandler(
                context: anybody, serverHostname: serverName,
                customVerificationCallback: { certificates, verdict in
                    let certificates = certificates.prefix(16).compactMap { try? $0.toDERBytes() }
                    chain.certificates.withLock { $0 = certificates }
                    verdict.succeed(.certificateVerified)
                })
        }
        return chain.certificates.withLock { $0 }
    }

    /// Whether a trusted authority vouches for the certificate today.
    func trust(of target: PermittedAddress, serverName: String?, after opening: TLSOpening) async -> TLSReading.Trust {
        await outcome(of: target, opening) { try NIOSSLClientHandler(context: trusting, serverHostname: serverName) }
    }

    private func outcome(of target: PermittedAddress, _ opening: TLSOpening, _ tls: @escaping @Sendable () throws -> NIOSSLClientHandler) async
        -> TLSReading.Trust
    {
        let eventLoop = connector.group.next()
        let promise = eventLoop.makePromise(of: TLSReading.Trust.self)
        let limit = TimeAmount(timeout)
        let channel = connector.connect(to: target, on: eventLoop) { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(HandshakeHandler(opening, tls, timeout: limit, promise: promise))
            }
        }
        channel.whenFailure { _ in promise.succeed(.unknown) }
        return (try? await promise.futureResult.get()) ?? .unknown
    }
}

/// What the callback of BoringSSL was shown.
private final class Chain: Sendable {
    let certificates = Mutex<[[UInt8]]>([])
}

/// Waits for the handshake's end, and closes. Completes its promise once, whatever happens to the channel.
private final class HandshakeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let opening: TLSOpening
    private let tls: () throws -> NIOSSLClientHandler
    private var isOpening: Bool
    private let timeout: TimeAmount
    private var promise: EventLoopPromise<TLSReading.Trust>?
    private var deadline: Scheduled<Void>?

    init(_ opening: TLSOpening, _ tls: @escaping () throws -> NIOSSLClientHandler, timeout: TimeAmount, promise: EventLoopPromise<TLSReading.Trust>) {
        self.opening = opening
        self.tls = tls
        isOpening = !opening.request.isEmpty
        self.timeout = timeout
        self.promise = promise
    }

    func channelActive(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: timeout) {
            let (handler, context) = bound.value
            handler.complete(.unknown, context)
        }
        if isOpening {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: opening.request)), promise: nil)
        } else {
            begin(context)
        }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // What comes inside TLS is of no interest.
        guard isOpening, promise != nil else { return }
        isOpening = false
        guard opening.isConsent(Array(unwrapInboundIn(data).readableBytesView)) else { return complete(.unknown, context) }
        begin(context)
    }

    private func begin(_ context: ChannelHandlerContext) {
        do { try context.pipeline.syncOperations.addHandler(tls(), position: .first) } catch { complete(.unknown, context) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted = event { complete(.trusted, context) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // BoringSSL's reason for a chain that ends at no trusted authority, or isn't valid today; NIOSSL shows it in the description only.
        complete(String(describing: error).contains("CERTIFICATE_VERIFY_FAILED") ? .untrusted : .unknown, context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        complete(.unknown, context)
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { complete(.unknown, context) }

    private func complete(_ outcome: TLSReading.Trust, _ context: ChannelHandlerContext) {
        guard let promise else { return }
        self.promise = nil
        deadline?.cancel()
        promise.succeed(outcome)
        context.close(promise: nil)
    }
}
