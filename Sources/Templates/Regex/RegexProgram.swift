/// A pattern as instructions over bytes; UTF-8 is compiled into them.
struct RegexProgram: Sendable {
    /// More are refused: a pattern of this size comes from nested repetitions.
    static let instructionLimit = 40_000

    enum Operation: UInt8, Sendable {
        /// Consume a byte from `low` to `high`.
        case range
        /// Consume a byte that set number `second` holds.
        case set
        /// Go on at `first`, or else at `second`.
        case split
        /// Note the place in slot `second`.
        case save
        /// Go on when assertion number `second` holds.
        case assert
        case match
    }

    struct Instruction: Sendable {
        var operation: Operation
        var low: UInt8 = 0
        var high: UInt8 = 0
        var first: Int32 = -1
        var second: Int32 = -1
    }

    var instructions: [Instruction] = []
    var sets: [ByteSet] = []
    var captureCount = 0
    var start: Int32 = 0
    var hasAssertions = false
    /// Where a match can begin: a byte outside can't be its first. Nil where a match may be empty or begin with an assertion.
    var firstBytes: ByteSet?
    /// Every match begins at the start of the text.
    var anchored = false
}

/// A set of byte values.
struct ByteSet: Hashable, Sendable {
    private var words: SIMD4<UInt64> = .zero

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1 }

    mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

    mutating func insert(_ range: ClosedRange<UInt8>) { for byte in range { insert(byte) } }
}
