package import LogFormats
import Patterns
package import Sigma

/// The user's rules, ready for every format that logs of a run have.
package struct RuleBook: Sendable {
    let set: SigmaRuleSet
    let plan: SigmaCorrelationPlan

    package init(_ set: SigmaRuleSet) {
        self.set = set
        plan = SigmaCorrelationPlan(set)
    }

    package var isEmpty: Bool { self.set.rules.isEmpty }

    /// Nil when no rule is for such logs.
    func matcher(for format: LogFormat) -> SigmaMatcher? {
        // Rules compiled one by one when they were loaded; together they can only fail for want of memory, or because there are too many.
        guard let matcher = try? SigmaMatcher(set, for: SigmaTarget(format)), !matcher.isEmpty else { return nil }
        return matcher
    }
}

extension SigmaTarget {
    package init(_ format: LogFormat) {
        self.init(categories: format.sigma.categories, products: format.sigma.products, services: format.sigma.services)
    }
}
