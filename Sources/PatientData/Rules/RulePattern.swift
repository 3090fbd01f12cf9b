/// A user's regular expression over whole values. Swift's engine goes back when it fails, which some patterns make take forever: those are refused
/// when they are read (``PatternCost``), and values longer than ``longestValue`` never match.
struct RulePattern: Sendable {
    /// In bytes.
    static let longestValue = 256

    let source: String
    /// Matching doesn't change it.
    private nonisolated(unsafe) let expression: Regex<AnyRegexOutput>

    /// - Throws: ``Problem``.
    init(_ source: String) throws(Problem) {
        self.source = source
        do {
            expression = try Regex(source).matchingSemantics(.unicodeScalar)
        } catch {
            throw .syntax
        }
        guard PatternCost.steps(of: source).map({ $0 <= PatternCost.limit }) ?? false else { throw .slow }
    }

    enum Problem: Error, Hashable, Sendable {
        case syntax
        /// Could take more than a million steps on one value.
        case slow
    }

    func matches(_ text: String) -> Bool {
        text.utf8.count <= Self.longestValue && ((try? expression.wholeMatch(in: text)) ?? nil) != nil
    }
}

/// How many ways there are to match a pattern, at most: each repetition multiplies them by the lengths it may take.
enum PatternCost {
    static let limit = 1_000_000.0

    /// Nil for repeated groups that can't be bounded.
    static func steps(of pattern: String) -> Double? {
        var scanner = Scanner(Array(pattern.unicodeScalars))
        return scanner.run()
    }

    private struct Scanner {
        let text: [Unicode.Scalar]
        var index = 0
        var steps = 1.0
        /// Of open groups: how many alternatives, and whether something in them repeats a varying number of times.
        var groups: [(alternatives: Int, varies: Bool)] = [(1, false)]

        init(_ text: [Unicode.Scalar]) { self.text = text }

        mutating func run() -> Double? {
            while index < text.count {
                switch text[index] {
                case "(": open()
                case "|":
                    groups[groups.count - 1].alternatives += 1
                    steps *= 2
                    index += 1
                case ")":
                    index += 1
                    guard groups.count > 1, let group = groups.popLast(), closes(group) else { return nil }
                default:
                    skipAtom()
                    if let range = repetition() { note(range) }
                }
                guard steps < 1e12 else { return steps }
            }
            return steps
        }

        /// `(`, `(?:`, `(?<name>`, `(?=`.
        private mutating func open() {
            groups.append((1, false))
            index += 1
            guard index < text.count, text[index] == "?" else { return }
            let end: [Unicode.Scalar] = index + 1 < text.count && text[index + 1] == "<" ? [">", "=", "!"] : [":", "=", "!", ">"]
            while index < text.count, !end.contains(text[index]) { index += 1 }
            index += 1
        }

        private mutating func skipAtom() {
            switch text[index] {
            case "\\": index += 2
            case "[": skipClass()
            default: index += 1
            }
        }

        /// A group may be optional, or repeated a few times when nothing in it varies.
        private mutating func closes(_ group: (alternatives: Int, varies: Bool)) -> Bool {
            if group.varies { groups[groups.count - 1].varies = true }
            guard let range = repetition() else { return true }
            if range.upperBound <= 1 {
                steps *= 2
                groups[groups.count - 1].varies = true
                return true
            }
            guard range.upperBound <= 16, !group.varies else { return false }
            for _ in 0..<range.upperBound { steps *= Double(group.alternatives) }
            steps *= Double(range.count)
            groups[groups.count - 1].varies = true
            return true
        }

        private mutating func note(_ range: ClosedRange<Int>) {
            guard range.count > 1 else { return }
            steps *= Double(range.count)
            groups[groups.count - 1].varies = true
        }

        private mutating func skipClass() {
            index += 1
            while index < text.count, text[index] != "]" { index += text[index] == "\\" ? 2 : 1 }
            index += 1
        }

        /// The repetition at the cursor, if there is one; moves behind it.
        private mutating func repetition() -> ClosedRange<Int>? {
            guard index < text.count else { return nil }
            var range: ClosedRange<Int>?
            switch text[index] {
            case "*": range = 0...RulePattern.longestValue
            case "+": range = 1...RulePattern.longestValue
            case "?": range = 0...1
            case "{":
                guard let end = text[index...].firstIndex(of: "}") else { return nil }
                let parts = String(String.UnicodeScalarView(text[(index + 1)..<end])).split(separator: ",", omittingEmptySubsequences: false)
                guard let low = Int(parts.first ?? ""), low >= 0 else { return nil }
                let high = parts.count == 1 ? low : Int(parts[1]) ?? RulePattern.longestValue
                range = low...max(low, high)
                index = end
            default: return nil
            }
            index += 1
            // Lazy and possessive.
            if index < text.count, text[index] == "?" || text[index] == "+" { index += 1 }
            return range
        }
    }
}
