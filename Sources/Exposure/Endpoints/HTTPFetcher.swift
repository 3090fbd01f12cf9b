import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
import Network

/// GETs one URL from a permitted address, without credentials or cookies.
struct HTTPFetcher: Sendable {
    let connector: Connector
    /// For one request, from connecting to the last byte.
    let timeout: Duration

    /// What is read of a body.
    static let bodyLimit = 1 << 20

    enum Failure: Error, Hashable, Sendable {
        case connect(PortState)
        case tls
        case silent
        /// Closed early, or no HTTP.
        case broken
    }

    func get(_ url: URL, at target: PermittedAddress) async -> Result<EndpointReply, Failure> {
        let eventLoop = connector.group.next()
        let promise = eventLoop.makePromise(of: EndpointReply.self)
        let isTLS = url.scheme?.lowercased() == "https"
        let head = Self.head(url)
        let limit = TimeAmount(timeout)
        let channel = connector.connect(to: target, on: eventLoop) { channel in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                try pipeline.addHTTPClientHandlers(leftOverBytesStrategy: .dropBytes)
                try pipeline.addHandler(FetchHandler(head: head, timeout: limit, promise: promise))
                if isTLS { try Connector.addTLS(pipeline, host: target.host) }
            }
        }
        channel.whenFailure { error in promise.fail(Failure.connect(PortState(error))) }
        do {
            return .success(try await promise.futureResult.get())
        } catch let failure as Failure {
            return .failure(failure)
        } catch {
            return .failure(.broken)
        }
    }

    private static func head(_ url: URL) -> HTTPRequestHead {
        let components = URLComponents(url: url, resolvingAgainstBaseURL: true)
        let path = components?.percentEncodedPath ?? ""
        let query = components?.percentEncodedQuery.map { "?" + $0 } ?? ""
        let host = url.host.map { $0.contains(":") && !$0.hasPrefix("[") ? "[\($0)]" : $0 } ?? ""
        let headers: HTTPHeaders = [
            "Host": host + (url.port.map { ":\($0)" } ?? ""), "User-Agent": "suwen",
            "Accept": "application/json, text/csv, application/xml;q=0.9, */*;q=0.5", "Connection": "close",
        ]
        return HTTPRequestHead(version: .http1_1, method: .GET, uri: (path.isEmpty ? "/" : path) + query, headers: headers)
    }
}

/// One request and its reply. Completes its promise once, whatever happens to the channel.
private final class FetchHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let head: HTTPRequestHead
    private let timeout: TimeAmount
    private var promise: EventLoopPromise<EndpointReply>?
    private var deadline: Scheduled<Void>?
    private var reply: HTTPResponseHead?
    private var body: [UInt8] = []

    init(head: HTTPRequestHead, timeout: TimeAmount, promise: EventLoopPromise<EndpointReply>) {
        self.head = head
        self.timeout = timeout
        self.promise = promise
    }

    func channelActive(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: timeout) {
            let (handler, context) = bound.value
            handler.fail(.silent, context)
        }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard promise != nil else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): reply = head
        case .body(let buffer):
            body += buffer.readableBytesView.prefix(HTTPFetcher.bodyLimit - body.count)
            // What was read is enough to judge; the rest is neither needed nor wanted.
            if body.count == HTTPFetcher.bodyLimit { finish(isTruncated: true, context) }
        case .end: finish(isTruncated: false, context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        // A body that ends early still shows what is given away.
        if !body.isEmpty { finish(isTruncated: true, context) } else { fail(.broken, context) }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if !body.isEmpty { return finish(isTruncated: true, context) }
        fail(error is NIOSSLError || error is BoringSSLError ? .tls : .broken, context)
    }

    func handlerRemoved(context: ChannelHandlerContext) { fail(.broken, context) }

    private func finish(isTruncated: Bool, _ context: ChannelHandlerContext) {
        guard let reply else { return fail(.broken, context) }
        let contentType = reply.headers.first(name: "Content-Type") ?? ""
        complete(context) {
            $0.succeed(
                EndpointReply(
                    status: Int(reply.status.code), contentType: contentType, body: body, isTruncated: isTruncated,
                    location: reply.headers.first(name: "Location")))
        }
    }

    private func fail(_ failure: HTTPFetcher.Failure, _ context: ChannelHandlerContext) {
        if failure == .silent, !body.isEmpty { return finish(isTruncated: true, context) }
        complete(context) { $0.fail(failure) }
    }

    private func complete(_ context: ChannelHandlerContext, _ settle: (EventLoopPromise<EndpointReply>) -> Void) {
        guard let promise else { return }
        self.promise = nil
        deadline?.cancel()
        settle(promise)
        context.close(promise: nil)
    }
}
