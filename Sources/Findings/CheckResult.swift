/// What one check of one inspector came to in one run.
package struct CheckResult: Codable, Hashable, Sendable {
    package enum Outcome: Codable, Hashable, Sendable {
        /// Every subject was examined, and none failed.
        case passed
        /// At least one subject failed; `findings` says which.
        case failed
        /// Nothing was examined, or too little to say "passed".
        case notAssessed(Message)
        /// The estate has nothing that the check is about (accounts, where all stores are files): no control waits for its answer.
        case notApplicable(Message)
    }

    package var check: CheckID
    package var outcome: Outcome
    /// How many subjects (ports, columns, log sources, documents) were examined.
    package var examined: Int
    package var findings: [Finding]

    package init(_ check: CheckID, _ outcome: Outcome, examined: Int, findings: [Finding] = []) {
        self.check = check
        self.outcome = outcome
        self.examined = examined
        self.findings = findings
    }

    /// The rule that every inspector follows: a finding fails the check; without one it passes when something was examined and nothing was
    /// left out; otherwise it is not assessed, for the reason given.
    package static func judged(_ check: CheckID, examined: Int, findings: [Finding], unexamined reason: Message?) -> CheckResult {
        if !findings.isEmpty { return CheckResult(check, .failed, examined: examined, findings: findings) }
        if let reason { return CheckResult(check, .notAssessed(reason), examined: examined) }
        if examined == 0 { return CheckResult(check, .notAssessed(Message("nothing-to-examine")), examined: 0) }
        return CheckResult(check, .passed, examined: examined)
    }
}
