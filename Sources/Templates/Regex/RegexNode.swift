/// A parsed pattern.
indirect enum RegexNode: Sendable {
    enum Assertion: UInt8, Sendable {
        case textStart, textEnd, lineStart, lineEnd, wordBoundary, notWordBoundary
    }

    case empty
    /// One scalar of the set. A literal is a set of one, or of its letter cases.
    case set(ScalarSet)
    case assertion(Assertion)
    case capture(Int, RegexNode)
    case sequence([RegexNode])
    case alternatives([RegexNode])
    /// At most 1,000 repetitions, as RE2 allows; `maximum` nil is without end.
    case repetition(RegexNode, minimum: Int, maximum: Int?, greedy: Bool)
}
