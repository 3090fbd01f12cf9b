import Foundation

/// Requests of the tests themselves, in HTTP/1.0: the answer ends with the connection.
enum LoopbackHTTP {
    /// By this name the command logs know, and leave out, what the tests asked.
    static let userAgent = "suwen-tests"

    struct Answer {
        var status: Int
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
        var json: Any? { try? JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed) }
    }

    /// - Parameter login: sends the tests' name and password (basic authentication).
    static func ask(_ method: String = "GET", _ path: String, port: UInt16, login: Bool = false, headers: [String] = [], body: String = "") throws
        -> Answer
    {
        var lines = ["\(method) \(path) HTTP/1.0", "Host: \(Loopback.host):\(port)", "User-Agent: \(userAgent)", "Accept: */*"] + headers
        if login {
            let name = "\(ServerVariant.user):\(ServerVariant.password)"
            lines.append("Authorization: Basic \(Data(name.utf8).base64EncodedString())")
        }
        if method != "GET" { lines.append("Content-Length: \(body.utf8.count)") }
        let conversation = try LoopbackConversation(port: port)
        try conversation.send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
        let bytes = try conversation.readToEnd()
        guard let end = Data(bytes).range(of: Data("\r\n\r\n".utf8)),
            let status = Int(String(decoding: bytes.prefix(12).suffix(3), as: UTF8.self))
        else { throw TestServerError.unexpected(String(decoding: bytes.prefix(200), as: UTF8.self)) }
        return Answer(status: status, body: Array(bytes[end.upperBound...]))
    }

    /// The same, and throws unless the server did it.
    @discardableResult
    static func demand(
        _ method: String = "GET", _ path: String, port: UInt16, login: Bool = false, headers: [String] = [], body: String = ""
    ) throws -> Answer {
        let answer = try ask(method, path, port: port, login: login, headers: headers, body: body)
        guard (200..<300).contains(answer.status) else { throw TestServerError.unexpected("\(method) \(path): \(answer.status) \(answer.text)") }
        return answer
    }

    static func isStatus(_ status: Int, _ path: String, port: UInt16, login: Bool = false) -> Bool {
        (try? ask("GET", path, port: port, login: login))?.status == status
    }
}
