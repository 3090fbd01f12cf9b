/// Bounds on what rules may ask for: a folder of rules is input like any other.
package enum SigmaLimits {
    /// A file, in bytes. The largest of SigmaHQ has some 60 kB.
    package static let fileBytes = 1 << 20
    /// Files that are looked at, and rules and correlations that are kept.
    package static let files = 50_000
    package static let rules = 20_000
    /// YAML: nesting, and values of one document after its aliases are written out.
    package static let depth = 32
    package static let nodes = 50_000
    /// Search identifiers of a rule, values of a rule, bytes of a value and of a condition, brackets in it.
    package static let identifiers = 500
    package static let values = 20_000
    package static let valueBytes = 8_192
    package static let conditionBytes = 16_384
    package static let conditionDepth = 60
    /// Steps of a compiled condition (`N of` writes its counting out), of all those of one matcher, and field names of one matcher.
    package static let steps = 5_000
    package static let matcherSteps = 2_000_000
    package static let matcherNames = 60_000
    /// Regular expressions of a rule.
    package static let expressions = 50
    /// Seconds of a correlation's timespan: 400 days.
    package static let timespan: Int64 = 400 * 86_400
    /// Rules that one correlation refers to, and fields it groups by.
    package static let references = 100
    package static let groupFields = 16
}
