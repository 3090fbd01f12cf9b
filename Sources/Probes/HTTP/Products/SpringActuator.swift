import Findings

extension HTTPProducts {
    /// Spring Boot's Actuator. Health and information are public on purpose; one property of the environment proves that the rest isn't guarded
    /// either, without reading it.
    static let springActuator = HTTPProduct(
        .springActuator,
        [
            .request("/actuator", .always) { answer in
                guard answer.isOK, let links = answer.json?["_links"]?.fields, answer.json?["_links"]?["self"]?["href"]?.text != nil else {
                    return nil
                }
                return links.allSatisfy { $0.value["href"]?.text != nil } ? HTTPIdentity() : nil
            },
            // Spring Boot 1.x has no such list; its endpoints stand at the root.
            .request("/env/java.version", .hinted(isErrorOfSpring)) { answer in
                answer.isOK && answer.json?.fields?.map(\.key) == ["java.version"] && answer.json?["java.version"]?.text != nil
                    ? HTTPIdentity(base: "/env/java.version") : nil
            },
        ]
    ) { identity in
        guard identity.base.isEmpty else { return [HTTPProof("/env/java.version") { $0.json?["java.version"]?.text == nil ? nil : $0.answered }] }
        return [
            HTTPProof("/actuator/env/java.version") { answer in
                answer.json?["propertySources"]?.count { $0["name"]?.text != nil } == nil || answer.json?["property"]?["source"]?.text == nil
                    ? nil : answer.answered
            },
            HTTPProof("/actuator/metrics") { answer in answer.json?["names"]?.textCount == nil ? nil : answer.answered },
        ]
    }

    /// The reply to a path that nobody serves, as JSON or as a page.
    @Sendable private static func isErrorOfSpring(_ answer: HTTPAnswer) -> Bool {
        answer.json?.has("timestamp", "status", "error", "path") == true || answer.markup?.text("h1") == "Whitelabel Error Page"
    }
}
