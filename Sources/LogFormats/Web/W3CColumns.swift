/// The columns that a `#Fields` line names.
struct W3CColumns {
    enum Role: UInt8 {
        case client, method, stem, query, target, status, bytes, milliseconds, account, host, userAgent, referer, forwardedFor, other
    }

    /// More columns than any server has.
    private static let limit = 256

    private(set) var roles: [Role] = []
    /// The names' bytes, one after the other, and where each lies among them.
    private(set) var names: [UInt8] = []
    private(set) var spans: [Span] = []
    private(set) var date: Int?
    private(set) var time: Int?
    private(set) var stem: Int?
    private(set) var query: Int?

    init() {}

    init(_ line: UnsafeRawBufferPointer) {
        var words = BlankWords(line, from: 8)
        while let word = words.next(), roles.count < Self.limit {
            let name = String(decoding: line.part(word), as: UTF8.self).lowercased()
            let role = Self.role(name)
            switch name {
            case "date": date = roles.count
            case "time": time = roles.count
            default: break
            }
            if role == .stem { stem = roles.count }
            if role == .query { query = roles.count }
            roles.append(role)
            spans.append(Span(names.count, word.count))
            names.append(contentsOf: line.part(word))
        }
        if time == nil { self = W3CColumns() }
    }

    private static func role(_ name: String) -> Role {
        switch name {
        case "c-ip": .client
        case "cs-method": .method
        case "cs-uri-stem": .stem
        case "cs-uri-query": .query
        case "cs-uri": .target
        case "sc-status": .status
        case "sc-bytes": .bytes
        case "time-taken": .milliseconds
        case "cs-username": .account
        case "cs-host", "cs(host)": .host
        case "cs(user-agent)": .userAgent
        case "cs(referer)": .referer
        case "x-forwarded-for", "cs(x-forwarded-for)", "x_forwarded_for": .forwardedFor
        default: .other
        }
    }
}
