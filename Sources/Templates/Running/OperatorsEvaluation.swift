/// What matchers and extractors say of one answer.
struct OperatorsVerdict {
    /// The block's matchers hold; where there are none, an extractor found something.
    var isMatch = false
    /// Whether the match is to be reported: not where it is for the flow only.
    var isReported = false
    /// Names of the matchers that hold; nil for one without a name.
    var matcherNames: [String?] = []
    /// Values that extractors found, inner ones left out.
    var extractedCount = 0
    var versions: [String] = []
}

extension TemplateOperators {
    /// Extractors run first: matchers may use what they find. Values of named extractors go into the scope.
    func evaluate(_ scope: TemplateScope, _ statistics: inout TemplateStatistics) -> OperatorsVerdict {
        var verdict = OperatorsVerdict()
        for extractor in extractors {
            let values = extractor.values(scope, &statistics)
            if let name = extractor.name, let first = values.first { scope.extracted[name] = .text(first) }
            guard !extractor.isInternal else { continue }
            verdict.extractedCount += values.count
            if let name = extractor.name, VersionText.isVersionName(name) {
                verdict.versions += values.compactMap(VersionText.safe).prefix(4).filter { !verdict.versions.contains($0) }
            }
        }
        guard !matchers.isEmpty else {
            verdict.isMatch = verdict.extractedCount > 0
            verdict.isReported = verdict.isMatch
            return verdict
        }
        judge(scope, &statistics, &verdict)
        if !verdict.isMatch {
            verdict.extractedCount = 0
            verdict.versions = []
        }
        return verdict
    }

    private func judge(_ scope: TemplateScope, _ statistics: inout TemplateStatistics, _ verdict: inout OperatorsVerdict) {
        var open: [String?] = []
        for matcher in matchers {
            guard matcher.matches(scope, &statistics) else {
                if needsAll { return }
                continue
            }
            verdict.isMatch = true
            if !matcher.isInternal { open.append(matcher.name) }
        }
        if needsAll { verdict.isMatch = true }
        guard verdict.isMatch else { return }
        // With `and` the whole is internal only where every matcher is.
        verdict.isReported = !open.isEmpty
        verdict.matcherNames = needsAll ? [open.compactMap { $0 }.first] : (open.contains { $0 != nil } ? open : [nil])
    }
}

extension TemplateOperators {
    /// The verdict of `pre-condition`: true where there is none.
    func allows(_ scope: TemplateScope, _ statistics: inout TemplateStatistics) -> Bool {
        guard !matchers.isEmpty else { return true }
        for matcher in matchers where matcher.matches(scope, &statistics) != needsAll { return !needsAll }
        return needsAll
    }
}

extension TemplateMatcher {
    func matches(_ scope: TemplateScope, _ statistics: inout TemplateStatistics) -> Bool {
        if case .expressions(let expressions) = kind { return holds(expressions, scope, &statistics) != isNegative }
        if case .status(let codes) = kind {
            guard let status = scope.answer?.status else { return false }
            return codes.contains(status) != isNegative
        }
        // Without the part there is nothing to say, not even "not".
        guard let text = scope.part(part) else { return false }
        return found(in: text, scope, &statistics) != isNegative
    }

    private func found(in text: SearchText, _ scope: TemplateScope, _ statistics: inout TemplateStatistics) -> Bool {
        switch kind {
        case .size(let sizes): return sizes.contains(text.bytes.count)
        case .binary(let values): return all(values) { text.contains($0) }
        case .words(let words): return found(words, in: text, scope)
        case .regularExpressions(let patterns):
            return all(patterns) { pattern in
                let answer = pattern.isMatch(text)
                if answer == nil { statistics.evaluationErrors += 1 }
                return answer ?? false
            }
        case .status, .expressions: return false
        }
    }

    private func all<Element>(_ elements: [Element], _ test: (Element) -> Bool) -> Bool {
        needsAll ? elements.allSatisfy(test) : elements.contains(where: test)
    }

    private func found(_ words: TemplateWords, in text: SearchText, _ scope: TemplateScope) -> Bool {
        func holds(_ pattern: TextPattern) -> Bool {
            guard let word = try? pattern.resolve(scope) else { return false }
            return text.contains(words.ignoresCase ? word.map(Bytes.lowercase) : word, ignoringCase: words.ignoresCase)
        }
        let literals = all(words.literals) { text.contains($0, ignoringCase: words.ignoresCase) }
        if needsAll { return literals && words.patterns.allSatisfy(holds) }
        return literals || words.patterns.contains(where: holds)
    }

    private func holds(_ expressions: [Expression], _ scope: TemplateScope, _ statistics: inout TemplateStatistics) -> Bool {
        all(expressions) { expression in
            do throws(EvaluationError) {
                return try expression.isTrue(scope)
            } catch {
                statistics.note(error)
                return false
            }
        }
    }
}

extension TemplateStatistics {
    /// Answers that lack a header, or hold no version where one is read, are no fault of a template.
    mutating func note(_ error: EvaluationError) {
        switch error {
        case .missing, .argument: break
        case .type, .budget: evaluationErrors += 1
        }
    }
}

extension TemplateExtractor {
    /// Values that one extractor gives at most.
    static let limit = 200

    func values(_ scope: TemplateScope, _ statistics: inout TemplateStatistics) -> [[UInt8]] {
        switch kind {
        case .regularExpressions(let patterns, let group):
            guard let text = scope.part(part) else { return [] }
            var found: [[UInt8]] = []
            for pattern in patterns {
                for groups in pattern.ranges(in: text, limit: TemplateExtractor.limit) {
                    guard let range = groups[group], found.count < TemplateExtractor.limit else { continue }
                    let value = Array(text.bytes[range])
                    if !found.contains(value) { found.append(value) }
                }
            }
            return found
        case .keys(let keys):
            return keys.compactMap { key in
                // Some templates write the header's own name.
                let normal = key.lowercased().map { $0 == "-" ? "_" : String($0) }.joined()
                let value = (ignoresCase ? nil : scope.value(key)) ?? scope.value(normal)
                return value.map(\.bytes).flatMap { $0.isEmpty ? nil : $0 }
            }
        case .json(let queries):
            guard let text = scope.part(part), let document = JSONText(text.bytes) else { return [] }
            return Array(queries.flatMap { $0.run(document) }.prefix(TemplateExtractor.limit).map(\.extracted))
        case .expressions(let expressions):
            return expressions.compactMap { expression -> [UInt8]? in
                do throws(EvaluationError) {
                    let value = try expression.evaluate(scope).bytes
                    return value.isEmpty ? nil : value
                } catch {
                    statistics.note(error)
                    return nil
                }
            }
        }
    }
}
