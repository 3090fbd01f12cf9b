/// What a match must say about its rule: the Detection Rule License 1.1 wants the author named with every match.
package struct SigmaRuleInfo: Hashable, Sendable {
    /// Empty when the rule has none.
    package var id = ""
    package var name: String?
    package var title = ""
    package var author = ""
    package var level: SigmaLevel?
    /// `stable`, `test`, `experimental`, `deprecated`.
    package var status: String?
    package var tags: [String] = []
    package var references: [String] = []
    package var file = ""
    package var line = 0

    package init() {}

    /// ATT&CK techniques of the tags (`attack.t1110.001`): `T1110.001`.
    package var techniques: [String] {
        tags.compactMap { tag in
            let parts = tag.lowercased().split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 2 || parts.count == 3, parts[0] == "attack", isTechnique(parts[1]) else { return nil }
            guard parts.count == 3 else { return parts[1].uppercased() }
            return parts[2].count == 3 && parts[2].allSatisfy(\.isNumber) ? "\(parts[1].uppercased()).\(parts[2])" : nil
        }
    }

    private func isTechnique(_ text: Substring) -> Bool { text.count == 5 && text.first == "t" && text.dropFirst().allSatisfy(\.isNumber) }
}

/// Sigma rules specification 2.1, "Level".
package enum SigmaLevel: String, CaseIterable, Comparable, Sendable {
    case informational, low, medium, high, critical

    private var rank: Int { SigmaLevel.allCases.firstIndex(of: self) ?? 0 }
    package static func < (left: SigmaLevel, right: SigmaLevel) -> Bool { left.rank < right.rank }
}

/// A rule that looks at one event.
package struct SigmaRule: Sendable {
    package var info: SigmaRuleInfo
    package var logSource: SigmaLogSource
    /// False for rules that only feed a correlation, which doesn't ask for their own matches (`generate`).
    package internal(set) var reportsMatches = true
    /// A correlation needs this rule's matches: see ``SigmaCorrelationPlan``.
    package internal(set) var feedsCorrelation = false
    var expression: SigmaExpression
}
