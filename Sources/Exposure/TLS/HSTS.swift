import Findings

/// HTTP Strict Transport Security (RFC 6797), as a reply's header fields state it. Only for replies that came over HTTPS.
package struct HSTS: Hashable, Sendable {
    /// For how many seconds.
    package var maxAge: Int
    package var includesSubdomains: Bool

    /// Half a year: less protects hardly anybody who doesn't come back often.
    package static let shortest = 180 * 86_400

    /// - Returns: nil when there is no such field, or none that a browser would heed.
    package init?(_ value: some StringProtocol) {
        var directives: [String: String] = [:]
        for part in value.split(separator: ";", omittingEmptySubsequences: true) {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { Self.trimmed($0) }
            guard let name = pair.first?.lowercased(), !name.isEmpty else { continue }
            // Each at most once (6.1).
            guard directives.updateValue(pair.count > 1 ? Self.unquoted(pair[1]) : "", forKey: name) == nil else { return nil }
        }
        guard let text = directives["max-age"], !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        maxAge = Int(text) ?? .max
        includesSubdomains = directives["includesubdomains"] != nil
    }

    /// What is wrong with the fields of a reply over HTTPS; nil when nothing is.
    package static func judge(_ headers: [(name: String, value: String)]) -> TLSProblem? {
        // Only the first counts (8.1).
        guard let field = headers.first(where: { $0.name.lowercased() == "strict-transport-security" }) else {
            return problem("exposure.hsts-missing")
        }
        guard let policy = HSTS(field.value) else { return problem("exposure.hsts-invalid") }
        guard policy.maxAge < shortest else { return nil }
        return problem("exposure.hsts-short", ["days": .days(policy.maxAge / 86_400)])
    }

    private static func problem(_ key: String, _ facts: [String: Fact] = [:]) -> TLSProblem {
        TLSProblem(check: TLSChecks.weak, severity: .low, message: Message(key, facts))
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        String(text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }

    private static func unquoted(_ text: String) -> String {
        text.utf8.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"") ? String(text.dropFirst().dropLast()) : text
    }
}
