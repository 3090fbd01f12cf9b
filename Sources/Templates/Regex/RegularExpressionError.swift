/// Why a pattern is not accepted.
package struct RegularExpressionError: Error, Equatable, CustomStringConvertible {
    /// What is wrong, in a few words.
    package var description: String
    /// The offset in Unicode scalars at which it was seen.
    package var offset: Int
}
