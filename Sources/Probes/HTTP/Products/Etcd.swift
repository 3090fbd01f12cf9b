extension HTTPProducts {
    /// etcd. Version 2 of its API reads by GET. Version 3 is gRPC, and its JSON gateway takes only POST: a range that counts the keys and returns
    /// none of them changes nothing, and is the only honest proof (etcd documentation: gRPC gateway, `RangeRequest`).
    static let etcd = HTTPProduct(
        .etcd,
        [
            .request("/version", .hinted { $0.isPlainNotFound }) { answer in
                guard let version = answer.json?["etcdserver"]?.text, answer.json?["etcdcluster"]?.text != nil else { return nil }
                return HTTPIdentity(version: version)
            }
        ],
        proofs: [range("/v3/kv/range"), range("/v3beta/kv/range"), keys])

    /// Every key: from `\0` to `\0`, in Base64.
    private static func range(_ path: String) -> HTTPProof {
        HTTPProof(HTTPRequest(path, body: #"{"key":"AA==","range_end":"AA==","limit":1,"keys_only":true,"count_only":true}"#)) { answer in
            guard answer.json?["header"]?["cluster_id"] != nil, answer.json?.has("kvs") == false else { return nil }
            // proto3's JSON writes a 64-bit number as text, and leaves out a zero.
            return answer.counted(answer.json?["count"].map { Int($0.text ?? "") ?? -1 } ?? 0, .keys)
        }.with {
            $0.refuses = { answer in
                // `etcdserver: user name is empty` (3, invalid argument), `etcdserver: permission denied` (7).
                let error = answer.json?["error"]?.text ?? answer.json?["message"]?.text ?? ""
                return error.hasPrefix("etcdserver: user name is empty") || error.hasPrefix("etcdserver: permission denied")
            }
        }
    }

    private static let keys = HTTPProof("/v2/keys/") { answer in
        guard answer.json?["action"]?.text == "get", answer.json?["node"]?["dir"]?.flag == true else { return nil }
        return answer.counted(answer.json?["node"]?["nodes"]?.list?.count ?? 0, .keys)
    }
}
