package import Estate
package import Findings
package import Probes

/// What was learnt of one declared HTTP interface.
package struct EndpointReading: Hashable, Sendable {
    package var endpoint: Endpoint
    package var authentication: ServiceReading.Authentication
    /// What proves the verdict; for `unknown`, why there is none.
    package var evidence: Message
    /// It was spoken to in plain text, at the first request or after a redirect, and did not send the caller on to TLS.
    package var isCleartext: Bool
    /// False when no answer was had at all.
    package var isAnswered: Bool
    /// It ended with an answer that says something, be it "log in first": no failure, no endless redirects.
    package var isServed = false
    /// What the first answer over TLS said of HSTS: for the judgement on TLS.
    package var hsts = StrictTransportSecurity.unknown
    /// Whether what it gave to a caller without credentials holds person data.
    package var persons = PersonDataReading.undecided

    package init(_ endpoint: Endpoint, _ authentication: ServiceReading.Authentication, _ evidence: Message, isCleartext: Bool, isAnswered: Bool) {
        self.endpoint = endpoint
        self.authentication = authentication
        self.evidence = evidence
        self.isCleartext = isCleartext
        self.isAnswered = isAnswered
    }
}
