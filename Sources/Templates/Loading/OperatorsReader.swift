/// Reads matchers and extractors.
enum OperatorsReader {
    static func read(_ section: inout YAMLSection) throws(TemplateRefusal) -> TemplateOperators {
        var operators = TemplateOperators()
        operators.needsAll = try needsAll(&section, "matchers-condition")
        for (index, tree) in try section.list("matchers").enumerated() {
            operators.matchers.append(try matcher(tree, "\(section.path).matchers[\(index)]"))
        }
        for (index, tree) in try section.list("extractors").enumerated() {
            operators.extractors.append(try extractor(tree, "\(section.path).extractors[\(index)]"))
        }
        return operators
    }

    /// `pre-condition`: a list of matchers, judged before the request is sent.
    static func preConditions(_ section: inout YAMLSection) throws(TemplateRefusal) -> TemplateOperators {
        var operators = TemplateOperators()
        operators.needsAll = try needsAll(&section, "pre-condition-operator")
        for (index, tree) in try section.list("pre-condition").enumerated() {
            operators.matchers.append(try matcher(tree, "\(section.path).pre-condition[\(index)]"))
        }
        return operators
    }

    private static func needsAll(_ section: inout YAMLSection, _ key: String) throws(TemplateRefusal) -> Bool {
        switch try section.text(key)?.lowercased() {
        case nil, "", "or": return false
        case "and": return true
        default: throw TemplateRefusal(.invalidStructure, "\(section.path).\(key)")
        }
    }

    private static func matcher(_ tree: YAMLTree, _ path: String) throws(TemplateRefusal) -> TemplateMatcher {
        var section = try YAMLSection(tree, path)
        guard let type = try section.text("type") else { throw TemplateRefusal(.unknownMatcher, "none") }
        // Asks for all matches instead of the first: the verdict is the same.
        section.ignore("match-all")
        let ignoresCase = try section.boolean("case-insensitive")
        let encoding = try section.text("encoding")
        guard encoding == nil || encoding == "" || (encoding == "hex" && type == "word") else {
            throw TemplateRefusal(.unsupportedKey, "\(path).encoding")
        }
        let kind = try kind(type, &section, path, ignoresCase: ignoresCase, isHexadecimal: encoding == "hex")
        let matcher = TemplateMatcher(
            kind: kind, part: try section.text("part") ?? "", needsAll: try needsAll(&section, "condition"),
            isNegative: try section.boolean("negative"), isInternal: try section.boolean("internal"), name: try section.text("name"))
        try section.finish()
        return matcher
    }

    private static func kind(
        _ type: String, _ section: inout YAMLSection, _ path: String, ignoresCase: Bool, isHexadecimal: Bool
    ) throws(TemplateRefusal) -> TemplateMatcher.Kind {
        switch type {
        case "status": return .status(try integers(&section, "status"))
        case "size": return .size(try integers(&section, "size"))
        case "word":
            return .words(try words(filled(try section.texts("words"), path), path, ignoresCase: ignoresCase, isHexadecimal: isHexadecimal))
        case "regex":
            guard !ignoresCase else { throw TemplateRefusal(.unsupportedKey, "\(path).case-insensitive") }
            return .regularExpressions(try expressions(filled(try section.texts("regex"), path), path))
        case "binary":
            var values: [[UInt8]] = []
            for text in try filled(try section.texts("binary"), path) { values.append(try hexadecimal(text, path)) }
            return .binary(values)
        case "dsl": return .expressions(try dsl(filled(try section.texts("dsl"), path), path))
        default: throw TemplateRefusal(.unknownMatcher, type)
        }
    }

    /// A matcher without anything to match would match everything, or nothing.
    private static func filled(_ values: [String], _ path: String) throws(TemplateRefusal) -> [String] {
        guard !values.isEmpty else { throw TemplateRefusal(.invalidStructure, path) }
        return values
    }

    private static func integers(_ section: inout YAMLSection, _ key: String) throws(TemplateRefusal) -> [Int] {
        let numbers = try filled(try section.texts(key), "\(section.path).\(key)").map { Int($0.trimmingSpaces()) }
        guard !numbers.contains(nil) else { throw TemplateRefusal(.invalidStructure, "\(section.path).\(key)") }
        return numbers.compactMap { $0 }
    }

    private static func words(
        _ texts: [String], _ path: String, ignoresCase: Bool, isHexadecimal: Bool
    ) throws(TemplateRefusal) -> TemplateWords {
        var words = TemplateWords(literals: [], patterns: [], ignoresCase: ignoresCase)
        for text in texts {
            if isHexadecimal {
                words.literals.append(try hexadecimal(text, path))
                continue
            }
            let pattern = try TextPattern.read(text, path)
            if pattern.isLiteral {
                words.literals.append(ignoresCase ? text.utf8.map(Bytes.lowercase) : Array(text.utf8))
            } else {
                words.patterns.append(pattern)
            }
        }
        return words
    }

    private static func hexadecimal(_ text: String, _ path: String) throws(TemplateRefusal) -> [UInt8] {
        guard let bytes = Bytes.fromHexadecimal(Array(text.utf8.filter { !Bytes.isSpace($0) })) else {
            throw TemplateRefusal(.invalidStructure, "\(path): no hexadecimal")
        }
        return bytes
    }

    private static func expressions(_ texts: [String], _ path: String) throws(TemplateRefusal) -> [RegularExpression] {
        var result: [RegularExpression] = []
        for text in texts {
            do {
                result.append(try RegularExpression(text))
            } catch {
                throw TemplateRefusal(.badRegularExpression, "\(path): \(error.description)")
            }
        }
        return result
    }

    private static func dsl(_ texts: [String], _ path: String) throws(TemplateRefusal) -> [Expression] {
        var result: [Expression] = []
        for text in texts {
            do {
                result.append(try Expression(text))
            } catch {
                throw TemplateRefusal(error, path)
            }
        }
        return result
    }

    private static func extractor(_ tree: YAMLTree, _ path: String) throws(TemplateRefusal) -> TemplateExtractor {
        var section = try YAMLSection(tree, path)
        guard let type = try section.text("type") else { throw TemplateRefusal(.unknownExtractor, "none") }
        let kind: TemplateExtractor.Kind
        switch type {
        case "regex":
            let group = try section.integer("group") ?? 0
            let patterns = try expressions(filled(try section.texts("regex"), path), path)
            guard patterns.allSatisfy({ group <= $0.groupCount }) else {
                throw TemplateRefusal(.badRegularExpression, "\(path): there is no group \(group)")
            }
            kind = .regularExpressions(patterns, group: group)
        case "kval": kind = .keys(try filled(try section.texts("kval"), path))
        case "json":
            section.ignore("group")
            var queries: [JSONQuery] = []
            for text in try filled(try section.texts("json"), path) {
                guard let query = JSONQuery(text) else { throw TemplateRefusal(.badQuery, "\(path): \(text)") }
                queries.append(query)
            }
            kind = .json(queries)
        case "dsl": kind = .expressions(try dsl(filled(try section.texts("dsl"), path), path))
        default: throw TemplateRefusal(.unknownExtractor, type)
        }
        let extractor = TemplateExtractor(
            kind: kind, part: try section.text("part") ?? "", isInternal: try section.boolean("internal"), name: try section.text("name"),
            ignoresCase: try section.boolean("case-insensitive"))
        try section.finish()
        return extractor
    }
}
