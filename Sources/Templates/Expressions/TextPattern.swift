/// Text with placeholders: `{{BaseURL}}/login?n={{rand_int(1, 9)}}`, and the older `§name§`.
///
/// Braces that hold no expression (`{{ 7*7 }}`, a script's own braces) are text, as in the public language.
package struct TextPattern: Sendable {
    enum Segment: Sendable {
        case literal([UInt8])
        case expression(Expression, source: [UInt8])
        /// Braces within braces: the inner ones are resolved first, then the whole is read anew.
        case nested(outer: String)
    }

    /// Rounds of reading anew; deeper nesting is refused at load.
    static let nestingLimit = 4

    let segments: [Segment]
    /// The text as it was written.
    let source: String

    package init(_ text: String) throws(ExpressionError) {
        segments = try TextPattern.parse(Array(text.utf8), depth: 0)
        source = text
    }

    package var isLiteral: Bool {
        segments.allSatisfy { segment in
            if case .literal = segment { true } else { false }
        }
    }

    package var variables: Set<String> {
        var found = Set<String>()
        for segment in segments {
            switch segment {
            case .literal: break
            case .expression(let expression, _): found.formUnion(expression.variables)
            case .nested(let outer): found.formUnion(TextPattern.inner(outer)?.variables ?? [])
            }
        }
        return found
    }

    var isVolatile: Bool {
        segments.contains { segment in
            switch segment {
            case .literal: false
            case .expression(let expression, _): expression.isVolatile
            case .nested: true
            }
        }
    }

    /// - Parameter lenient: placeholders without a value stay as they are written, instead of ending the request.
    package func resolve(_ context: some EvaluationContext, lenient: Bool = false) throws(EvaluationError) -> [UInt8] {
        var result: [UInt8] = []
        for segment in segments {
            switch segment {
            case .literal(let bytes): result += bytes
            case .expression(let expression, let source):
                do {
                    result += try expression.evaluate(context).bytes
                } catch {
                    guard lenient else { throw error }
                    result += source
                }
            case .nested(let outer): result += try TextPattern.resolveNested(outer, context, lenient)
            }
            result = try ExpressionFunction.bounded(result)
        }
        return result
    }

    // MARK: Reading

    private static func parse(_ bytes: [UInt8], depth: Int) throws(ExpressionError) -> [Segment] {
        guard depth < nestingLimit else { throw .tooDeep }
        var segments: [Segment] = []
        var literal: [UInt8] = []
        var position = 0
        func flush() {
            if !literal.isEmpty { segments.append(.literal(literal)) }
            literal = []
        }
        while position < bytes.count {
            guard let (end, body, nested) = placeholder(bytes, position) else {
                literal.append(bytes[position])
                position += 1
                continue
            }
            let source = Array(bytes[position..<end])
            if nested {
                if let inner = inner(Bytes.string(source)), !inner.isLiteral {
                    flush()
                    segments.append(.nested(outer: Bytes.string(source)))
                } else {
                    // Not placeholders in a placeholder, but braces that happen to follow one another: read on behind the first two.
                    literal += bytes[position..<(position + 2)]
                    position += 2
                    continue
                }
            } else if let expression = try expression(body) {
                flush()
                segments.append(.expression(expression, source: source))
            } else {
                literal += source
            }
            position = end
        }
        flush()
        return segments
    }

    /// The placeholder at `position`: where it ends, what is inside, whether there are braces in it.
    private static func placeholder(_ bytes: [UInt8], _ position: Int) -> (Int, ArraySlice<UInt8>, Bool)? {
        if bytes[position] == 0xC2, position + 1 < bytes.count, bytes[position + 1] == 0xA7 {
            // §name§
            guard let end = Bytes.find([0xC2, 0xA7], in: bytes, from: position + 2), end - position < 120 else { return nil }
            let body = bytes[(position + 2)..<end]
            return body.allSatisfy({ RegexAlphabet.isWord($0) || $0 == 0x2D }) && !body.isEmpty ? (end + 2, body, false) : nil
        }
        guard bytes[position] == 0x7B, position + 1 < bytes.count, bytes[position + 1] == 0x7B else { return nil }
        // A third brace belongs to the text around.
        if position + 2 < bytes.count, bytes[position + 2] == 0x7B { return nil }
        var depth = 1
        var nested = false
        var cursor = position + 2
        let limit = min(bytes.count - 1, position + 65_536)
        while cursor < limit {
            if bytes[cursor] == 0x7B, bytes[cursor + 1] == 0x7B {
                depth += 1
                nested = true
                cursor += 2
            } else if bytes[cursor] == 0x7D, bytes[cursor + 1] == 0x7D {
                depth -= 1
                cursor += 2
                if depth == 0 { return (cursor, bytes[(position + 2)..<(cursor - 2)], nested) }
            } else {
                cursor += 1
            }
        }
        return nil
    }

    /// Nil where the braces hold text. An unknown function in what is otherwise a call is an error: it would be sent as text without a word.
    private static func expression(_ body: ArraySlice<UInt8>) throws(ExpressionError) -> Expression? {
        let text = Bytes.string(body)
        let plain = Bytes.trim(body)
        // The public language writes this one name with a dash.
        if plain.elementsEqual("interactsh-url".utf8) { return try Expression("[interactsh-url]") }
        do {
            let expression = try Expression(
                plain.allSatisfy({ RegexAlphabet.isWord($0) || $0 == 0x2D }) && plain.contains(0x2D) ? "[\(Bytes.string(plain))]" : text)
            return expression.isConstant ? nil : expression
        } catch {
            switch error {
            case .syntax: return nil
            default: throw error
            }
        }
    }

    // MARK: Nesting

    /// The text inside the outermost braces, as a pattern.
    private static func inner(_ outer: String) -> TextPattern? {
        let bytes = Array(outer.utf8)
        guard bytes.count > 4 else { return nil }
        guard let segments = try? parse(Array(bytes[2..<(bytes.count - 2)]), depth: 1) else { return nil }
        return TextPattern(segments: segments, source: outer)
    }

    private init(segments: [Segment], source: String) {
        self.segments = segments
        self.source = source
    }

    private static func resolveNested(_ outer: String, _ context: some EvaluationContext, _ lenient: Bool) throws(EvaluationError) -> [UInt8] {
        guard let inner = inner(outer) else { return Array(outer.utf8) }
        let text = try inner.resolve(context, lenient: lenient)
        guard let expression = try? Expression(Bytes.string(text)) else { return Array("{{".utf8) + text + Array("}}".utf8) }
        return try expression.evaluate(context).bytes
    }
}
