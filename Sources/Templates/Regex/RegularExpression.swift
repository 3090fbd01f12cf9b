/// A regular expression in RE2's syntax over bytes, in time linear in the text: hostile bodies can't make it backtrack.
package struct RegularExpression: Sendable {
    /// Longer patterns are refused, in UTF-8 bytes.
    package static let lengthLimit = 32_768
    /// Matches that ``matches(in:limit:)`` gives at most.
    package static let matchLimit = 1_000

    package let pattern: String
    let literal: RegexLiteral?
    private let program: RegexProgram
    private let alphabet: RegexAlphabet
    /// Names of groups and their numbers.
    package let groupNames: [String: Int]

    /// Groups, without the whole match.
    package var groupCount: Int { program.captureCount - 1 }

    package init(_ pattern: String) throws(RegularExpressionError) {
        guard pattern.utf8.count <= RegularExpression.lengthLimit else {
            throw RegularExpressionError(description: "the pattern is longer than \(RegularExpression.lengthLimit) bytes", offset: 0)
        }
        var parser = RegexParser(pattern)
        let node = try parser.parse()
        self.pattern = pattern
        groupNames = parser.captureNames
        program = try RegexCompiler.compile(node, captures: parser.captureCount)
        alphabet = RegexAlphabet(program)
        literal = RegexLiteral.required(by: node)
    }

    /// Whether some part of the text matches; nil when the work budget ran out, which only patterns made for that reach.
    package func isMatch(_ text: SearchText) -> Bool? {
        if let literal, !text.contains(literal.bytes, ignoringCase: literal.ignoresCase) { return false }
        var automaton = RegexAutomaton(program, alphabet)
        return text.bytes.withUnsafeBufferPointer { automaton.search($0) }
    }

    /// The matches from left to right, not overlapping: per match the whole and the groups, nil where a group took no part.
    package func matches(in text: SearchText, limit: Int = matchLimit) -> [[[UInt8]?]] {
        ranges(in: text, limit: limit).map { groups in groups.map { range in range.map { Array(text.bytes[$0]) } } }
    }

    /// Like ``matches(in:limit:)``, as ranges of the text.
    package func ranges(in text: SearchText, limit: Int = matchLimit) -> [[Range<Int>?]] {
        guard text.bytes.count <= Int(Int32.max), isMatch(text) == true else { return [] }
        var machine = RegexMachine(program)
        return text.bytes.withUnsafeBufferPointer { bytes in
            var result: [[Range<Int>?]] = []
            var position = 0
            var previousEnd = -1
            while result.count < limit, position <= bytes.count, let slots = machine.match(bytes, from: position) {
                let groups = stride(from: 0, to: slots.count - 1, by: 2).map { index -> Range<Int>? in
                    let low = Int(slots[index])
                    let high = Int(slots[index + 1])
                    return low >= 0 && high >= low ? low..<high : nil
                }
                guard let whole = groups[0] else { break }
                // As in Go: an empty match right after a match is none.
                if !(whole.isEmpty && whole.lowerBound == previousEnd) { result.append(groups) }
                previousEnd = whole.upperBound
                position = whole.isEmpty ? whole.upperBound + 1 : whole.upperBound
            }
            return result
        }
    }
}
