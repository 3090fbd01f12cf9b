/// A correlation held, for one group, from the first event that counted to the last.
package struct SigmaCorrelationMatch: Sendable, Hashable {
    /// Index in ``SigmaRuleSet/correlations``.
    package var correlation: Int
    package var group: SigmaGroup
    /// Seconds since 1970, of the first and last event that counted.
    package var first: Int64
    package var last: Int64
    /// Events that counted while it held, the first window's included.
    package var events: Int64
    /// The largest count, number of different values, or sum that was reached in one timespan; of temporal ones, how many of the rules were seen.
    package var peak: Int64
}

/// What the correlator could not do, for the report to say.
package struct SigmaCorrelationLoss: Hashable, Sendable {
    /// Occurrences older than the tolerance: not counted.
    package var late = 0
    /// Occurrences let through early because too many waited to be put in order.
    package var hurried = 0
    /// Groups forgotten because there were too many, or because they held too many values.
    package var forgotten = 0

    package init() {}
}
