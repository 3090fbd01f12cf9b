/// Makes the requests of a block from its patterns.
struct HTTPRequestBuilder {
    let target: TemplateTarget
    let block: HTTPBlock

    enum Failure: Error {
        /// A value that is not there yet.
        case unresolved
        /// What came out is no request.
        case malformed
    }

    /// Headers that belong to the connection: the transport writes them.
    private static let framing: Set<String> = [
        "content-length", "connection", "accept-encoding", "transfer-encoding", "proxy-connection", "keep-alive",
    ]

    func build(_ request: HTTPBlock.Request, _ scope: TemplateScope) throws(Failure) -> TemplateHTTPRequest {
        switch request {
        case .path(let pattern): try build(path: pattern, scope)
        case .raw(let raw): try build(raw: raw, scope)
        }
    }

    private func resolve(_ pattern: TextPattern, _ scope: TemplateScope) throws(Failure) -> [UInt8] {
        do {
            return try pattern.resolve(scope, lenient: block.skipsVariablesCheck)
        } catch {
            throw .unresolved
        }
    }

    private func build(path pattern: TextPattern, _ scope: TemplateScope) throws(Failure) -> TemplateHTTPRequest {
        var url = HTTPRequestBuilder.escape(try resolve(pattern, scope))
        if !url.contains("://") { url = url.hasPrefix("/") ? target.rootURL + url : "\(target.scheme)://\(url)" }
        guard let method = HTTPRequestBuilder.method(try resolve(block.method, scope)), isAllowed(method), TemplateURL(url) != nil else {
            throw .malformed
        }
        var headers: [TemplateHTTPRequest.Header] = []
        for header in block.headers { append(header.name, HTTPRequestBuilder.clean(try resolve(header.value, scope)), to: &headers) }
        var body: [UInt8] = []
        if let pattern = block.body { body = try resolve(pattern, scope) }
        return TemplateHTTPRequest(method: method, url: url, headers: headers, body: body, maximumBody: block.maximumBody)
    }

    /// The loader has judged what is written; this judges what came out of placeholders.
    private func isAllowed(_ method: String) -> Bool { block.allowsAnyMethod || HTTPBlock.readOnlyMethods.contains(method) }

    private func append(_ name: String, _ value: String, to headers: inout [TemplateHTTPRequest.Header]) {
        let lower = name.lowercased()
        guard !HTTPRequestBuilder.framing.contains(lower), !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x3A }) else {
            return
        }
        if lower == "host", value == target.authority { return }
        headers.append(.init(name, value))
    }

    private func build(raw: RawRequest, _ scope: TemplateScope) throws(Failure) -> TemplateHTTPRequest {
        let line = try resolve(raw.start, scope)
        guard let (method, path) = HTTPRequestBuilder.startLine(line[...]), isAllowed(method) else { throw .malformed }
        var headers: [TemplateHTTPRequest.Header] = []
        for pattern in raw.headers {
            let line = try resolve(pattern, scope)
            guard let colon = line.firstIndex(of: 0x3A) else { continue }
            append(Bytes.string(Bytes.trim(line[..<colon])), HTTPRequestBuilder.clean(line[(colon + 1)...]), to: &headers)
        }
        var body: [UInt8] = []
        if let pattern = raw.body { body = try resolve(pattern, scope) }
        // `body` and `headers` of the block add to a raw request.
        for header in block.headers { append(header.name, HTTPRequestBuilder.clean(try resolve(header.value, scope)), to: &headers) }
        var root = target.rootURL
        if let host = raw.host {
            let text = HTTPRequestBuilder.escape(try resolve(host, scope))
            root = text.contains("://") ? text : "\(target.scheme)://\(text)"
            while root.hasSuffix("/") { root.removeLast() }
        }
        var url = HTTPRequestBuilder.escape(path)
        if !url.hasPrefix("http://"), !url.hasPrefix("https://") {
            url = root + (block.mergesPath ? target.path : "") + (url.hasPrefix("/") ? url : "/" + url)
        }
        guard TemplateURL(url) != nil else { throw .malformed }
        let serverName = try raw.serverName.map { pattern throws(Failure) in HTTPRequestBuilder.clean(try resolve(pattern, scope)) }
        return TemplateHTTPRequest(
            method: method, url: url, headers: headers, body: body, maximumBody: block.maximumBody, timeoutSeconds: raw.timeout,
            serverName: serverName)
    }

    /// `GET /a b HTTP/1.1`: the path is what stands between the first and the last word.
    private static func startLine(_ line: ArraySlice<UInt8>) -> (String, [UInt8])? {
        let trimmed = Bytes.trim(line)
        guard let space = trimmed.firstIndex(of: 0x20), let method = method(Array(trimmed[..<space])) else { return nil }
        var rest = Bytes.trim(trimmed[space...])
        if let last = rest.lastIndex(of: 0x20), rest[(last + 1)...].starts(with: "HTTP/".utf8) { rest = Bytes.trim(rest[..<last]) }
        return rest.isEmpty || rest.starts(with: "HTTP/".utf8) ? nil : (method, Array(rest))
    }

    private static func method(_ bytes: [UInt8]) -> String? {
        guard (1...20).contains(bytes.count), bytes.allSatisfy({ RegexAlphabet.isWord($0) || $0 == 0x2D }) else { return nil }
        return Bytes.string(bytes.map(Bytes.uppercase))
    }

    /// White space, control characters and what is not ASCII are escaped; everything else goes out as it was written.
    static func escape(_ bytes: [UInt8]) -> String {
        Bytes.string(Bytes.trim(bytes[...]).flatMap { $0 > 0x20 && $0 < 0x7F ? [$0] : [0x25] + Bytes.hexadecimal([$0]).map(Bytes.uppercase) })
    }

    /// A header's value: a line break in it, which an answer may have put there, would begin another header.
    private static func clean(_ bytes: some Collection<UInt8>) -> String { Bytes.string(Bytes.trim(bytes.filter { $0 >= 0x20 && $0 != 0x7F }[...])) }

    /// The next request of a redirect; nil where the answer is none, or the policy stops it.
    func redirect(from answer: HTTPAnswer) -> TemplateHTTPRequest? {
        guard block.redirects != .none, [301, 302, 303, 307, 308].contains(answer.response.status),
            let location = answer.response.headers.first(where: { $0.name.lowercased() == "location" })?.value,
            let current = TemplateURL(answer.request.url), let next = current.resolve(HTTPRequestBuilder.escape(Array(location.utf8)))
        else { return nil }
        if block.redirects == .sameHost, next.host != current.host { return nil }
        let isSameHost = next.host == current.host && next.port == current.port
        let headers = answer.request.headers.filter { header in
            let name = header.name.lowercased()
            return isSameHost || !(name == "authorization" || name == "cookie" || name == "host")
        }
        return TemplateHTTPRequest(
            method: answer.request.method == "HEAD" ? "HEAD" : "GET", url: next.text, headers: headers, maximumBody: answer.request.maximumBody,
            timeoutSeconds: answer.request.timeoutSeconds)
    }
}

/// An absolute http or https URL in its parts; no more of RFC 3986 than redirects need.
struct TemplateURL: Equatable {
    var scheme: String
    var host: String
    var port: Int
    /// Path and query.
    var path: String

    init?(_ text: String) {
        guard let range = text.firstRange(of: "://") else { return nil }
        scheme = text[..<range.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https", text.utf8.count <= 65_536 else { return nil }
        let rest = text[range.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let (host, port) = TemplateTarget.split(authority) else { return nil }
        self.host = host.lowercased()
        self.port = port ?? (scheme == "https" ? 443 : 80)
        let path = rest.dropFirst(authority.count).prefix { $0 != "#" }
        self.path = path.hasPrefix("/") ? String(path) : "/" + path
    }

    var text: String {
        let standard = scheme == "https" ? 443 : 80
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(scheme)://\(name)\(port == standard ? "" : ":\(port)")\(path)"
    }

    /// A Location header against this URL.
    func resolve(_ location: String) -> TemplateURL? {
        if location.isEmpty { return nil }
        if location.hasPrefix("//") { return TemplateURL("\(scheme):\(location)") }
        if let colon = location.firstIndex(of: ":"), location[..<colon].allSatisfy({ $0.isLetter }), !location.hasPrefix("/") {
            return TemplateURL(location)
        }
        var next = self
        let fragmentless = String(location.prefix { $0 != "#" })
        if fragmentless.hasPrefix("/") {
            next.path = fragmentless
        } else if fragmentless.hasPrefix("?") {
            next.path = String(path.prefix { $0 != "?" }) + fragmentless
        } else {
            let directory = path.prefix { $0 != "?" }
            let base = directory.lastIndex(of: "/").map { String(directory[...$0]) } ?? "/"
            next.path = base + fragmentless
        }
        return next
    }
}
