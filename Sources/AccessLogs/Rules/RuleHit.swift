import Sigma

/// A rule matched an event.
struct RuleHit: Sendable {
    /// Index in ``SigmaRuleSet/rules``.
    var rule: Int
    var digest: EventDigest
    /// For correlations; nil when none wants it.
    var occurrence: SigmaOccurrence?
}
