/// Rules and correlations of some files: what loaded, and what was refused and why.
package struct SigmaRuleSet: Sendable {
    package private(set) var rules: [SigmaRule] = []
    package private(set) var correlations: [SigmaCorrelation] = []
    package private(set) var rejected: [SigmaRejection] = []
    /// Every file that was looked at, in the order of its path.
    package private(set) var files: [String] = []

    package init() {}

    /// - Parameter sources: file names (for messages only) and their texts. Correlations may refer to rules of any of them.
    package init(_ sources: [(file: String, text: String)]) {
        self.init(sources.map { Source(file: $0.file, content: .success($0.text)) })
    }

    struct Source {
        var file: String
        var content: Result<String, SigmaRejection>
    }

    init(_ sources: [Source]) {
        var drafts: [CorrelationDraft] = []
        var ids: [String: SigmaRuleInfo] = [:]
        var names: [String: SigmaRuleInfo] = [:]
        for source in sources {
            files.append(source.file)
            switch source.content {
            case .failure(let rejection): reject(rejection, in: source.file, SigmaRuleInfo())
            case .success(let text):
                for document in SigmaNode.documents(of: text) { read(document, source.file, &drafts, &ids, &names) }
            }
        }
        resolve(drafts)
        mark()
    }

    private mutating func reject(_ rejection: SigmaRejection, in file: String, _ info: SigmaRuleInfo) {
        var rejection = rejection
        rejection.file = file
        rejection.title = info.title.isEmpty ? nil : info.title
        rejection.id = info.id.isEmpty ? nil : info.id
        rejected.append(rejection)
    }

    private mutating func read(
        _ document: Result<SigmaNode, SigmaRejection>, _ file: String, _ drafts: inout [CorrelationDraft], _ ids: inout [String: SigmaRuleInfo],
        _ names: inout [String: SigmaRuleInfo]
    ) {
        var info = SigmaRuleInfo()
        do throws(SigmaRejection) {
            let read = try RuleReader.read(document.get(), file: file, &info)
            guard rules.count + drafts.count < SigmaLimits.rules else {
                throw SigmaRejection(.tooManyRules, "more than \(SigmaLimits.rules)", line: info.line)
            }
            if !info.id.isEmpty, let first = ids[info.id] {
                throw SigmaRejection(.duplicateID, "\(info.id), first in \(first.file):\(first.line)", line: info.line)
            }
            if let name = info.name, let first = names[name] {
                throw SigmaRejection(.duplicateName, "\(name), first in \(first.file):\(first.line)", line: info.line)
            }
            if case .rule(let rule) = read {
                // Compiled here to see whether it can be, and compiled again for each kind of source.
                var program = SigmaProgram()
                do throws(SigmaProgram.TooLarge) {
                    _ = try program.add(rule.expression)
                } catch {
                    throw SigmaRejection(.condition, "more than \(SigmaLimits.steps) steps", line: info.line)
                }
            }
            if !info.id.isEmpty { ids[info.id] = info }
            if let name = info.name { names[name] = info }
            switch read {
            case .rule(let rule): rules.append(rule)
            case .correlation(let draft): drafts.append(draft)
            }
        } catch {
            reject(error, in: file, info)
        }
    }

    // MARK: Correlations

    /// Looks up what correlations refer to: rules first, then correlations on those, until nothing more resolves.
    private mutating func resolve(_ drafts: [CorrelationDraft]) {
        var found: [String: SigmaCorrelation.Reference] = [:]
        for (index, rule) in rules.enumerated() { SigmaRuleSet.enter(rule.info, .rule(index), &found) }
        var waiting = drafts
        var silenced: Set<SigmaCorrelation.Reference> = []
        var wanted: Set<SigmaCorrelation.Reference> = []
        while !waiting.isEmpty {
            var left: [CorrelationDraft] = []
            for draft in waiting {
                let references = draft.references.compactMap { found[$0.text] }
                guard references.count == draft.references.count else {
                    left.append(draft)
                    continue
                }
                do throws(SigmaRejection) {
                    try check(draft, references)
                    SigmaRuleSet.enter(draft.info, .correlation(correlations.count), &found)
                    correlations.append(
                        SigmaCorrelation(
                            info: draft.info, kind: draft.kind, references: references, groupBy: draft.groupBy, timespan: draft.timespan,
                            condition: draft.condition, fields: draft.fields, aliases: draft.aliases))
                    if draft.generates { wanted.formUnion(references) } else { silenced.formUnion(references) }
                } catch {
                    reject(error, in: draft.info.file, draft.info)
                }
            }
            guard left.count < waiting.count else {
                rejectUnresolved(left, found)
                break
            }
            waiting = left
        }
        for reference in silenced.subtracting(wanted) {
            switch reference {
            case .rule(let index): rules[index].reportsMatches = false
            case .correlation(let index): correlations[index].reportsMatches = false
            }
        }
    }

    private static func enter(_ info: SigmaRuleInfo, _ reference: SigmaCorrelation.Reference, _ found: inout [String: SigmaCorrelation.Reference]) {
        if !info.id.isEmpty { found[info.id] = reference }
        if let name = info.name, found[name] == nil { found[name] = reference }
    }

    private func check(_ draft: CorrelationDraft, _ references: [SigmaCorrelation.Reference]) throws(SigmaRejection) {
        for reference in references {
            guard case .correlation(let index) = reference else { continue }
            // A count that must stay small is known only when its window closes: too late to be an event of another correlation.
            guard correlations[index].condition.isGrowing else {
                throw SigmaRejection(.correlationReference, "a correlation of one whose condition is lt, lte, eq or neq", line: draft.line)
            }
        }
    }

    private mutating func rejectUnresolved(_ drafts: [CorrelationDraft], _ found: [String: SigmaCorrelation.Reference]) {
        let waiting = Set(drafts.flatMap { [$0.info.id, $0.info.name ?? ""] }.filter { !$0.isEmpty })
        for draft in drafts {
            let missing =
                draft.references.first { found[$0.text] == nil && !waiting.contains($0.text) } ?? draft.references.first { found[$0.text] == nil }
            guard let missing else { continue }
            let why =
                waiting.contains(missing.text) ? "goes round in a circle, or hangs on one that was refused" : "no rule of this id or name was loaded"
            reject(SigmaRejection(.correlationReference, "\(missing.text): \(why)", line: missing.line), in: draft.info.file, draft.info)
        }
    }

    /// Rules whose matches a correlation waits for.
    private mutating func mark() {
        for correlation in correlations {
            for case .rule(let index) in correlation.references { rules[index].feedsCorrelation = true }
        }
    }
}
