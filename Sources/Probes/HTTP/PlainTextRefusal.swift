/// Replies to a request in plain text that say: not like this.
enum PlainTextRefusal {
    /// A server that speaks TLS on this port says so in HTTP: nginx, Apache, Tomcat, Go and others with status 400, some by sending the caller to the
    /// same address with `https`.
    static func wantsTLS(_ answer: HTTPAnswer, _ peer: ProbePeer) -> Bool {
        if let location = answer.redirect, location.scheme == "https", location.host != nil, location.isAt(peer), location.path == answer.request.path
        {
            return true
        }
        guard answer.status == 400 || answer.status == 426 || answer.status == 497 else { return false }
        let words = String(decoding: answer.body.prefix(2_000), as: UTF8.self).lowercased().split { !$0.isLetter }
        return words.contains { $0 == "https" || $0 == "tls" || $0 == "ssl" }
    }

    /// ClickHouse's and MongoDB's native ports answer HTTP only to say that they aren't.
    static func isAnotherProtocol(_ answer: HTTPAnswer) -> Bool {
        guard let text = answer.shortText else { return false }
        return text.hasPrefix("It looks like you are trying to access MongoDB over HTTP on the native driver port")
            || answer.status == 400 && text.hasPrefix("Port ") && text.contains("is for clickhouse-client program")
    }
}
