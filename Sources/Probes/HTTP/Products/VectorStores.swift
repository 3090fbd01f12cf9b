import Findings

extension HTTPProducts {
    /// Milvus's RESTful API v1, the only one that reads by GET. Refusal: code 1800.
    static let milvus = HTTPProduct(
        .milvus,
        [
            .request("/v1/vector/collections", .expected) { answer in
                if answer.json?["code"]?.integer != nil, answer.json?["message"]?.text != nil, isRefused(answer) {
                    return HTTPIdentity(refusal: answer.refused)
                }
                return answer.json?["code"]?.integer == 200 && answer.json?["data"]?.textCount != nil ? HTTPIdentity() : nil
            }
        ],
        proofs: [
            HTTPProof("/v1/vector/collections") { answer in
                answer.json?["code"]?.integer == 200 ? answer.counted(answer.json?["data"]?.textCount, .collections) : nil
            }
        ])

    private static func isRefused(_ answer: HTTPAnswer) -> Bool {
        answer.isRefusal || [1_800, 80].contains(answer.json?["code"]?.integer)
    }

    /// Qdrant names itself at `/`, also where an API key is needed for everything else.
    static let qdrant = HTTPProduct(
        .qdrant,
        [
            .root { answer in
                guard let title = answer.json?["title"]?.text, title.hasPrefix("qdrant") else { return nil }
                return HTTPIdentity(version: answer.json?["version"]?.text)
            }
        ],
        proofs: [
            HTTPProof("/collections") { answer in
                guard answer.json?["status"]?.text == "ok" else { return nil }
                return answer.counted(answer.json?["result"]?["collections"]?.count { $0["name"]?.text != nil }, .collections)
            }
        ])

    /// Weaviate: the description of the instance, then its schema.
    static let weaviate = HTTPProduct(
        .weaviate,
        [
            .request("/v1/meta", .hinted { $0.status == 404 && $0.json?["message"]?.text == "path / was not found" || $0.led(to: "/v1") }) { answer in
                guard answer.isOK, answer.json?.has("hostname", "modules") == true, let version = answer.json?["version"]?.text else { return nil }
                return HTTPIdentity(version: version)
            }
        ], proofs: [HTTPProof("/v1/schema") { answer in answer.counted(answer.json?["classes"]?.count { $0["class"]?.text != nil }, .classes) }])

    /// Chroma: the heartbeat is public, the collections are not where authentication is on.
    static let chroma = HTTPProduct(
        .chroma,
        [.request("/api/v2/heartbeat", .hinted(isBareNotFound), heartbeat), .request("/api/v1/heartbeat", .expected, heartbeat)],
        proofs: [
            HTTPProof("/api/v2/tenants/default_tenant/databases/default_database/collections?limit=100", collections),
            HTTPProof("/api/v1/collections?limit=100", collections),
        ]
    ).with { $0.version = HTTPDetail(request: "/api/v2/version") { $0.isOK ? $0.json?.text : nil } }

    @Sendable private static func isBareNotFound(_ answer: HTTPAnswer) -> Bool {
        answer.status == 404 && answer.json?.fields?.map(\.key) == ["detail"]
    }

    @Sendable private static func heartbeat(_ answer: HTTPAnswer) -> HTTPIdentity? {
        answer.isOK && answer.json?["nanosecond heartbeat"] != nil ? HTTPIdentity() : nil
    }

    @Sendable private static func collections(_ answer: HTTPAnswer) -> Message? {
        answer.counted(answer.json?.count { $0["id"]?.text != nil && $0["name"]?.text != nil }, .collections)
    }

    /// Ollama has no authentication of its own.
    static let ollama = HTTPProduct(
        .ollama, [.root { answer in answer.isOK && answer.shortText == "Ollama is running" ? HTTPIdentity() : nil }],
        proofs: [HTTPProof("/api/tags") { answer in answer.counted(answer.json?["models"]?.count { $0["name"]?.text != nil }, .models) }]
    ).with { $0.version = HTTPDetail(request: "/api/version") { $0.json?["version"]?.text } }
}
