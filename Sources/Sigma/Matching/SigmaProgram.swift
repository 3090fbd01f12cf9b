import Network
import Patterns

/// The compiled conditions of many rules: plain old data, so that evaluating a rule touches no reference count and allocates nothing.
package struct SigmaProgram {
    /// A test, and where to go on. ``matched`` and ``failed`` end it.
    package struct Step {
        package var test: Int32
        package var onTrue: Int32
        package var onFalse: Int32
    }

    package static let matched: Int32 = -1
    package static let failed: Int32 = -2

    package enum Kind: UInt8 { case patterns, number, empty, null, exists, absent, network, expression, comparison, field }

    /// Which field: one of ``SigmaField`` by its raw value, a name beyond ``firstName``, or the raw line.
    package static let firstName: UInt16 = 256
    package static let rawLine: UInt16 = 0xFFFF

    package struct Test {
        package var kind: Kind
        package var field: UInt16
        /// A web field: a dash says that there is nothing.
        var hasDash = false
        /// `cs-uri-query`: what is anchored may also begin after the question mark.
        var triesQuery = false
        var isCased = false
        /// Patterns: their range. Else an index.
        var first: Int32 = 0
        var count: Int32 = 0
        var number: Int64 = 0
        /// Of a comparison or a placement.
        var variant: UInt8 = 0
        /// The field referred to.
        package var other: UInt16 = 0
    }

    struct Pattern {
        var first: Int32
        var count: Int32
        var isAnchoredAtStart: Bool
        var isAnchoredAtEnd: Bool
    }

    /// Pieces between two runs.
    struct Segment {
        var first: Int32
        var count: Int32
        /// In bytes.
        var shortest: Int32
        var longest: Int32
    }

    struct Piece {
        enum Kind: UInt8 { case bytes, one, dash }
        var kind: Kind
        var offset: Int32
        var count: Int32
    }

    struct Name {
        package var offset: Int32
        package var count: Int32
    }

    package var steps: [Step] = []
    package var tests: [Test] = []
    var patterns: [Pattern] = []
    var segments: [Segment] = []
    var pieces: [Piece] = []
    package var bytes: [UInt8] = []
    var names: [Name] = []
    var networks: [CIDR] = []
    var expressions: [PatternExpression] = []

    private var nameIndices: [String: UInt16] = [:]

    init() {}

    struct TooLarge: Error {}

    // MARK: Building

    mutating func index(of field: FieldReference) -> UInt16 {
        switch field {
        case .rawLine: return SigmaProgram.rawLine
        case .known(let known): return UInt16(known.rawValue)
        case .named(let name):
            if let index = nameIndices[name] { return index }
            let index = SigmaProgram.firstName + UInt16(clamping: min(names.count, 0xFFFE - Int(SigmaProgram.firstName)))
            names.append(Name(offset: Int32(clamping: bytes.count), count: Int32(clamping: name.utf8.count)))
            bytes += Array(name.utf8)
            nameIndices[name] = index
            return index
        }
    }

    /// - Returns: where the rule begins.
    mutating func add(_ expression: SigmaExpression) throws(TooLarge) -> Int32 {
        let before = steps.count
        guard before < SigmaLimits.matcherSteps, names.count < SigmaLimits.matcherNames else { throw TooLarge() }
        return try compile(expression, SigmaProgram.matched, SigmaProgram.failed, before + SigmaLimits.steps)
    }

    /// Short-circuit code, written from its end: every part knows where to go when it holds and when it doesn't.
    private mutating func compile(_ expression: SigmaExpression, _ yes: Int32, _ no: Int32, _ limit: Int) throws(TooLarge) -> Int32 {
        switch expression {
        case .test(let test):
            guard steps.count < limit else { throw TooLarge() }
            tests.append(compiled(test))
            steps.append(Step(test: Int32(clamping: tests.count - 1), onTrue: yes, onFalse: no))
            return Int32(clamping: steps.count - 1)
        case .not(let inner): return try compile(inner, no, yes, limit)
        case .and(let parts):
            var entry = yes
            // Cheap questions first.
            for part in parts.sorted(by: { $0.cost < $1.cost }).reversed() { entry = try compile(part, entry, no, limit) }
            return entry
        case .or(let parts):
            var entry = no
            for part in parts.reversed() { entry = try compile(part, yes, entry, limit) }
            return entry
        case .atLeast(let needed, let parts):
            // row[k]: where to go on when k more must hold of the parts to come.
            var row = [yes] + [Int32](repeating: no, count: needed)
            for part in parts.reversed() {
                var next = row
                for missing in 1...max(1, needed) where missing <= needed { next[missing] = try compile(part, row[missing - 1], row[missing], limit) }
                row = next
            }
            return row[needed]
        }
    }

    private mutating func compiled(_ test: SigmaTest) -> Test {
        var compiled = Test(kind: .exists, field: index(of: test.field))
        if case .known(let known) = test.field {
            compiled.hasDash = !known.isNumber
            compiled.triesQuery = known == .query
        }
        switch test.question {
        case .exists: compiled.kind = .exists
        case .absent: compiled.kind = .absent
        case .empty: compiled.kind = .empty
        case .null: compiled.kind = .null
        case .number(let number, let text):
            compiled.kind = .number
            compiled.number = number
            (compiled.first, compiled.count) = add(bytes: text)
        case .networks(let added):
            compiled.kind = .network
            (compiled.first, compiled.count) = (Int32(clamping: networks.count), Int32(clamping: added.count))
            networks += added
        case .expression(let expression, _):
            compiled.kind = .expression
            compiled.first = Int32(clamping: expressions.count)
            expressions.append(expression)
        case .comparison(let comparison, let number):
            compiled.kind = .comparison
            compiled.variant = comparison.rawValue
            compiled.number = number
        case .field(let other, let placement, let isCased):
            compiled.kind = .field
            compiled.other = index(of: other)
            compiled.variant = placement.rawValue
            compiled.isCased = isCased
        case .patterns(let added, let isCased):
            compiled.kind = .patterns
            compiled.isCased = isCased
            compiled.first = Int32(clamping: patterns.count)
            compiled.count = Int32(clamping: added.count)
            for pattern in added { add(pattern, isCased: isCased) }
        }
        return compiled
    }

    private mutating func add(bytes text: [UInt8]) -> (Int32, Int32) {
        let offset = bytes.count
        bytes += text
        return (Int32(clamping: offset), Int32(clamping: text.count))
    }

    private mutating func add(_ pattern: WildcardPattern, isCased: Bool) {
        let first = segments.count
        for parts in pattern.segments {
            var segment = Segment(first: Int32(clamping: pieces.count), count: Int32(clamping: parts.count), shortest: 0, longest: 0)
            for part in parts {
                switch part {
                case .bytes(let text):
                    let (offset, count) = add(bytes: isCased ? text : text.map(ByteMatching.lower))
                    pieces.append(Piece(kind: .bytes, offset: offset, count: count))
                    segment.shortest += count
                    segment.longest += count
                case .one:
                    pieces.append(Piece(kind: .one, offset: 0, count: 0))
                    segment.shortest += 1
                    segment.longest += 4
                case .dash:
                    pieces.append(Piece(kind: .dash, offset: 0, count: 0))
                    segment.shortest += 1
                    segment.longest += 3
                case .run: break
                }
            }
            segments.append(segment)
        }
        patterns.append(
            Pattern(
                first: Int32(clamping: first), count: Int32(clamping: segments.count - first), isAnchoredAtStart: !pattern.startsWithRun,
                isAnchoredAtEnd: !pattern.endsWithRun))
    }
}

extension SigmaExpression {
    /// Roughly, in comparisons.
    var cost: Int {
        switch self {
        case .test(let test):
            switch test.question {
            case .number, .comparison, .empty, .null, .exists, .absent: 1
            case .patterns(let patterns, _): (test.field == .rawLine ? 20 : 3) * max(1, min(patterns.count, 10_000))
            case .field: 5
            case .networks: 10
            case .expression: 50
            }
        case .not(let inner): inner.cost
        case .and(let parts), .or(let parts), .atLeast(_, let parts): parts.reduce(0) { min($0 + $1.cost, 1 << 40) }
        }
    }
}
