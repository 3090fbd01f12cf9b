extension HTTPProducts {
    /// WebLogic's console is only identified.
    static let webLogic = HTTPProduct(
        .webLogic,
        [
            .request("/console/login/LoginForm.jsp", .hinted { $0.title == "Error 404--Not Found" }) { answer in
                answer.title == "Oracle WebLogic Server Administration Console" ? HTTPIdentity() : nil
            },
            .expectedRoot { $0.title == "Error 404--Not Found" ? HTTPIdentity() : nil },
        ])

    /// GlassFish and Payara: the administration domain, over REST. Both are shipped with an administrator who has no password.
    static let glassFish = HTTPProduct(
        .glassFish,
        [
            .request("/management/domain.json", .expected) { answer in
                if answer.status == 401,
                    answer.realm == "admin-realm" || answer.header("server").hasPrefix("GlassFish") || answer.header("server").hasPrefix("Payara")
                {
                    return HTTPIdentity(product: product(answer), refusal: answer.refused)
                }
                return answer.isOK && answer.json?["exit_code"]?.text == "SUCCESS" ? HTTPIdentity(product: product(answer)) : nil
            },
            .root { answer in
                answer.header("server").hasPrefix("GlassFish Server")
                    || answer.header("server").hasPrefix("Payara Server") && answer.led(to: "/common/")
                    ? HTTPIdentity(product: product(answer)) : nil
            },
        ],
        proofs: [
            HTTPProof("/management/domain.json") { answer in
                answer.json?["exit_code"]?.text == "SUCCESS" && answer.json?["extraProperties"]?["childResources"]?.fields != nil
                    ? answer.answered : nil
            }
        ])

    private static func product(_ answer: HTTPAnswer) -> String? { answer.header("server").hasPrefix("Payara") ? "Payara" : nil }

    static let webmin = HTTPProduct(
        .webmin, [.root { answer in answer.server.name == "MiniServ" ? HTTPIdentity(version: answer.server.version) : nil }])

    /// Windows Remote Management answers only POST; that it says so, in HTTP.SYS's name, identifies it.
    static let winRM = HTTPProduct(
        .winRM,
        [
            .request("/wsman", .hinted { $0.status == 404 && $0.header("server").hasPrefix("Microsoft-HTTPAPI/") }) { answer in
                [405, 401].contains(answer.status) && answer.header("server").hasPrefix("Microsoft-HTTPAPI/") ? HTTPIdentity() : nil
            }
        ])
}
