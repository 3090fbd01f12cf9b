/// What `suwen rules check` says: file by file, what loaded and what was refused and why.
package struct SigmaCheckReport: Sendable, Encodable {
    package struct File: Sendable, Encodable {
        package var path: String
        package var rules: [Rule]
        package var rejected: [Rejected]
    }

    package struct Rule: Sendable, Encodable {
        package var id: String
        package var title: String
        package var author: String
        package var level: String?
        package var techniques: [String]
        /// The log source, `category=webserver`; of a correlation, its type.
        package var source: String
        package var line: Int
        package var isCorrelation: Bool
        /// No source that Suwen reads is of this kind: the rule will never run.
        package var isForNoSource: Bool
        /// Has no literal to look for, and so is looked at for every line.
        package var isUnfiltered: Bool
    }

    package struct Rejected: Sendable, Encodable {
        package var reason: SigmaRejection.Reason
        package var detail: String
        package var line: Int
        package var title: String?
        package var id: String?
    }

    package var files: [File] = []
    package var loaded: Int { files.reduce(0) { $0 + $1.rules.count } }
    package var rejected: Int { files.reduce(0) { $0 + $1.rejected.count } }
    package var forNoSource: Int { files.reduce(0) { $0 + $1.rules.count { $0.isForNoSource } } }

    package var rejectedByReason: [SigmaRejection.Reason: Int] {
        Dictionary(grouping: files.flatMap(\.rejected), by: \.reason).mapValues(\.count)
    }

    /// - Parameter targets: every kind of source that events can come from.
    package init(_ set: SigmaRuleSet, targets: [SigmaTarget]) {
        var indices: [String: Int] = [:]
        for path in set.files where indices[path] == nil {
            indices[path] = files.count
            files.append(File(path: path, rules: [], rejected: []))
        }
        var fits = set.rules.map { rule in targets.contains { $0.fits(rule.logSource) } }
        for (index, rule) in set.rules.enumerated() {
            guard let file = indices[rule.info.file] else { continue }
            files[file].rules.append(
                Rule(
                    rule.info, source: rule.logSource.description, isForNoSource: !fits[index],
                    isUnfiltered: NecessaryLiterals(rule.expression) == nil))
        }
        // Correlations come after what they refer to. One whose rules can't all run can still count those that do.
        for correlation in set.correlations {
            let runs = correlation.references.contains { reference in
                switch reference {
                case .rule(let index): fits[index]
                case .correlation(let index): fits[set.rules.count + index]
                }
            }
            fits.append(runs)
            guard let file = indices[correlation.info.file] else { continue }
            files[file].rules.append(Rule(correlation.info, source: correlation.kind.rawValue, isCorrelation: true, isForNoSource: !runs))
        }
        for rejection in set.rejected {
            guard let file = indices[rejection.file] else { continue }
            files[file].rejected.append(
                Rejected(reason: rejection.reason, detail: rejection.detail, line: rejection.line, title: rejection.title, id: rejection.id))
        }
    }
}

extension SigmaCheckReport.Rule {
    fileprivate init(_ info: SigmaRuleInfo, source: String, isCorrelation: Bool = false, isForNoSource: Bool, isUnfiltered: Bool = false) {
        self.init(
            id: info.id, title: info.title, author: info.author, level: info.level?.rawValue, techniques: info.techniques, source: source,
            line: info.line,
            isCorrelation: isCorrelation, isForNoSource: isForNoSource, isUnfiltered: isUnfiltered)
    }
}
