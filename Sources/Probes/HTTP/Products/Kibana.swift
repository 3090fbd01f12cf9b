extension HTTPProducts {
    /// Kibana and OpenSearch Dashboards name themselves in a header of every reply. Spaces and saved objects need a user where security is on.
    static let kibana = HTTPProduct(
        .kibana,
        [
            .root { answer in
                if answer.headers["kbn-name"] != nil || answer.headers["kbn-license-sig"] != nil {
                    return HTTPIdentity(version: answer.headers["kbn-version"])
                }
                return answer.headers["osd-name"] != nil
                    ? HTTPIdentity(product: "OpenSearch-Dashboards", version: answer.headers["osd-version"]) : nil
            }
        ],
        proofs: [
            HTTPProof("/api/spaces/space") { answer in answer.counted(answer.json?.count { $0["id"]?.text != nil }, .spaces) },
            HTTPProof("/api/saved_objects/_find?type=dashboard&per_page=1&fields=id") { answer in
                answer.json?["saved_objects"]?.list == nil ? nil : answer.counted(answer.json?["total"]?.integer, .dashboards)
            },
        ]
    ).with { $0.version = HTTPDetail(request: "/api/status") { $0.json?["version"]?["number"]?.text } }
}
