/// Why an expression can't be read.
package enum ExpressionError: Error, Equatable {
    case syntax(String)
    case unknownFunction(String)
    case wrongArgumentCount(String)
    case badRegularExpression(String)
    case tooDeep
    case tooLong
}

/// Why an expression has no value for these data.
package enum EvaluationError: Error, Equatable {
    /// A variable that this response does not define, such as a header that was not sent. The matcher does not match.
    case missing(String)
    /// An operand or argument of the wrong type.
    case type(String)
    /// An argument that its function refuses: not hexadecimal, no version, too large.
    case argument(String)
    /// The work budget of a pattern ran out.
    case budget
}
