extension HTTPProducts {
    /// Solr sends `/` to `/solr/`. The status of its cores needs a permission where authentication is on (CoreAdmin API).
    static let solr = HTTPProduct(
        .solr, [.root { answer in answer.led(to: "/solr/") || answer.title == "Solr Admin" ? HTTPIdentity() : nil }],
        proofs: [
            HTTPProof("/solr/admin/cores?action=STATUS&indexInfo=false&wt=json") { answer in
                guard answer.json?["responseHeader"]?["status"]?.integer == 0 else { return nil }
                return answer.counted(answer.json?["status"]?.fields?.count, .cores)
            }
        ]
    ).with {
        $0.version = HTTPDetail(request: "/solr/admin/info/system?wt=json") { answer in
            answer.isOK ? answer.json?["lucene"]?["solr-spec-version"]?.text : nil
        }
    }
}
