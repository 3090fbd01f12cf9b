/// What templates run against: a base URL, or a host with a port.
package struct TemplateTarget: Sendable, Equatable, Hashable {
    /// http, https, or empty where only TCP and TLS templates apply.
    package var scheme: String
    /// A name or an address; IPv6 without brackets.
    package var host: String
    /// Nil where the text named none.
    package var explicitPort: Int?
    /// The path of the base URL, without a slash at its end.
    package var path: String

    package init(scheme: String, host: String, port: Int?, path: String = "") {
        self.scheme = scheme
        self.host = host
        explicitPort = port
        self.path = path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    /// Reads `https://host:8443/base`, `host:port`, `[::1]:80` or `host`. Nil for anything else: user names, spaces, other schemes.
    package init?(_ text: String) {
        var rest = Substring(text)
        var scheme = ""
        if let range = text.firstRange(of: "://") {
            scheme = text[..<range.lowerBound].lowercased()
            guard scheme == "http" || scheme == "https" else { return nil }
            rest = text[range.upperBound...]
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let path = rest.dropFirst(authority.count).prefix { $0 != "?" && $0 != "#" }
        guard let (host, port) = TemplateTarget.split(authority), text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
        self.init(scheme: scheme, host: host, port: port, path: String(path))
    }

    /// Host and port of an authority without user information.
    static func split(_ authority: Substring) -> (String, Int?)? {
        var host = authority
        var port: Int?
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<end]
            let after = authority[authority.index(after: end)...]
            guard after.isEmpty || after.first == ":" else { return nil }
            if !after.isEmpty {
                guard let number = Int(after.dropFirst()) else { return nil }
                port = number
            }
        } else if let colon = authority.firstIndex(of: ":") {
            guard let number = Int(authority[authority.index(after: colon)...]) else { return nil }
            host = authority[..<colon]
            port = number
        }
        guard !host.isEmpty, !host.contains("@"), port.map({ (1...65_535).contains($0) }) ?? true else { return nil }
        return (String(host), port)
    }

    package var port: Int? {
        if let explicitPort { return explicitPort }
        switch scheme {
        case "http": return 80
        case "https": return 443
        default: return nil
        }
    }

    /// The host as it stands in a URL.
    var hostInURL: String { host.contains(":") ? "[\(host)]" : host }
    var authority: String { explicitPort.map { "\(hostInURL):\($0)" } ?? hostInURL }
    package var rootURL: String { "\(scheme)://\(authority)" }
    package var baseURL: String { rootURL + path }

    /// The placeholders that stand for parts of the target.
    var variables: [String: ExpressionValue] {
        let directory = path.split(separator: "/").dropLast()
        let file = path.split(separator: "/").last.map(String.init) ?? ""
        let labels = host.split(separator: ".").map(String.init)
        let isAddress = host.contains(":") || labels.allSatisfy { Int($0) != nil }
        let registered = isAddress ? host : labels.suffix(2).joined(separator: ".")
        var values: [String: String] = [
            "Hostname": authority, "Host": host, "Path": directory.isEmpty ? "" : "/" + directory.joined(separator: "/"), "File": file,
            "Scheme": scheme, "FQDN": host, "RDN": registered, "DN": isAddress ? host : (labels.dropLast().last ?? host),
            "SD": isAddress ? "" : labels.dropLast(2).joined(separator: "."), "TLD": isAddress ? "" : (labels.last ?? ""),
            "ip": isAddress ? host : "", "Input": scheme.isEmpty ? authority : baseURL,
        ]
        if let port { values["Port"] = String(port) }
        if !scheme.isEmpty {
            values["BaseURL"] = baseURL
            values["RootURL"] = rootURL
        }
        return values.mapValues { .text($0) }
    }

    static let variableNames: Set<String> = [
        "BaseURL", "RootURL", "Hostname", "Host", "Port", "Path", "File", "Scheme", "FQDN", "RDN", "DN", "SD", "TLD", "ip", "Input",
    ]
}
