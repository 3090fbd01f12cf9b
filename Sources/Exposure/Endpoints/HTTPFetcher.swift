import Estate
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
import Network

/// A reply, and what was read of its body, which is to be dropped as soon as it was looked at.
struct Fetched: Sendable {
    var reply: EndpointReply
    var body: ReplyBody

    init(_ raw: RawReply) {
        let status = Int(raw.head.status.code)
        func header(_ name: String) -> String? { raw.head.headers.first(name: name) }
        body = raw.body
        reply = EndpointReply(
            status: status, contentType: header("Content-Type") ?? "", body: raw.body.bytes, isTruncated: raw.isTruncated,
            location: header("Location"),
            hsts: StrictTransportSecurity(header("Strict-Transport-Security"), isTLS: raw.isTLS, status: status))
    }
}

/// GETs one URL, only ever from an address that the scope permits, without cookies; without credentials unless a test account's are given.
struct HTTPFetcher: Sendable {
    let connector: Connector
    /// For one request, from connecting to the last byte.
    let timeout: Duration

    /// What is read of a body unless said otherwise.
    static let bodyLimit = 1 << 20
    /// Of a host's addresses, how many are tried.
    private static let mostAddresses = 4

    enum Failure: Error, Hashable, Sendable {
        case scope(ScopeError)
        case connect(PortState)
        case tls
        case silent
        /// Closed early, or no HTTP.
        case broken
    }

    /// From the first of the host's permitted addresses that takes a connection.
    /// - Parameter header: a test account's. It goes over TLS only to a server whose certificate is trusted.
    func get(_ url: URL, scope: Scope, header: (name: String, value: String)? = nil, limit: Int = bodyLimit) async -> Result<Fetched, Failure> {
        let host = url.host ?? ""
        guard let port = url.effectivePort else { return .failure(.scope(.unresolvable(host: host))) }
        let targets: [PermittedAddress]
        do {
            targets = try await scope.resolve(host: host, port: port)
        } catch {
            return .failure(.scope(error))
        }
        var last = Failure.broken
        for target in targets.prefix(Self.mostAddresses) {
            switch await get(url, at: target, header, limit) {
            case .success(let fetched): return .success(fetched)
            case .failure(let failure):
                last = failure
                guard case .connect = failure else { return .failure(failure) }
            }
        }
        return .failure(last)
    }

    private func get(
        _ url: URL, at target: PermittedAddress, _ header: (name: String, value: String)?, _ limit: Int
    ) async -> Result<Fetched, Failure> {
        await send(Self.head(url, header), to: target, tls: url.isTLS, isTrusted: header != nil, limit: limit).map(Fetched.init)
    }

    /// Any request, as it stands.
    /// - Parameters:
    ///   - serverName: for TLS, when it isn't the target's host.
    ///   - isTrusted: over TLS, only a server whose certificate the system trusts is told anything.
    func send(
        _ head: HTTPRequestHead, body: [UInt8] = [], to target: PermittedAddress, tls: Bool, serverName: String? = nil, isTrusted: Bool = false,
        limit: Int
    ) async -> Result<RawReply, Failure> {
        let eventLoop = connector.group.next()
        let promise = eventLoop.makePromise(of: RawReply.self)
        let timeout = TimeAmount(timeout)
        let channel = connector.connect(to: target, on: eventLoop) { channel in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                try pipeline.addHTTPClientHandlers(leftOverBytesStrategy: .dropBytes)
                try pipeline.addHandler(FetchHandler(head: head, content: body, isTLS: tls, timeout: timeout, limit: limit, promise: promise))
                guard tls else { return }
                let name = serverName ?? target.host
                if isTrusted { try Self.addVerifiedTLS(pipeline, host: name) } else { try Connector.addTLS(pipeline, host: name) }
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

    /// Where a login is sent, the server must prove who it is, by an authority that the system trusts.
    private static func addVerifiedTLS(_ pipeline: ChannelPipeline.SynchronousOperations, host: String) throws {
        let name = IPAddress(host) == nil && host.utf8.count <= 253 ? host : nil
        try pipeline.addHandler(NIOSSLClientHandler(context: verifiedContext.get(), serverHostname: name), position: .first)
    }

    private static let verifiedContext = Result<NIOSSLContext, any Error> { try NIOSSLContext(configuration: .makeClientConfiguration()) }

    private static func head(_ url: URL, _ header: (name: String, value: String)?) -> HTTPRequestHead {
        let components = URLComponents(url: url, resolvingAgainstBaseURL: true)
        let path = components?.percentEncodedPath ?? ""
        let query = components?.percentEncodedQuery.map { "?" + $0 } ?? ""
        let host = url.host.map { $0.contains(":") && !$0.hasPrefix("[") ? "[\($0)]" : $0 } ?? ""
        var headers: HTTPHeaders = [
            "Host": host + (url.port.map { ":\($0)" } ?? ""), "User-Agent": "suwen",
            "Accept": "application/json, text/csv, application/xml;q=0.9, */*;q=0.5", "Connection": "close",
        ]
        if let header { headers.add(name: header.name, value: header.value) }
        return HTTPRequestHead(version: .http1_1, method: .GET, uri: (path.isEmpty ? "/" : path) + query, headers: headers)
    }
}

extension URL {
    var isTLS: Bool { scheme?.lowercased() == "https" }

    /// Its own, or the scheme's; nil for port 0 and what is none.
    var effectivePort: UInt16? { UInt16(exactly: port ?? (isTLS ? 443 : 80)).flatMap { $0 > 0 ? $0 : nil } }

    /// Whether browsers take both for one origin (RFC 6454 5).
    func hasSameOrigin(as other: URL) -> Bool {
        scheme?.lowercased() == other.scheme?.lowercased() && host?.lowercased() == other.host?.lowercased() && effectivePort == other.effectivePort
    }
}
