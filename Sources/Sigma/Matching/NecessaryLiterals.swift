/// Literals of which at least one stands in the line of any event that an expression holds for.
struct NecessaryLiterals {
    private(set) var literals: Set<[UInt8]>
    /// About how often one of them is met in a line; only good for comparing.
    private(set) var chance: Double

    private init(literals: Set<[UInt8]>, chance: Double) {
        self.literals = literals
        self.chance = chance
    }

    /// Below so many bits a literal stands in a line many times over: looking at the rule once is cheaper. One that stands in every line once costs
    /// no more than a rule without literals does.
    static let fewestBits = 7.5
    /// Longer literals find nothing more.
    static let byteLimit = 48
    static let countLimit = 2_000

    /// Nil when no literal need stand there: the rule is looked at for every line.
    init?(_ expression: SigmaExpression) {
        guard let found = NecessaryLiterals.find(expression), found.literals.count <= NecessaryLiterals.countLimit else { return nil }
        self = found
    }

    private static func find(_ expression: SigmaExpression) -> NecessaryLiterals? {
        switch expression {
        case .test(let test): return find(test)
        // What must not be there needs nothing to be there.
        case .not: return nil
        // All of the parts must hold: the one with the rarest literals stands for them.
        case .and(let parts): return parts.compactMap(find).min { $0.chance < $1.chance }
        case .or(let parts): return union(parts.map(find))
        case .atLeast(let needed, let parts):
            // Of any (count − needed + 1) parts, one must hold.
            let found = parts.compactMap(find).sorted { $0.chance < $1.chance }
            let enough = parts.count - needed + 1
            return found.count >= enough ? union(found.prefix(enough).map { $0 }) : nil
        }
    }

    private static func union(_ parts: [NecessaryLiterals?]) -> NecessaryLiterals? {
        var all = NecessaryLiterals(literals: [], chance: 0)
        for part in parts {
            guard let part else { return nil }
            all.literals.formUnion(part.literals)
            all.chance += part.chance
            guard all.literals.count <= countLimit else { return nil }
        }
        return all
    }

    private static func find(_ test: SigmaTest) -> NecessaryLiterals? {
        if case .known(let field) = test.field, field.isNumber { return nil }
        if case .expression(_, let text) = test.question { return rarest(ExpressionLiterals.runs(of: text)) }
        guard case .patterns(let patterns, _) = test.question else { return nil }
        if case .known(let field) = test.field {
            // An IPv6 address has many spellings; the event may give another than the line.
            if field == .clientAddress || field == .serverAddress, patterns.contains(where: { $0.pieces.contains { $0.hasColon } }) { return nil }
        }
        return union(
            patterns.map { pattern in rarest(pattern.pieces.compactMap { piece in if case .bytes(let bytes) = piece { bytes } else { nil } }) })
    }

    /// The rarest of some texts that all must be there.
    private static func rarest(_ texts: [[UInt8]]) -> NecessaryLiterals? {
        var best: (literal: [UInt8], bits: Double)?
        for bytes in texts {
            // A line feed in a value is no part of any line.
            for part in bytes.split(separator: 0x0A) {
                let literal = part.prefix(byteLimit).map(ByteMatching.lower)
                guard LiteralRarity.weight(literal) >= fewestBits else { continue }
                let bits = LiteralRarity.bits(literal)
                if bits > best?.bits ?? 0 { best = (literal, bits) }
            }
        }
        guard let best else { return nil }
        // A line of some 200 bytes has as many places for it. What stands in ordinary lines counts many times over, so that anything else is taken
        // in its stead.
        return NecessaryLiterals(literals: [best.literal], chance: 200 / exp2(best.bits))
    }

    private static func exp2(_ bits: Double) -> Double {
        var value = 1.0
        for _ in 0..<Int(min(bits, 200)) { value *= 2 }
        return value
    }
}

extension WildcardPattern.Piece {
    fileprivate var hasColon: Bool { if case .bytes(let bytes) = self { bytes.contains(0x3A) } else { false } }
}
