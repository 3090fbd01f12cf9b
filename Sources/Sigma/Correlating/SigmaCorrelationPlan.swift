/// Which fields to take from an event that a rule matched. Immutable; shared by all threads.
package final class SigmaCorrelationPlan: Sendable {
    struct Field: Sendable {
        var known: SigmaField?
        var name: [UInt8]

        init(_ text: String) {
            known = SigmaField.named(text)
            name = Array(text.utf8)
        }
    }

    struct Part: Sendable {
        var correlation: Int32
        var position: Int16
        var groupBy: [Field]
        var fields: [Field]
        var isSum: Bool
    }

    /// By rule.
    private let parts: [[Part]]

    package init(_ set: SigmaRuleSet) {
        // Correlations stand after those they refer to, so one pass finds every way up.
        var reached: [[Int: Set<Int>]] = Array(repeating: [:], count: set.rules.count)
        var parts: [[Part]] = Array(repeating: [], count: set.rules.count)
        for (index, correlation) in set.correlations.enumerated() {
            var direct: Set<Int> = []
            for (position, reference) in correlation.references.enumerated() {
                switch reference {
                case .rule(let rule):
                    direct.insert(rule)
                    reached[rule][index, default: []].insert(position)
                    let names = [set.rules[rule].info.name, set.rules[rule].info.id].compactMap { $0 }
                    parts[rule].append(SigmaCorrelationPlan.part(correlation, index, position: position, names))
                case .correlation(let below):
                    for rule in set.rules.indices where reached[rule][below] != nil {
                        let isNew = reached[rule][index] == nil
                        reached[rule][index, default: []].insert(position)
                        guard isNew, !direct.contains(rule) else { continue }
                        let info = set.correlations[below].info
                        let names = [info.name, info.id, set.rules[rule].info.name, set.rules[rule].info.id].compactMap { $0 }
                        parts[rule].append(SigmaCorrelationPlan.part(correlation, index, position: -1, names))
                    }
                }
            }
        }
        self.parts = parts
    }

    private static func part(_ correlation: SigmaCorrelation, _ index: Int, position: Int, _ names: [String]) -> Part {
        func resolve(_ field: String) -> Field {
            let alias = correlation.aliases[field]
            return Field(names.lazy.compactMap { alias?[$0] }.first ?? field)
        }
        return Part(
            correlation: Int32(clamping: index), position: Int16(clamping: position), groupBy: correlation.groupBy.map(resolve),
            fields: correlation.fields.map(resolve), isSum: correlation.kind == .valueSum)
    }

    /// Whether a rule's matches are wanted at all.
    package func wants(_ rule: Int) -> Bool { rule < parts.count && !parts[rule].isEmpty }

    /// What correlations need of an event that `rule` matched; nil when there is nothing.
    ///
    /// An event without one of the fields that a correlation groups by belongs to none of its groups, and doesn't count.
    package func occurrence<Event: SigmaEvent>(of rule: Int, in event: Event, at time: Int64) -> SigmaOccurrence? {
        guard wants(rule) else { return nil }
        var taken: [SigmaOccurrence.Part] = []
        for part in parts[rule] {
            var group: [[UInt8]] = []
            for field in part.groupBy {
                guard let value = SigmaCorrelationPlan.bytes(of: field, event, { SigmaGroup.bounded($0) }) else { break }
                group.append(value)
            }
            guard group.count == part.groupBy.count else { continue }
            taken.append(
                SigmaOccurrence.Part(
                    correlation: part.correlation, position: part.position, group: SigmaGroup(values: group),
                    value: SigmaCorrelationPlan.value(part, event)))
        }
        return taken.isEmpty ? nil : SigmaOccurrence(rule: rule, time: time, parts: taken)
    }

    private static func value<Event: SigmaEvent>(_ part: Part, _ event: Event) -> Int64? {
        guard let first = part.fields.first else { return nil }
        if part.isSum {
            switch fetch(first, event) {
            case .absent: return nil
            case .integer(let integer): return integer
            case .bytes(let text): return ByteMatching.integer(text)
            }
        }
        var hash = StableHash()
        for field in part.fields {
            guard bytes(of: field, event, { hash.add($0) }) != nil else { return nil }
        }
        return Int64(bitPattern: hash.value)
    }

    private static func fetch<Event: SigmaEvent>(_ field: Field, _ event: Event) -> SigmaValue {
        if let known = field.known { return event.value(of: known) }
        // The value's buffer is the event's, not the name's.
        return field.name.withUnsafeBytes { event.value(named: $0) }
    }

    private static func bytes<Event: SigmaEvent, Result>(
        of field: Field, _ event: Event, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result? {
        switch fetch(field, event) {
        case .absent: return nil
        case .bytes(let text): return body(text)
        case .integer(let integer):
            var text = String(integer)
            return text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
        }
    }
}
