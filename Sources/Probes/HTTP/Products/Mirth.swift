extension HTTPProducts {
    /// Mirth Connect: its page is public; its API wants a header against forged requests, and a user for all but the version.
    static let mirth = HTTPProduct(
        .mirth,
        [.root { answer in answer.title == "Mirth Connect Administrator" || answer.title == "BridgeLink Administrator" ? HTTPIdentity() : nil }],
        proofs: [
            HTTPProof(api("/api/users/current")) { answer in
                answer.json?["user"]?["username"]?.text != nil || answer.markup?.root == "user" && answer.markup?.count("username") == 1
                    ? answer.answered : nil
            }
        ]
    ).with { $0.version = HTTPDetail(request: api("/api/server/version", accept: "text/plain")) { $0.isOK ? $0.shortText : nil } }

    private static func api(_ path: String, accept: String = "application/json") -> HTTPRequest {
        HTTPRequest(path, accept: accept, field: HTTPRequest.Field(name: "X-Requested-With", value: "suwen"))
    }
}
