extension HTTPProducts {
    /// The API of Docker and Podman. Only its own description of itself identifies it, not a header; whoever may list containers may start one.
    static let docker = HTTPProduct(
        .docker,
        [
            .request("/version", .hinted { $0.server.name == "Docker" || $0.json?.fields?.map(\.key) == ["message"] && $0.status == 404 }) { answer in
                guard let json = answer.json, let version = json["Version"]?.text, json["ApiVersion"]?.text != nil, json.has("Os", "Arch") else {
                    return nil
                }
                let isPodman = json["Components"]?.list?.first?["Name"]?.text == "Podman Engine"
                return HTTPIdentity(product: isPodman ? "Podman" : nil, version: version)
            }
        ],
        proofs: [
            HTTPProof("/containers/json?limit=1") { answer in
                let areContainers = answer.json?.count { $0["Id"]?.text != nil && $0["Image"]?.text != nil && $0["State"]?.text != nil }
                return areContainers == nil ? nil : answer.answered
            }.with {
                $0.figures = HTTPFigures(request: "/info") { answer in
                    answer.json?["ServerVersion"]?.text == nil ? nil : answer.counted(answer.json?["Containers"]?.integer, .containers)
                }
            }
        ])

    /// A registry of the Docker (OCI distribution) API, version 2. The catalogue's structure is checked: any page may hold the word `repositories`.
    static let dockerRegistry = HTTPProduct(
        .dockerRegistry,
        [
            .request("/v2/", .hinted { $0.isOK && $0.body.isEmpty || $0.isPlainNotFound || $0.title == "Harbor" }) { answer in
                let isNamed = answer.headers["docker-distribution-api-version"]?.hasPrefix("registry/2") == true
                if answer.isOK { return isNamed ? HTTPIdentity() : nil }
                let code = answer.json?["errors"]?.list?.first?["code"]?.text
                return answer.isRefusal && (isNamed || code == "UNAUTHORIZED" || code == "DENIED") ? HTTPIdentity(refusal: answer.refused) : nil
            }
        ],
        proofs: [
            HTTPProof("/v2/_catalog?n=100") { answer in
                guard answer.json?.fields?.map(\.key) == ["repositories"] else { return nil }
                return answer.counted(answer.json?["repositories"]?.textCount, .repositories)
            }
        ])
}
