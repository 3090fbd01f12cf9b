import Network
import Patterns

/// Reads search identifiers: lists and maps of values into expressions (specification, "Detection").
struct DetectionReader {
    private var valueCount = 0
    private var expressionCount = 0

    init() {}

    /// A search identifier: a map, or a list of maps and keywords, or one keyword.
    mutating func read(_ node: SigmaNode, name: String) throws(SigmaRejection) -> SigmaExpression {
        switch node {
        case .map: return try map(node, name)
        case .scalar: return try keywords([node], FieldKey(SigmaNode.Scalar(text: "", isPlain: true, line: node.line)), node.line)
        case .list(let values, let line):
            guard !values.isEmpty else { throw SigmaRejection(.value, "\(name): an empty list", line: line) }
            var parts: [SigmaExpression] = []
            var plain: [SigmaNode] = []
            for value in values {
                switch value {
                case .map: parts.append(try map(value, name))
                case .scalar: plain.append(value)
                case .list(_, let line): throw SigmaRejection(.value, "\(name): a list in a list", line: line)
                }
            }
            if !plain.isEmpty {
                let key = try FieldKey(SigmaNode.Scalar(text: "", isPlain: true, line: line))
                parts.append(try keywords(plain, key, line))
            }
            return parts.count == 1 ? parts[0] : .or(parts)
        }
    }

    private mutating func map(_ node: SigmaNode, _ name: String) throws(SigmaRejection) -> SigmaExpression {
        guard let section = SigmaSection(node), !section.members.isEmpty else {
            throw SigmaRejection(.value, "\(name): an empty map", line: node.line)
        }
        var parts: [SigmaExpression] = []
        for (key, value) in section.members {
            let key = try FieldKey(key)
            switch value {
            case .map(_, let line): throw SigmaRejection(.value, "\(key.field): a map", line: line)
            case .scalar: parts.append(try item([value], key, value.line))
            case .list(let values, let line):
                guard !values.isEmpty else { throw SigmaRejection(.value, "\(key.field): an empty list", line: line) }
                parts.append(try item(values, key, line))
            }
        }
        return parts.count == 1 ? parts[0] : .and(parts)
    }

    private mutating func item(_ values: [SigmaNode], _ key: FieldKey, _ line: Int) throws(SigmaRejection) -> SigmaExpression {
        if key.field.isEmpty { return try keywords(values, key, line) }
        let field = FieldReference(key.field)
        let tests = try questions(values, key, field).map { SigmaExpression.test(SigmaTest(field: field, question: $0)) }
        let joined = join(tests, isAll: key.has(.all) && !key.has(.neq))
        guard key.has(.neq) else { return joined }
        return .not(joined)
    }

    /// Keywords stand anywhere in the line.
    private mutating func keywords(_ values: [SigmaNode], _ key: FieldKey, _ line: Int) throws(SigmaRejection) -> SigmaExpression {
        let tests = try questions(values, key, .rawLine).map { SigmaExpression.test(SigmaTest(field: .rawLine, question: $0)) }
        return join(tests, isAll: key.has(.all))
    }

    private func join(_ tests: [SigmaExpression], isAll: Bool) -> SigmaExpression { tests.count == 1 ? tests[0] : isAll ? .and(tests) : .or(tests) }

    /// One question a value; patterns that any of may hold are one.
    private mutating func questions(_ values: [SigmaNode], _ key: FieldKey, _ field: FieldReference) throws(SigmaRejection) -> [SigmaTest.Question] {
        var questions: [SigmaTest.Question] = []
        var patterns: [WildcardPattern] = []
        for node in values {
            guard case .scalar(let scalar) = node else { throw SigmaRejection(.value, "\(key.field): a list or map in its values", line: node.line) }
            valueCount += 1
            guard valueCount <= SigmaLimits.values else { throw SigmaRejection(.value, "more than \(SigmaLimits.values) values", line: node.line) }
            guard scalar.text.utf8.count <= SigmaLimits.valueBytes else {
                throw SigmaRejection(.value, "\(key.field): a value of more than \(SigmaLimits.valueBytes) bytes", line: node.line)
            }
            for question in try question(scalar, key, field, isOnly: values.count == 1) {
                if case .patterns(let more, _) = question, !key.has(.all) || key.has(.neq) { patterns += more } else { questions.append(question) }
            }
        }
        if !patterns.isEmpty { questions.append(.patterns(patterns, isCased: key.has(.cased))) }
        return questions
    }

    private mutating func question(
        _ scalar: SigmaNode.Scalar, _ key: FieldKey, _ field: FieldReference, isOnly: Bool
    ) throws(SigmaRejection) -> [SigmaTest.Question] {
        func refuse(_ why: String) -> SigmaRejection { SigmaRejection(.value, "\(key.field): \(why)", line: scalar.line) }
        if key.has(.exists) {
            guard isOnly, let value = scalar.boolean else { throw refuse("exists takes true or false") }
            return [value ? .exists : .absent]
        }
        if key.has(.cidr) {
            guard let network = CIDR(scalar.text) else { throw refuse("\(scalar.text) is no network") }
            return [.networks([network])]
        }
        if key.has(.re) { return [try expression(scalar, key)] }
        if key.has(.fieldref) {
            guard !scalar.text.isEmpty else { throw refuse("fieldref without a field") }
            return [.field(FieldReference(scalar.text), placement(key), isCased: key.has(.cased))]
        }
        for (modifier, comparison) in [
            (FieldKey.Modifier.lt, SigmaTest.Comparison.less), (.lte, .lessOrEqual), (.gt, .greater), (.gte, .greaterOrEqual),
        ]
        where key.has(modifier) {
            guard let number = scalar.integer else { throw refuse("\(modifier.rawValue) takes an integer, not \(scalar.text)") }
            return [.comparison(comparison, number)]
        }
        if scalar.isNull {
            guard key.modifiers.allSatisfy({ $0 == .all || $0 == .neq || $0 == .cased }), field != .rawLine else {
                throw refuse("null with a modifier, or as a keyword")
            }
            return [.null]
        }
        let isBare = key.modifiers.allSatisfy { $0 == .all || $0 == .neq || $0 == .cased }
        if isBare, field != .rawLine, let number = scalar.integer { return [.number(number, text: Array(scalar.text.utf8))] }
        if isBare, case .known(let known) = field, !known.isNumber, scalar.text.isEmpty || scalar.text == "-" { return [.empty] }
        return try patterns(scalar, key, field).map { .patterns([$0], isCased: key.has(.cased)) }
    }

    private func placement(_ key: FieldKey) -> SigmaTest.Placement {
        key.has(.contains) ? .anywhere : key.has(.startswith) ? .start : key.has(.endswith) ? .end : .whole
    }

    private mutating func expression(_ scalar: SigmaNode.Scalar, _ key: FieldKey) throws(SigmaRejection) -> SigmaTest.Question {
        expressionCount += 1
        guard expressionCount <= SigmaLimits.expressions else {
            throw SigmaRejection(.regularExpression, "more than \(SigmaLimits.expressions) in a rule", line: scalar.line)
        }
        var text = scalar.text
        // Searched for anywhere, so `contains` says nothing new.
        if key.has(.startswith) { text = "^(?:\(text))" }
        if key.has(.endswith) { text = "(?:\(text))$" }
        var options: PatternExpression.Options = []
        if key.has(.i) { options.insert(.ignoresCase) }
        if key.has(.m) { options.insert(.multiline) }
        if key.has(.s) { options.insert(.dotMatchesLineFeed) }
        do {
            return .expression(try PatternExpression(text, options: options), Array(text.utf8))
        } catch {
            throw SigmaRejection(.regularExpression, "\(key.field): \(error.description)", line: scalar.line)
        }
    }

    /// The modifiers change the value in the order in which they stand.
    private func patterns(_ scalar: SigmaNode.Scalar, _ key: FieldKey, _ field: FieldReference) throws(SigmaRejection) -> [WildcardPattern] {
        var patterns = [WildcardPattern(parsing: scalar.text)]
        func refuse(_ why: String) -> SigmaRejection { SigmaRejection(.value, "\(key.field): \(why)", line: scalar.line) }
        for modifier in key.modifiers {
            switch modifier {
            case .contains, .startswith, .endswith:
                guard patterns.allSatisfy({ !$0.isEmpty }) else { throw refuse("\(modifier.rawValue) with nothing") }
                patterns = patterns.map { $0.surrounded(atStart: modifier != .startswith, atEnd: modifier != .endswith) }
            case .windash: patterns = patterns.map(ValueTransforms.anyDash)
            case .wide, .utf16le, .utf16be, .utf16, .base64, .base64offset:
                var encoded: [WildcardPattern] = []
                for pattern in patterns {
                    guard let bytes = pattern.plainBytes, !bytes.isEmpty else {
                        throw refuse("\(modifier.rawValue) of a value with wildcards, or of nothing")
                    }
                    let results = DetectionReader.encode(bytes, modifier)
                    guard !results.isEmpty, !results.contains([]) else {
                        throw refuse("\(modifier.rawValue) of a value that is too short, or no text")
                    }
                    encoded += results.map { WildcardPattern(bytes: $0) }
                }
                patterns = encoded
            default: break
            }
        }
        guard field == .rawLine else { return patterns }
        guard patterns.allSatisfy({ !$0.isEmpty && !$0.isAnything }) else { throw refuse("a keyword that every line holds") }
        return patterns.map { $0.surrounded(atStart: true, atEnd: true) }
    }

    private static func encode(_ bytes: [UInt8], _ modifier: FieldKey.Modifier) -> [[UInt8]] {
        switch modifier {
        case .base64: [ValueTransforms.base64(bytes)]
        case .base64offset: ValueTransforms.base64Offsets(bytes)
        default: ValueTransforms.utf16(bytes, isBigEndian: modifier == .utf16be, hasMark: modifier == .utf16).map { [$0] } ?? []
        }
    }
}
