package import Findings
package import Probes

/// What a TLS server showed of itself.
package struct TLSReading: Hashable, Sendable {
    package enum Trust: Hashable, Sendable {
        case trusted, untrusted
        /// The handshake failed for another reason, or there was none that could tell.
        case unknown
    }

    /// Those that it speaks, in rising order; empty when it refused every offer.
    package var versions: [TLSProtocolVersion]
    /// Suites with a weakness that it would speak, the gravest first; of each weakness the one that it chose.
    package var weakSuites: [TLSCipherSuite]
    /// Its own, which it showed first; nil when it showed none that can be read.
    package var certificate: ServerCertificate?
    /// By this machine's trusted authorities, whatever the name.
    package var trust: Trust
    /// Whether the certificate is for the name that was asked for; nil when an address was, which it doesn't state, or there is no certificate.
    package var namesHost: Bool?
    package var problems: [TLSProblem]

    /// Of ``problems``.
    package var severity: Severity? { problems.map(\.severity).max() }
}

/// Something wrong with a TLS server, for one of the checks of ``TLSChecks``.
package struct TLSProblem: Hashable, Sendable {
    package var check: CheckID
    package var severity: Severity
    package var message: Message
}

package enum TLSChecks {
    /// Old versions, weak suites.
    package static let weak: CheckID = "exposure.tls-weak"
    package static let certificate: CheckID = "exposure.tls-certificate"
    /// A database that speaks plain text to others.
    package static let databaseWithoutTLS: CheckID = "exposure.database-without-tls"
}
