package import Findings

/// Names of SASL mechanisms as servers offer them. Only names that are registered (IANA, SASL mechanisms) or documented by a broker are shown.
package enum SASLMechanisms {
    package static func fact(_ offered: some Sequence<String>) -> Fact {
        let known = offered.filter(names.contains)
        return known.isEmpty ? .text("SASL") : .list(known.prefix(8).map(Fact.text))
    }

    private static let names: Set<String> = [
        "PLAIN", "AMQPLAIN", "EXTERNAL", "RABBIT-CR-DEMO", "CRAM-MD5", "DIGEST-MD5", "GSSAPI", "ANONYMOUS", "OAUTHBEARER", "XOAUTH2", "SCRAM-SHA-1",
        "SCRAM-SHA-256", "SCRAM-SHA-512",
    ]
}
