extension HTTPProducts {
    /// RabbitMQ's management interface: every request of its API needs a user.
    static let rabbitMQ = HTTPProduct(
        .rabbitMQManagement, [.root { answer in answer.title == "RabbitMQ Management" ? HTTPIdentity() : nil }], proofs: [overview]
    ).with {
        $0.accounts = [DefaultAccount(user: "guest", password: "guest", source: "RabbitMQ: Access Control, default user access")]
        $0.login = overview
    }

    private static let overview = HTTPProof("/api/overview") { answer in
        answer.json?["rabbitmq_version"]?.text == nil ? nil : answer.counted(answer.json?["object_totals"]?["queues"]?.integer ?? 0, .queues)
    }.with { $0.version = { $0.json?["rabbitmq_version"]?.text } }

    /// ActiveMQ's web console, and that of Artemis, which is only identified: its API takes requests from its own pages alone.
    static let activeMQ = HTTPProduct(
        .activeMQ,
        [
            .root { answer in
                if answer.title == "Apache ActiveMQ" || answer.title?.hasSuffix("ActiveMQ Console") == true { return HTTPIdentity() }
                if answer.title?.contains("Artemis") == true { return HTTPIdentity(product: "Artemis") }
                return answer.status == 401 && answer.realm == "ActiveMQRealm" ? HTTPIdentity(refusal: answer.refused) : nil
            }
        ]
    ) { $0.product == nil ? [console] : [] }.with {
        $0.accounts = [DefaultAccount(user: "admin", password: "admin", source: "ActiveMQ Classic: Web Console")]
        $0.login = console
    }

    private static let console = HTTPProof("/admin/") { answer in
        answer.title?.hasSuffix("ActiveMQ Console") == true && (answer.markup?.count("table") ?? 0) > 0 ? answer.answered : nil
    }
}
