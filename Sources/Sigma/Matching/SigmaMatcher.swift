package import Patterns

/// The rules that fit one kind of source, compiled. Immutable; shared by all threads, each of which brings its own ``SigmaScanner``.
///
/// A rule is looked at only for lines that hold one of its literals (a necessary condition, found for all rules in one pass over the bytes),
/// or, for the few rules that have none, for every line.
package final class SigmaMatcher: Sendable {
    /// The rules, by their index in ``SigmaRuleSet/rules``.
    package let rules: [Int]
    /// What to look for in a line: ids count from 0. At least one literal of a rule stands in every line that the rule matches, provided that every
    /// value that the event gives stands so in the text that is scanned. Where a format decodes values (JSON's escapes, auditd's hexadecimal), scan
    /// the decoded values too, or ask ``SigmaScanner/considerAll()``.
    package let literals: [PatternSet.Literal]
    /// How many rules are looked at for every line.
    package var unfilteredCount: Int { unfiltered.count }
    package var isEmpty: Bool { rules.isEmpty }

    package let tables: ProgramTables
    /// By local rule index.
    package let entries: [Int32]
    /// Local rule → its service's name among the tables' bytes, or -1.
    package let services: [Int32]
    let unfiltered: [UInt32]
    /// Literal id → local rules.
    let rulesOfLiteral: [[UInt32]]
    let prefilter: PatternSet

    /// - Throws: ``PatternSet/CompileError`` when the literals don't compile, or the rules are too many.
    package init(_ set: SigmaRuleSet, for target: SigmaTarget) throws(PatternSet.CompileError) {
        var program = SigmaProgram()
        var rules: [Int] = []
        var entries: [Int32] = []
        var services: [Int32] = []
        var unfiltered: [UInt32] = []
        var ids: [[UInt8]: Int] = [:]
        var literals: [PatternSet.Literal] = []
        var rulesOfLiteral: [[UInt32]] = []
        for (index, rule) in set.rules.enumerated() where target.fits(rule.logSource) && (rule.reportsMatches || rule.feedsCorrelation) {
            let entry: Int32
            do throws(SigmaProgram.TooLarge) {
                entry = try program.add(rule.expression)
            } catch {
                // Each fits by itself, or it had not been loaded.
                throw PatternSet.CompileError(description: "too many rules for one kind of source: \(rules.count) fit")
            }
            let local = UInt32(clamping: rules.count)
            rules.append(index)
            entries.append(entry)
            services.append(rule.logSource.service.map { Int32(program.index(of: .named($0))) } ?? -1)
            guard let necessary = NecessaryLiterals(rule.expression) else {
                unfiltered.append(local)
                continue
            }
            for literal in necessary.literals.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
                let id = ids[literal] ?? literals.count
                if id == literals.count {
                    ids[literal] = id
                    literals.append(PatternSet.Literal(bytes: literal, id: UInt32(clamping: id), ignoresCase: true))
                    rulesOfLiteral.append([])
                }
                rulesOfLiteral[id].append(local)
            }
        }
        self.rules = rules
        self.entries = entries
        self.services = services
        self.unfiltered = unfiltered
        self.literals = literals
        self.rulesOfLiteral = rulesOfLiteral
        tables = ProgramTables(program)
        prefilter = try PatternSet(literals)
    }

    /// Calls `found` with the index (in ``SigmaRuleSet/rules``) of each rule among the scanner's candidates that the event matches.
    @inlinable
    package func match<Event: SigmaEvent>(_ event: Event, _ scanner: SigmaScanner, _ found: (Int) -> Void) {
        for index in 0..<scanner.candidateCount {
            let local = Int(scanner.candidates[index])
            if evaluate(local, event, scanner.scratch) { found(rules[local]) }
        }
    }

    @inlinable
    package func evaluate<Event: SigmaEvent>(_ local: Int, _ event: Event, _ scratch: PatternScratch) -> Bool {
        var step = entries[local]
        while step >= 0 {
            let current = tables.steps[Int(step)]
            let test = tables.tests + Int(current.test)
            let other = test.pointee.kind == .field ? value(of: test.pointee.other, event) : .absent
            let holds = tables.check(test, value(of: test.pointee.field, event), other: other, scratch)
            step = holds ? current.onTrue : current.onFalse
        }
        guard step == SigmaProgram.matched else { return false }
        let service = services[local]
        return service < 0 || event.isOf(service: tables.name(UInt16(truncatingIfNeeded: service)))
    }

    @inlinable @inline(__always)
    package func value<Event: SigmaEvent>(of field: UInt16, _ event: Event) -> SigmaValue {
        if field == SigmaProgram.rawLine { return .bytes(event.rawLine) }
        if let known = SigmaField(rawValue: UInt8(truncatingIfNeeded: field)), field < SigmaProgram.firstName { return event.value(of: known) }
        return event.value(named: tables.name(field))
    }
}
