extension HTTPProducts {
    /// Consul. With access control lists the catalogue is filtered rather than refused, so that an empty one proves nothing: then the agent's own
    /// description decides, which needs `agent:read`.
    static let consul = HTTPProduct(
        .consul,
        [
            .root { answer in answer.isOK && answer.shortText?.hasPrefix("Consul Agent") == true ? HTTPIdentity() : nil },
            .request("/v1/catalog/services", .hinted { $0.led(to: "/ui/") || $0.headers["x-consul-default-acl-policy"] != nil }) { answer in
                answer.headers["x-consul-index"] != nil || answer.headers["x-consul-default-acl-policy"] != nil
                    || answer.status == 403 && answer.shortText?.hasPrefix("Permission denied") == true ? HTTPIdentity() : nil
            },
        ],
        proofs: [
            HTTPProof("/v1/catalog/services") { answer in
                guard let services = answer.json?.fields, !services.isEmpty, services.allSatisfy({ $0.value.textCount != nil }) else { return nil }
                return answer.headers["x-consul-results-filtered-by-acls"] == "true" ? nil : answer.counted(services.count, .services)
            },
            HTTPProof("/v1/agent/self") { answer in answer.json?["Config"]?["Version"]?.text == nil ? nil : answer.answered }
                .with { $0.version = { $0.json?["Config"]?["Version"]?.text } },
        ]
    ).with { $0.version = HTTPDetail(request: "/v1/agent/self") { $0.isOK ? $0.json?["Config"]?["Version"]?.text : nil } }
}
