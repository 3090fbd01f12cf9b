import Findings

extension HTTPProducts {
    /// The monitor of Alibaba's Druid connection pool. Its basic figures need a login where one is set, like everything else that it shows.
    static let druidMonitor = HTTPProduct(
        .druidMonitor,
        [
            .request("/druid/index.html", .always) { answer in
                answer.title == "Druid Stat Index" || answer.title == "druid monitor" && answer.led(to: "/druid/login.html") ? HTTPIdentity() : nil
            }
        ],
        proofs: [
            HTTPProof("/druid/basic.json") { answer in
                answer.json?["ResultCode"]?.integer == 1 && answer.json?["Content"]?["Version"]?.text != nil ? answer.answered : nil
            }.with { $0.version = { $0.json?["Content"]?["Version"]?.text } }
        ])

    /// phpMyAdmin asks for a name and a password, unless its configuration holds them (`auth_type` `config`): then it shows its navigation.
    static let phpMyAdmin = HTTPProduct(
        .phpMyAdmin, [.root(phpMyAdminPage), .request("/phpmyadmin/", .always, phpMyAdminPage)]
    ) { identity in
        [
            HTTPProof(HTTPRequest(identity.base)) { answer in answer.markup?.hasElement(id: "pma_navigation") == true ? answer.answered : nil }
        ]
    }

    @Sendable private static func phpMyAdminPage(_ answer: HTTPAnswer) -> HTTPIdentity? {
        guard answer.isOK, let title = answer.title, title == "phpMyAdmin" || title.contains("| phpMyAdmin") else { return nil }
        let base = answer.request.path.hasPrefix("/phpmyadmin/") ? "/phpmyadmin/" : "/"
        return HTTPIdentity(base: base, refusal: answer.markup?.hasInput("pma_username") == true ? Message("exposure.password-asked") : nil)
    }

    /// Tomcat's Manager: a challenge, or a refusal by address; others may live on the same Tomcat.
    static let tomcatManager = HTTPProduct(
        .tomcatManager,
        [
            .request("/manager/html", .always) { answer in
                if answer.status == 401, answer.realm == "Tomcat Manager Application" { return HTTPIdentity(refusal: answer.refused) }
                if answer.status == 403, answer.title == "403 Access Denied" { return HTTPIdentity(refusal: answer.refused) }
                return answer.isOK && answer.title == "/manager" ? HTTPIdentity() : nil
            }
        ], proofs: [manager]
    ).with {
        $0.sharesPort = true
        $0.accounts = [
            DefaultAccount(user: "tomcat", password: "s3cret", source: "Apache Tomcat: the example in the Manager's own page of refusal (401.jsp)")
        ]
        $0.login = manager
        $0.version = HTTPDetail(request: "/") { tomcatVersion($0) }
    }

    /// The page of greeting and the pages of errors end with it.
    static func tomcatVersion(_ answer: HTTPAnswer) -> String? {
        let name = "Apache Tomcat/"
        guard let text = [answer.title, answer.markup?.text("h3")].compactMap({ $0 }).first(where: { $0.hasPrefix(name) }) else { return nil }
        return String(text.dropFirst(name.count))
    }

    private static let manager = HTTPProof("/manager/html") { answer in
        answer.title == "/manager" && (answer.markup?.count("form") ?? 0) > 0 ? answer.answered : nil
    }

    /// XXL-JOB's console is only identified.
    static let xxlJob = HTTPProduct(
        .xxlJob,
        [
            .request("/xxl-job-admin/toLogin", .expected, xxlJobPage),
            .root(xxlJobPage),
        ]
    ).with { $0.sharesPort = true }

    @Sendable private static func xxlJobPage(_ answer: HTTPAnswer) -> HTTPIdentity? {
        answer.title == "任务调度中心" || answer.title == "XXL-JOB" ? HTTPIdentity() : nil
    }

    /// A description of an interface (Swagger 2.0, OpenAPI 3): says what can be called, not whether it may be.
    static let openAPI = HTTPProduct(
        .http,
        ["/v3/api-docs", "/v2/api-docs", "/openapi.json", "/swagger.json"].map { path in
            .request(HTTPRequest(path), .always) { answer in isDescription(answer) ? HTTPIdentity(product: "OpenAPI", base: path) : nil }
        }
    ) { identity in
        []
    }.with { $0.sharesPort = true }

    private static func isDescription(_ answer: HTTPAnswer) -> Bool {
        guard answer.isOK, let json = answer.json, json["info"]?["title"]?.text != nil, json["paths"]?.fields != nil || answer.isTruncated else {
            return false
        }
        return json["swagger"]?.text == "2.0" || json["openapi"]?.text?.hasPrefix("3.") == true
    }
}
