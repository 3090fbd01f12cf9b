/// Where a redirect leads (RFC 9110 10.2.2), resolved against the path that was asked for.
struct HTTPLocation: Hashable, Sendable {
    /// Nil when the redirect names none.
    private(set) var scheme: String?
    private(set) var host: String?
    private var port: Int?
    /// With its query; begins with `/`.
    private(set) var path: String

    private static let longest = 2_000

    /// - Returns: nil for what is no HTTP address or holds a byte that no address may hold.
    init?(_ text: String, from path: String) {
        guard !text.isEmpty, text.utf8.count <= Self.longest, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        let text = text.prefix { $0 != "#" }
        guard let slashes = text.range(of: "//"), Self.isAuthority(text[..<slashes.lowerBound]) else {
            // A scheme without an authority: `mailto:`, `javascript:`.
            guard text.prefix(while: { $0 != "/" && $0 != "?" }).contains(":") == false else { return nil }
            self.path = Self.resolve(text, from: path)
            return
        }
        let prefix = text[..<slashes.lowerBound]
        if !prefix.isEmpty { scheme = prefix.dropLast().lowercased() }
        let rest = text[slashes.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let target = rest.dropFirst(authority.count)
        self.path = target.isEmpty ? "/" : target.hasPrefix("/") ? String(target) : "/\(target)"
        guard !authority.contains("@") else { return nil }
        let afterAddress = authority.lastIndex(of: "]") ?? authority.startIndex
        let colon = authority[afterAddress...].lastIndex(of: ":")
        host = authority[..<(colon ?? authority.endIndex)].lowercased()
        if let colon {
            guard let number = Int(authority[authority.index(after: colon)...]), (1...65_535).contains(number) else { return nil }
            port = number
        }
    }

    /// The same host and port: nobody else is ever asked.
    func isAt(_ peer: ProbePeer) -> Bool {
        guard let host else { return true }
        let name = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        let own = peer.host.hasPrefix("[") ? String(peer.host.dropFirst().dropLast()) : peer.host
        return name == own.lowercased() && (port ?? (scheme == "http" ? 80 : scheme == "https" ? 443 : Int(peer.port))) == Int(peer.port)
    }

    /// The way to a login page, by the words that such paths are made of.
    var isLogin: Bool {
        let words = path.lowercased().prefix { $0 != "?" }.split { $0 == "/" || $0 == "." || $0 == "-" }
        return words.contains { word in
            word.contains("login") || word.contains("logon") || word.contains("signin") || word.contains("sign_in")
                || ["auth", "sso", "oauth", "oauth2", "saml", "cas", "authenticate"].contains(word)
        }
    }

    private static func isAuthority(_ prefix: Substring) -> Bool { ["", "http:", "https:"].contains(prefix.lowercased()) }

    private static func resolve(_ text: Substring, from path: String) -> String {
        if text.hasPrefix("/") { return String(text) }
        let base = path.prefix { $0 != "?" }
        if text.hasPrefix("?") { return String(base) + text }
        let folder = base[...(base.lastIndex(of: "/") ?? base.startIndex)]
        return String(folder) + (text.hasPrefix("./") ? text.dropFirst(2) : text)
    }
}

extension Substring {
    fileprivate func range(of pair: String) -> Range<Index>? {
        var place = startIndex
        while place < endIndex {
            if self[place...].hasPrefix(pair) { return place..<index(place, offsetBy: pair.count) }
            place = index(after: place)
        }
        return nil
    }
}
