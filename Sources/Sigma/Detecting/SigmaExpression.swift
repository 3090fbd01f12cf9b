import Network
import Patterns

/// What a rule's detection comes to, before it is compiled.
indirect enum SigmaExpression: Sendable {
    case test(SigmaTest)
    case and([SigmaExpression])
    case or([SigmaExpression])
    case not(SigmaExpression)
    case atLeast(Int, [SigmaExpression])
}

/// One question about one field.
struct SigmaTest: Sendable {
    enum Question: Sendable {
        /// Any of the patterns. Keywords carry their runs at both ends already.
        case patterns([WildcardPattern], isCased: Bool)
        /// A number: as an integer, or as the rule writes it.
        case number(Int64, text: [UInt8])
        /// `''` and `-` of a web format's field: present, but nothing in it.
        case empty
        /// Absent, or (web formats) nothing in it.
        case null
        case exists
        case absent
        case networks([CIDR])
        /// With its text.
        case expression(PatternExpression, [UInt8])
        case comparison(Comparison, Int64)
        case field(FieldReference, Placement, isCased: Bool)
    }

    enum Comparison: UInt8, Sendable { case less, lessOrEqual, greater, greaterOrEqual }
    /// Where the other field's value must stand in this one's.
    enum Placement: UInt8, Sendable { case whole, start, end, anywhere }

    var field: FieldReference
    var question: Question
}
