/// Matchers and extractors of a block.
struct TemplateOperators: Sendable {
    var matchers: [TemplateMatcher] = []
    var needsAll = false
    var extractors: [TemplateExtractor] = []
}

struct TemplateMatcher: Sendable {
    enum Kind: Sendable {
        case status([Int])
        case size([Int])
        case words(TemplateWords)
        case regularExpressions([RegularExpression])
        case binary([[UInt8]])
        case expressions([Expression])
    }

    var kind: Kind
    var part: String
    var needsAll: Bool
    var isNegative: Bool
    var isInternal: Bool
    var name: String?
}

struct TemplateWords: Sendable {
    /// Words without placeholders, in lower case where case is ignored.
    var literals: [[UInt8]]
    var patterns: [TextPattern]
    var ignoresCase: Bool
}

struct TemplateExtractor: Sendable {
    enum Kind: Sendable {
        case regularExpressions([RegularExpression], group: Int)
        case keys([String])
        case json([JSONQuery])
        case expressions([Expression])
    }

    var kind: Kind
    var part: String
    var isInternal: Bool
    var name: String?
    var ignoresCase: Bool
}
