extension HTTPProducts {
    /// Prometheus. It leads `/` to its graph; with a web configuration file everything needs a user, and the refusal names nobody.
    static let prometheus = HTTPProduct(
        .prometheus,
        [
            .request(
                "/api/v1/status/buildinfo",
                .hinted { $0.led(to: "/graph") || $0.led(to: "/classic/graph") || $0.led(to: "/query") || $0.title?.hasPrefix("Prometheus") == true }
            ) { answer in
                guard answer.json?["status"]?.text == "success", let data = answer.json?["data"], data.has("revision", "goVersion") else {
                    return nil
                }
                return HTTPIdentity(version: data["version"]?.text)
            },
            .expectedRoot(exporterRefusal),
        ],
        proofs: [
            HTTPProof("/api/v1/status/tsdb") { answer in
                guard answer.json?["status"]?.text == "success" else { return nil }
                return answer.counted(answer.json?["data"]?["headStats"]?["numSeries"]?.integer, .series)
            },
            HTTPProof("/api/v1/label/job/values") { answer in
                guard answer.json?["status"]?.text == "success" else { return nil }
                return answer.counted(answer.json?["data"]?.textCount, .jobs)
            },
        ])

    static let alertmanager = HTTPProduct(
        .alertmanager, [.root { answer in answer.title == "Alertmanager" ? HTTPIdentity() : nil }, .expectedRoot(exporterRefusal)],
        proofs: [
            HTTPProof("/api/v2/status") { answer in
                answer.json?["cluster"]?["status"]?.text != nil && answer.json?["versionInfo"]?["version"]?.text != nil ? answer.answered : nil
            }.with { $0.version = { $0.json?["versionInfo"]?["version"]?.text } }
        ])

    /// How the toolkit of Prometheus's servers refuses: a challenge without a realm, which HTTP doesn't allow, and one word.
    @Sendable private static func exporterRefusal(_ answer: HTTPAnswer) -> HTTPIdentity? {
        answer.status == 401 && answer.header("www-authenticate") == "Basic" && answer.shortText == "Unauthorized"
            ? HTTPIdentity(refusal: answer.refused) : nil
    }

    /// Grafana: the organisation is shown to anonymous callers only where they are let in.
    static let grafana = HTTPProduct(
        .grafana,
        [
            .root { answer in
                let hasApplication = answer.markup?.hasElement(id: "reactRoot") == true || (answer.markup?.count("grafana-app") ?? 0) > 0
                return answer.title == "Grafana" && hasApplication ? HTTPIdentity() : nil
            }
        ],
        proofs: [organisation]
    ).with {
        $0.version = HTTPDetail(request: "/api/health") { $0.json?["version"]?.text }
        $0.accounts = [DefaultAccount(user: "admin", password: "admin", source: "Grafana: Configure Grafana, admin_user and admin_password")]
        $0.login = organisation
    }

    private static let organisation = HTTPProof("/api/org") { answer in
        answer.json?["id"]?.integer != nil && answer.json?["name"]?.text != nil ? answer.answered : nil
    }

    static let zabbix = HTTPProduct(
        .zabbix, [.root { answer in answer.title == "Zabbix" || answer.title?.hasSuffix(": Zabbix") == true ? HTTPIdentity() : nil }])
}
