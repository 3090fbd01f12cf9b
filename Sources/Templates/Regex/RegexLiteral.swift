/// The literal that every match of a pattern must hold: looked for first, since a search for plain bytes is many times faster than a pattern.
struct RegexLiteral: Equatable, Sendable {
    var bytes: [UInt8]
    /// The bytes are lower case and stand for either case.
    var ignoresCase: Bool

    /// The longest run of literal bytes that no match can do without; nil where there is none of two bytes or more.
    static func required(by node: RegexNode) -> RegexLiteral? {
        var finder = Finder()
        finder.visit(node)
        finder.flush()
        guard let best = finder.best, best.bytes.count >= 2 else { return nil }
        return best
    }

    private struct Finder {
        var best: RegexLiteral?
        private var run: [UInt8] = []
        private var runIgnoresCase = false

        mutating func flush() {
            if run.count > (best?.bytes.count ?? 0) { best = RegexLiteral(bytes: run, ignoresCase: runIgnoresCase) }
            run = []
            runIgnoresCase = false
        }

        mutating func visit(_ node: RegexNode) {
            switch node {
            case .empty, .assertion: break
            case .capture(_, let inner): visit(inner)
            case .sequence(let nodes): for node in nodes { visit(node) }
            case .set(let set): append(set)
            case .alternatives: flush()
            case .repetition(let inner, let minimum, let maximum, _):
                if minimum == 1, maximum == 1 {
                    visit(inner)
                } else if minimum >= 1 {
                    // What stands once and must; what follows it need not follow the last round's end.
                    flush()
                    visit(inner)
                    flush()
                } else {
                    flush()
                }
            }
        }

        private mutating func append(_ set: ScalarSet) {
            let ranges = set.ranges
            if ranges.count == 1, ranges[0].count == 1, let scalar = Unicode.Scalar(ranges[0].lowerBound), scalar.value != 0xFFFD {
                // A letter that ignores no case can't stand in a run of lower-case letters.
                let isUpper = (0x41...0x5A).contains(scalar.value)
                if runIgnoresCase, isUpper { flush() }
                run += Array(String(Character(scalar)).utf8)
                return
            }
            let isLetter =
                ranges.count == 2 && ranges.allSatisfy { $0.count == 1 } && ranges[1].lowerBound == ranges[0].lowerBound &+ 0x20
                && (0x41...0x5A).contains(ranges[0].lowerBound)
            guard isLetter, let byte = UInt8(exactly: ranges[1].lowerBound) else { return flush() }
            if !runIgnoresCase {
                if run.contains(where: { (0x41...0x5A).contains($0) }) { flush() }
                runIgnoresCase = true
            }
            run.append(byte)
        }
    }
}
