import Findings

extension HTTPProducts {
    /// Elasticsearch and OpenSearch. The greeting at `/` says who it is; the proof is the statistics of the indices, which need the privilege
    /// `monitor`. Refused, it is named by its headers, its realm, or the type of its error.
    static let elasticsearch = HTTPProduct(
        .elasticsearch,
        [
            .root { answer in
                let version = answer.json?["version"]
                if answer.isOK, let number = version?["number"]?.text, answer.json?["cluster_name"]?.text != nil, version?["lucene_version"] != nil {
                    let isOpenSearch = version?["distribution"]?.text == "opensearch"
                    return HTTPIdentity(product: isOpenSearch ? "OpenSearch" : nil, version: number)
                }
                guard answer.isRefusal else { return nil }
                let realm = answer.realm ?? ""
                if realm.lowercased().hasPrefix("opensearch") { return HTTPIdentity(product: "OpenSearch", refusal: answer.refused) }
                guard
                    answer.headers["x-elastic-product"] != nil || realm == "security" || answer.json?["error"]?["type"]?.text == "security_exception"
                else { return nil }
                return HTTPIdentity(refusal: answer.refused)
            }
        ], proofs: [statistics]
    ).with {
        $0.accounts = [
            DefaultAccount(
                user: "elastic", password: "changeme", source: "Elastic: X-Pack 5.x and 6.x, Getting Started with Security (default passwords)")
        ]
        $0.login = statistics
    }

    private static let statistics = HTTPProof("/_stats/docs?level=cluster") { answer in
        guard let json = answer.json, let shards = json["_shards"]?["total"]?.integer, shards >= 0, json["_all"]?.fields != nil else { return nil }
        let documents = json["_all"]?["primaries"]?["docs"]?["count"]?.integer ?? 0
        return Message("exposure.elasticsearch-stats", ["documents": .count(max(0, documents)), "shards": .count(shards)])
    }
}
