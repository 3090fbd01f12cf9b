/// A rule about several events (Sigma correlation rules specification 2.1).
package struct SigmaCorrelation: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case eventCount = "event_count"
        case valueCount = "value_count"
        case valueSum = "value_sum"
        case temporal
        case temporalOrdered = "temporal_ordered"
    }

    package enum Reference: Hashable, Sendable {
        /// Index in ``SigmaRuleSet/rules``.
        case rule(Int)
        /// Index in ``SigmaRuleSet/correlations``.
        case correlation(Int)
    }

    package var info: SigmaRuleInfo
    package var kind: Kind
    package var references: [Reference]
    /// As the rule writes them: fields, or aliases of fields.
    package var groupBy: [String]
    /// Seconds.
    package var timespan: Int64
    package var condition: SigmaCorrelationCondition
    /// The fields whose values are counted or summed.
    package var fields: [String]
    /// False for correlations that only feed another.
    package internal(set) var reportsMatches = true
    /// Alias → name of a rule → field.
    var aliases: [String: [String: String]]
}

package struct SigmaCorrelationCondition: Hashable, Sendable {
    package enum Comparison: String, Sendable, CaseIterable { case gt, gte, lt, lte, eq, neq }

    package var terms: [Term]

    package struct Term: Hashable, Sendable {
        package var comparison: Comparison
        package var number: Int64

        func holds(_ count: Int64) -> Bool {
            switch comparison {
            case .gt: count > number
            case .gte: count >= number
            case .lt: count < number
            case .lte: count <= number
            case .eq: count == number
            case .neq: count != number
            }
        }
    }

    package func holds(_ count: Int64) -> Bool { terms.allSatisfy { $0.holds(count) } }

    /// Once it holds, more events don't unmake it: it can be judged at every event, in a window that slides.
    var isGrowing: Bool { terms.allSatisfy { $0.comparison == .gt || $0.comparison == .gte } }

    /// The least count that satisfies a growing condition.
    var least: Int64 { terms.map { $0.comparison == .gt ? min($0.number, .max - 1) + 1 : $0.number }.max() ?? 0 }
}
