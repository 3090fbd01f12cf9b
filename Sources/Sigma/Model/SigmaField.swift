/// Fields of the webserver and proxy taxonomy (specification, "Sigma Taxonomy", after the W3C extended log file format), which every web format has
/// under other names. All other fields are asked for by the name that the rule writes.
package enum SigmaField: UInt8, CaseIterable, Sendable {
    /// `c-ip`, `src_ip`.
    case clientAddress
    /// `s-ip`, `dst_ip`.
    case serverAddress
    case serverPort
    /// `cs-method`.
    case method
    /// `c-uri`, `cs-uri`: the request's target as the client sent it.
    case target
    /// `cs-uri-query`, `c-uri-query`: the whole target again (path and query). Two rules of three that ask for the query mean the path:
    /// strictly read, they could never match.
    case query
    /// `cs-uri-stem`, `c-uri-stem`: the path.
    case path
    /// `c-uri-extension`: of the path, without its dot.
    case pathExtension
    /// `cs-host`, `r-dns`.
    case host
    /// `cs-user-agent`, `c-useragent`, `cs(User-Agent)`.
    case userAgent
    /// `cs-referer`, `cs-referrer`, `cs(Referer)`.
    case referer
    /// `cs-cookie`, `cs(Cookie)`.
    case cookie
    /// `cs-username`.
    case account
    /// `cs-version`.
    case version
    /// `sc-status`.
    case status
    /// `sc-bytes`: sent to the client.
    case bytesSent
    /// `cs-bytes`: received from the client.
    case bytesReceived
    /// `time-taken`, in milliseconds.
    case timeTaken

    /// Formats write these as numbers, in their own way: no text of the rule need stand in the line.
    var isNumber: Bool {
        switch self {
        case .serverPort, .status, .bytesSent, .bytesReceived, .timeTaken: true
        default: false
        }
    }

    /// The field that a rule's name means; nil for fields that are asked for by name.
    package static func named(_ name: String) -> SigmaField? { names[name.lowercased()] }

    private static let names: [String: SigmaField] = [
        "c-ip": .clientAddress, "src_ip": .clientAddress, "s-ip": .serverAddress, "dst_ip": .serverAddress, "s-port": .serverPort,
        "dst_port": .serverPort, "cs-method": .method, "c-uri": .target, "cs-uri": .target, "cs-uri-query": .query, "c-uri-query": .query,
        "cs-uri-stem": .path, "c-uri-stem": .path, "c-uri-extension": .pathExtension, "cs-uri-extension": .pathExtension, "cs-host": .host,
        "r-dns": .host, "cs(host)": .host, "cs-user-agent": .userAgent, "c-useragent": .userAgent, "cs-useragent": .userAgent,
        "c-user-agent": .userAgent, "cs(user-agent)": .userAgent, "cs-referer": .referer, "cs-referrer": .referer, "cs(referer)": .referer,
        "c-referer": .referer, "cs-cookie": .cookie, "cs(cookie)": .cookie, "cs-username": .account, "cs-user": .account,
        "cs-version": .version, "sc-status": .status, "sc-bytes": .bytesSent, "cs-bytes": .bytesReceived, "time-taken": .timeTaken,
    ]
}

/// A field as a rule refers to it.
enum FieldReference: Hashable, Sendable {
    /// The line as it stands in the file: what keywords look at.
    case rawLine
    case known(SigmaField)
    case named(String)

    init(_ name: String) { self = SigmaField.named(name).map { .known($0) } ?? .named(name) }
}
