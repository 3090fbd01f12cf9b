import Findings

extension HTTPProducts {
    /// ClickHouse's HTTP interface: `/` says `Ok.`; a query by GET is read-only by the server's own rule, and every query needs a user who may log
    /// in.
    static let clickHouse = HTTPProduct(
        .clickHouse,
        [
            .request(query, .hinted { $0.isOK && $0.body == Array("Ok.\n".utf8) }) { answer in
                let code = answer.headers["x-clickhouse-exception-code"].flatMap { Int($0) } ?? exceptionCode(answer)
                guard answer.headers["x-clickhouse-query-id"] != nil || answer.headers["x-clickhouse-server-display-name"] != nil || code != nil
                else {
                    return nil
                }
                return HTTPIdentity(refusal: code.map(loginFailed.contains) == true ? code.map(Self.refused) : nil)
            }
        ],
        proofs: [
            HTTPProof(query) { answer in version(answer) == nil ? nil : answer.answered }.with { $0.version = { version($0) } }
        ])

    private static let query: HTTPRequest = "/?query=SELECT%20version()"
    /// UNKNOWN_USER, WRONG_PASSWORD, REQUIRED_PASSWORD, AUTHENTICATION_FAILED (ErrorCodes.cpp).
    private static let loginFailed: Set<Int> = [192, 193, 194, 516]

    private static func refused(_ code: Int) -> Message { Message("exposure.refused", ["reply": .text("Code \(code)")]) }

    /// `Code: 516. DB::Exception: …`
    private static func exceptionCode(_ answer: HTTPAnswer) -> Int? {
        let text = String(decoding: answer.body.prefix(200), as: UTF8.self)
        guard text.hasPrefix("Code: "), text.contains("DB::Exception") else { return nil }
        return Int(text.dropFirst(6).prefix { $0.isNumber })
    }

    /// Four numbers, as the server writes them.
    private static func version(_ answer: HTTPAnswer) -> String? {
        guard let text = answer.shortText else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return (3...5).contains(parts.count) && parts.prefix(3).allSatisfy { Int($0) != nil } ? text : nil
    }
}
