extension HTTPProducts {
    /// Neo4j's discovery document stands at `/`. The REST service of 3.x and older proves the rest; newer versions have nothing that a GET could
    /// read, but their refusal is as good.
    static let neo4j = HTTPProduct(
        .neo4j,
        [
            .root { answer in
                guard let json = answer.json else { return nil }
                let isNew = json.has("neo4j_version", "neo4j_edition") && json["transaction"]?.text != nil
                let isOld = json["data"]?.text?.hasSuffix("/db/data/") == true && json["management"]?.text != nil
                return isNew || isOld ? HTTPIdentity(version: json["neo4j_version"]?.text) : nil
            }
        ],
        proofs: [
            HTTPProof("/db/data/") { answer in
                answer.json?.has("neo4j_version", "node", "node_index") == true ? answer.answered : nil
            }.with { $0.version = { $0.json?["neo4j_version"]?.text } }
        ]
    ).with {
        $0.accounts = [DefaultAccount(user: "neo4j", password: "neo4j", source: "Neo4j Operations Manual: initial password")]
        $0.login = HTTPProof("/user/neo4j") { answer in answer.json?["username"]?.text == "neo4j" ? answer.answered : nil }
    }
}
