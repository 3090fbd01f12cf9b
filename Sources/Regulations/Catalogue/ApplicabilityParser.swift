extension Applicability {
    /// Why a condition can't be read; says where and what may stand there.
    package struct SyntaxError: Error, Hashable, Sendable {
        package var problem: String
    }

    /// - Parameter thresholds: the values of the names that may stand for numbers.
    package static func parse(_ text: String, thresholds: Thresholds) throws(SyntaxError) -> Applicability {
        var parser = ApplicabilityParser(tokens: try ApplicabilityParser.tokens(text), thresholds: thresholds)
        return try parser.parse()
    }
}

/// A recursive-descent parser. Its depth is bounded, so that no input can exhaust the stack.
private struct ApplicabilityParser {
    private static let deepest = 32

    var tokens: [String]
    let thresholds: Thresholds
    var position = 0
    var depth = 0

    init(tokens: [String], thresholds: Thresholds) {
        self.tokens = tokens
        self.thresholds = thresholds
    }

    static func tokens(_ text: String) throws(Applicability.SyntaxError) -> [String] {
        var tokens: [String] = []
        var word = ""
        var sign = ""
        func flushed() -> [String] { [word, sign].filter { !$0.isEmpty } }
        for character in text {
            let isWord = character.isASCII && (character.isLetter || character.isNumber || character == "_")
            let isSign = "<>=".contains(character)
            if !isWord && !word.isEmpty || !isSign && !sign.isEmpty {
                tokens += flushed()
                word = ""
                sign = ""
            }
            if isWord {
                word.append(character)
            } else if isSign {
                sign.append(character)
            } else if character == "(" || character == ")" {
                tokens.append(String(character))
            } else if !character.isWhitespace {
                throw Applicability.SyntaxError(problem: "'\(character)' can't stand in a condition")
            }
        }
        return tokens + flushed()
    }

    mutating func parse() throws(Applicability.SyntaxError) -> Applicability {
        let condition = try disjunction()
        if let token = peek { throw Applicability.SyntaxError(problem: "'\(token)' is left over; join conditions with 'and' or 'or'") }
        return condition
    }

    private var peek: String? { position < tokens.count ? tokens[position] : nil }

    private mutating func take(_ token: String) -> Bool {
        guard peek == token else { return false }
        position += 1
        return true
    }

    private mutating func disjunction() throws(Applicability.SyntaxError) -> Applicability {
        var condition = try conjunction()
        while take("or") { condition = .or(condition, try conjunction()) }
        return condition
    }

    private mutating func conjunction() throws(Applicability.SyntaxError) -> Applicability {
        var condition = try primary()
        while take("and") { condition = .and(condition, try primary()) }
        return condition
    }

    private mutating func primary() throws(Applicability.SyntaxError) -> Applicability {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw Applicability.SyntaxError(problem: "is nested too deeply") }
        if take("not") { return .not(try primary()) }
        if take("(") {
            let condition = try disjunction()
            guard take(")") else { throw Applicability.SyntaxError(problem: "a ')' is missing") }
            return condition
        }
        guard let name = peek else { throw Applicability.SyntaxError(problem: "ends where a condition should stand") }
        position += 1
        if name == "always" { return .always }
        if let flag = Applicability.Flag(rawValue: name) { return .flag(flag) }
        guard let quantity = Applicability.Quantity(rawValue: name) else {
            let known = Applicability.Flag.allCases.map(\.rawValue) + Applicability.Quantity.allCases.map(\.rawValue)
            throw Applicability.SyntaxError(problem: "'\(name)' is no field of the profile; there are \(known.joined(separator: ", "))")
        }
        guard let sign = peek, let comparison = Applicability.Comparison(rawValue: sign) else {
            throw Applicability.SyntaxError(problem: "'\(name)' needs one of >=, >, <=, <, == after it")
        }
        position += 1
        return .comparison(quantity, comparison, try limit())
    }

    private mutating func limit() throws(Applicability.SyntaxError) -> Int {
        guard let token = peek else { throw Applicability.SyntaxError(problem: "ends where a number should stand") }
        position += 1
        if let number = Int(token.filter { $0 != "_" }) { return number }
        guard let threshold = ThresholdID(rawValue: token) else {
            throw Applicability.SyntaxError(problem: "'\(token)' is neither a number nor a threshold")
        }
        return thresholds[threshold]
    }
}
