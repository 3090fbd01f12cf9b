extension HTTPProducts {
    /// Nacos: the console's state is public and tells the version; the list of services needs a user where `nacos.core.auth.enabled` is set.
    static let nacos = HTTPProduct(
        .nacos,
        [
            .root { answer in answer.title == "Nacos" ? HTTPIdentity() : nil },
            .request(
                "/nacos/v1/console/server/state",
                .hinted { $0.led(to: "/nacos") || $0.status == 404 && $0.title?.hasPrefix("HTTP Status 404") == true }
            ) { answer in
                guard answer.isOK, answer.json?.has("standalone_mode", "function_mode") == true || answer.json?["startup_mode"] != nil else {
                    return nil
                }
                return HTTPIdentity(version: answer.json?["version"]?.text)
            },
        ],
        proofs: [
            HTTPProof("/nacos/v1/ns/service/list?pageNo=1&pageSize=1") { answer in
                answer.json?["doms"]?.textCount == nil ? nil : answer.counted(answer.json?["count"]?.integer, .services)
            }
        ])
}
