import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
import Network
import Probes
import Templates

/// Carries what templates ask for, and only to where the scope permits: the host of every request is judged anew, a redirect's too.
struct ScopedTransport: TemplateTransport {
    let connector: Connector
    let scope: Scope
    /// For one request, from connecting to the last byte.
    let timeout: Duration
    /// What its name stands for, whatever else it may stand for.
    var pinned: PermittedAddress?

    /// A template may ask for more time than the scan's, but not for more than this.
    private static let longest = 30
    private static let mostAddresses = 4

    func http(_ request: TemplateHTTPRequest) async -> TemplateReply<TemplateHTTPResponse> {
        guard let place = HTTPPlace(request.url) else { return .refused }
        let targets = await targets(place.host, place.port)
        guard !targets.isEmpty else { return .refused }
        let limit = request.timeoutSeconds.map { Duration.seconds(min($0, Self.longest)) } ?? timeout
        let fetcher = HTTPFetcher(connector: connector, timeout: limit)
        let began = ContinuousClock.now
        for target in targets.prefix(Self.mostAddresses) {
            switch await fetcher.send(
                Self.head(request, place), body: request.body, to: target, tls: place.isTLS, serverName: request.serverName,
                limit: request.maximumBody)
            {
            case .success(let reply): return .reply(Self.response(reply, began))
            case .failure(.connect): continue
            case .failure: return .failed
            }
        }
        return .failed
    }

    func tcp(_ request: TemplateTCPRequest) async -> TemplateReply<TemplateTCPResponse> {
        guard let port = UInt16(exactly: request.port), port > 0, !KnownPorts.isPrinter(port),
            let target = await targets(request.host, port).first
        else { return .refused }
        let eventLoop = connector.group.next()
        let promise = eventLoop.makePromise(of: TemplateTCPResponse?.self)
        let limit = TimeAmount(timeout)
        let channel = connector.connect(to: target, on: eventLoop) { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(TemplateTCPHandler(request, timeout: limit, promise: promise))
                if request.tls { try Connector.addTLS(channel.pipeline.syncOperations, host: target.host) }
            }
        }
        channel.whenFailure { _ in promise.succeed(nil) }
        guard let response = try? await promise.futureResult.get() else { return .failed }
        return .reply(response)
    }

    func tls(_ request: TemplateTLSRequest) async -> TemplateReply<TemplateTLSInfo> {
        guard let port = UInt16(exactly: request.port), port > 0, let target = await targets(request.host, port).first else {
            return .refused
        }
        guard let info = await TLSFacts(connector: connector, timeout: timeout).info(target, request) else { return .failed }
        return .reply(info)
    }

    /// Empty when the scope permits none.
    private func targets(_ host: String, _ port: UInt16) async -> [PermittedAddress] {
        if let pinned, Scope.normalised(host) == pinned.host { return [pinned.at(port: port)] }
        return (try? await scope.resolve(host: host, port: port)) ?? []
    }

    private static func head(_ request: TemplateHTTPRequest, _ place: HTTPPlace) -> HTTPRequestHead {
        var headers = HTTPHeaders()
        for header in request.headers { headers.add(name: header.name, value: header.value) }
        if !headers.contains(name: "Host") { headers.add(name: "Host", value: place.authority) }
        if !headers.contains(name: "User-Agent") { headers.add(name: "User-Agent", value: "suwen") }
        if !headers.contains(name: "Accept") { headers.add(name: "Accept", value: "*/*") }
        headers.replaceOrAdd(name: "Connection", value: "close")
        // What a scan reads it has to understand.
        headers.replaceOrAdd(name: "Accept-Encoding", value: "identity")
        if !request.body.isEmpty { headers.replaceOrAdd(name: "Content-Length", value: "\(request.body.count)") }
        return HTTPRequestHead(version: .http1_1, method: HTTPMethod(rawValue: request.method), uri: place.path, headers: headers)
    }

    private static func response(_ reply: RawReply, _ began: ContinuousClock.Instant) -> TemplateHTTPResponse {
        TemplateHTTPResponse(
            status: Int(reply.head.status.code), reason: reply.head.status.reasonPhrase,
            version: "HTTP/\(reply.head.version.major).\(reply.head.version.minor)",
            headers: reply.head.headers.map { TemplateHTTPRequest.Header($0.name, $0.value) }, body: reply.body.bytes,
            seconds: (ContinuousClock.now - began) / .seconds(1))
    }
}

/// An absolute HTTP URL, taken apart without touching its path.
private struct HTTPPlace {
    var isTLS: Bool
    var host: String
    var port: UInt16
    /// For the `Host` header.
    var authority: String
    /// With the query, as it is sent.
    var path: String

    init?(_ text: String) {
        let rest: Substring
        if text.lowercased().hasPrefix("https://") {
            (isTLS, rest) = (true, text.dropFirst(8))
        } else if text.lowercased().hasPrefix("http://") {
            (isTLS, rest) = (false, text.dropFirst(7))
        } else {
            return nil
        }
        let authority = String(rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" })
        let tail = rest.dropFirst(authority.count).prefix { $0 != "#" }
        let path = tail.hasPrefix("/") ? String(tail) : "/" + tail
        // A space or a control character would end the request line.
        guard !authority.contains("@"), path.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
        let bracket = authority.hasPrefix("[") ? authority.lastIndex(of: "]").map { authority.index(after: $0) } : nil
        let end = bracket ?? authority.firstIndex(of: ":") ?? authority.endIndex
        let host = String(authority[..<end])
        var port: UInt16 = isTLS ? 443 : 80
        if end < authority.endIndex {
            guard authority[end] == ":", let number = UInt16(authority[end...].dropFirst()), number > 0 else { return nil }
            port = number
        }
        guard !host.isEmpty else { return nil }
        (self.authority, self.path, self.host, self.port) = (authority, path, host, port)
    }
}
