import Findings

extension HTTPProducts {
    /// Jenkins names itself in a header, also when it refuses. Listing jobs needs Overall/Read.
    static let jenkins = HTTPProduct(
        .jenkins, [.root { answer in answer.headers["x-jenkins"].map { HTTPIdentity(version: $0) } }],
        proofs: [
            HTTPProof("/api/json?tree=jobs%5Bcolor%5D") { answer in
                guard answer.json?["_class"]?.text?.hasPrefix("hudson.") == true || answer.json?.fields?.map(\.key) == ["jobs"] else { return nil }
                return answer.counted(answer.json?["jobs"]?.list?.count, .jobs)
            }
        ])

    /// GitLab: its version is told to members only. Public projects are public on purpose: they are counted, not judged.
    static let gitLab = HTTPProduct(
        .gitLab,
        [
            .root { answer in
                guard answer.headers["x-gitlab-meta"] != nil || answer.header("set-cookie").contains("_gitlab_session=") else { return nil }
                return HTTPIdentity()
            }
        ],
        proofs: [
            HTTPProof("/api/v4/version") { answer in
                answer.json?["version"]?.text != nil && answer.json?["revision"]?.text != nil ? answer.answered : nil
            }.with { $0.version = { $0.json?["version"]?.text } }
        ]
    ).with {
        $0.remark = HTTPProof("/api/v4/projects?per_page=1&simple=true") { answer in
            guard let shown = answer.json?.count(where: { $0["path_with_namespace"]?.text != nil }), shown > 0 else { return nil }
            let all = answer.headers["x-total"].flatMap { Int($0) } ?? shown
            return Message("exposure.gitlab-public", ["projects": .count(max(shown, all))])
        }
    }

    /// Jupyter's server: its version is public, its state isn't.
    static let jupyter = HTTPProduct(
        .jupyter,
        [
            .request("/api", .hinted { $0.led(to: "/tree") || $0.led(to: "/lab") || $0.led(to: "/login?next=") || $0.server.name == "TornadoServer" })
            { answer in
                guard answer.isOK, answer.json?.fields?.map(\.key) == ["version"], let version = answer.json?["version"]?.text else { return nil }
                return HTTPIdentity(version: version)
            }
        ],
        proofs: [
            HTTPProof("/api/status") { answer in
                answer.json?.has("started", "last_activity", "connections") == true ? answer.counted(answer.json?["kernels"]?.integer, .kernels) : nil
            }
        ])

    /// Kong's administration interface, which has no authentication of its own in the open edition.
    static let kong = HTTPProduct(
        .kong,
        [
            .root { answer in
                guard answer.isOK, answer.json?["tagline"]?.text == "Welcome to kong" else { return nil }
                return HTTPIdentity(version: answer.json?["version"]?.text)
            }
        ],
        proofs: [
            HTTPProof("/services?size=100") { answer in
                answer.json?.has("data", "next") == true ? answer.counted(answer.json?["data"]?.count { $0["id"]?.text != nil }, .services) : nil
            }
        ])
}
