package import Estate
package import Findings

/// Whether one test account gets what belongs to another.
package struct AccountReading: Hashable, Sendable {
    package enum Verdict: Hashable, Sendable {
        /// The second account was refused what the first one gets.
        case separated
        /// Both get the same record, and a caller without an account doesn't.
        case shared
        case unknown
    }

    package var endpoint: Endpoint
    package var verdict: Verdict
    /// What proves it; for `unknown`, why it is.
    package var evidence: Message

    package init(_ endpoint: Endpoint, _ verdict: Verdict, _ evidence: Message) {
        self.endpoint = endpoint
        self.verdict = verdict
        self.evidence = evidence
    }
}
