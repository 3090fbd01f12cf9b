import Findings
package import Foundation
package import Probes

/// Says what is wrong with a TLS server. Pure.
package enum TLSJudge {
    /// A certificate that ends within this many days is to be renewed now.
    package static let nearExpiry = 30
    /// RSA and DSA keys from here on are long enough (NIST SP 800-57 part 1, 112 bits of strength).
    static let shortestRSA = 2_048
    static let shortestCurve = 224

    /// Of versions and suites.
    package static func protocolProblems(_ versions: [TLSProtocolVersion], _ weakSuites: [TLSCipherSuite]) -> [TLSProblem] {
        var problems: [TLSProblem] = []
        let old = versions.filter(\.isForbidden)
        if !old.isEmpty {
            let facts = ["versions": Fact.list(old.map { .text($0.name) })]
            problems.append(weak(old.contains(.ssl3) ? .high : .medium, "exposure.tls-old-versions", facts))
            if old == versions { problems.append(weak(.high, "exposure.tls-no-modern-version")) }
        }
        for suite in weakSuites {
            guard let weakness = suite.weakness else { continue }
            problems.append(weak(severity(of: weakness), key(of: weakness), ["suite": .text(suite.name)]))
        }
        return problems
    }

    /// - Parameters:
    ///   - host: the name that was asked for.
    ///   - namesHost: see ``TLSReading/namesHost``.
    package static func certificateProblems(
        _ certificate: ServerCertificate, host: String, namesHost: Bool?, trust: TLSReading.Trust, now: Date
    ) -> [TLSProblem] {
        var problems = validity(certificate, now: now)
        let isValidNow = certificate.notBefore <= now && now <= certificate.notAfter
        if namesHost == false {
            let facts: [String: Fact] = ["host": .text(PeerText.host(host)), "names": .count(certificate.names.count + certificate.addresses.count)]
            problems.append(bad(.medium, "exposure.certificate-name", facts))
        }
        // What isn't valid now is trusted by nobody: that is said already.
        if trust == .untrusted, isValidNow {
            problems.append(bad(.medium, certificate.isSelfIssued ? "exposure.certificate-self-signed" : "exposure.certificate-untrusted"))
        }
        if isShort(certificate.key) { problems.append(bad(.high, "exposure.certificate-short-key", ["key": .text(certificate.key.name)])) }
        // Nobody relies on the signature of a certificate that signs itself.
        if certificate.signature.isWeak, !certificate.isSelfIssued {
            problems.append(bad(.high, "exposure.certificate-weak-signature", ["algorithm": .text(certificate.signature.name)]))
        }
        return problems
    }

    /// Of a server that showed a certificate which can't be read.
    static let unreadable = bad(.low, "exposure.certificate-unreadable")

    private static func validity(_ certificate: ServerCertificate, now: Date) -> [TLSProblem] {
        let left = certificate.days(from: now)
        if now > certificate.notAfter {
            return [bad(.high, "exposure.certificate-expired", ["day": .day(certificate.notAfter), "days": .days(max(0, -left))])]
        }
        if now < certificate.notBefore { return [bad(.medium, "exposure.certificate-not-yet-valid", ["day": .day(certificate.notBefore)])] }
        guard left < nearExpiry else { return [] }
        return [bad(.medium, "exposure.certificate-expiring", ["day": .day(certificate.notAfter), "days": .days(left)])]
    }

    private static func isShort(_ key: ServerCertificate.Key) -> Bool {
        switch key {
        case .rsa(let bits), .dsa(let bits): bits < shortestRSA
        case .curve(_, let bits): bits < shortestCurve
        case .other: false
        }
    }

    private static func severity(of weakness: TLSCipherSuite.Weakness) -> Severity {
        switch weakness {
        case .null, .anonymous, .export: .high
        case .rc4, .smallBlock: .medium
        case .noForwardSecrecy, .cbcSHA1: .low
        }
    }

    private static func key(of weakness: TLSCipherSuite.Weakness) -> String {
        switch weakness {
        case .null: "exposure.tls-suite-null"
        case .anonymous: "exposure.tls-suite-anonymous"
        case .export: "exposure.tls-suite-export"
        case .rc4: "exposure.tls-suite-rc4"
        case .smallBlock: "exposure.tls-suite-small-block"
        case .noForwardSecrecy: "exposure.tls-suite-no-forward-secrecy"
        case .cbcSHA1: "exposure.tls-suite-cbc-sha1"
        }
    }

    private static func weak(_ severity: Severity, _ key: String, _ facts: [String: Fact] = [:]) -> TLSProblem {
        TLSProblem(check: TLSChecks.weak, severity: severity, message: Message(key, facts))
    }

    private static func bad(_ severity: Severity, _ key: String, _ facts: [String: Fact] = [:]) -> TLSProblem {
        TLSProblem(check: TLSChecks.certificate, severity: severity, message: Message(key, facts))
    }
}
