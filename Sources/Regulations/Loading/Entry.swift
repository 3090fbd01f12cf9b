import Findings
import Yams

/// A node of a catalogue file that knows where it stands, and complains there.
struct Entry {
    let node: Node
    /// `MGT-01.title`
    let key: String
    let file: String
    let log: ProblemLog

    var line: Int? { node.mark?.line }

    func complain(_ problem: String) { log.add(file: file, line: line, key: key, problem) }

    func optional(_ name: String) -> Entry? {
        guard let child = node.mapping?[Node(name)] else { return nil }
        return Entry(node: child, key: key.isEmpty ? name : "\(key).\(name)", file: file, log: log)
    }

    func required(_ name: String) -> Entry? {
        if let child = optional(name) { return child }
        complain("lacks '\(name)'")
        return nil
    }

    /// The mapping's keys and values; complains, and is empty, when this is no mapping.
    var pairs: [(name: String, value: Entry)] {
        guard let mapping = node.mapping else {
            complain("must be a mapping")
            return []
        }
        return mapping.compactMap { pair in
            guard let name = pair.key.string else {
                complain("has a key that is no text")
                return nil
            }
            // Complaints about a value point at the line of its key.
            let value = Entry(node: pair.value, key: key.isEmpty ? name : "\(key).\(name)", file: file, log: log)
            return (name, value)
        }
    }

    var elements: [Entry] {
        guard let sequence = node.sequence else {
            complain("must be a list")
            return []
        }
        return sequence.map { Entry(node: $0, key: key, file: file, log: log) }
    }

    /// Complains about every key that isn't known, so that a slip of the pen doesn't switch a rule off.
    func allow(_ names: Set<String>) {
        for (name, value) in pairs where !names.contains(name) {
            value.complain("isn't known here; there are \(names.sorted().joined(separator: ", "))")
        }
    }

    var text: String? {
        guard let scalar = node.scalar?.string, !scalar.isEmpty else {
            complain("must be text")
            return nil
        }
        return scalar
    }

    var isNull: Bool { node.scalar.map { ["null", "~", ""].contains($0.string) } ?? false }

    var number: Int? {
        guard let text, let number = Int(text.filter { $0 != "_" }), number >= 0 else {
            complain("must be a whole number")
            return nil
        }
        return number
    }

    var day: CalendarDay? {
        guard let text, let day = CalendarDay(text) else {
            complain("must be a day such as 2025-12-31")
            return nil
        }
        return day
    }

    /// `{zh: …, en: …}`, both present.
    var localized: LocalizedText? {
        allow(["zh", "en"])
        let zh = required("zh")?.text
        let en = required("en")?.text
        guard let zh, let en else { return nil }
        return LocalizedText(zh: zh, en: en)
    }

    var texts: [String] { elements.compactMap(\.text) }

    func choice<Choice: RawRepresentable & CaseIterable>(_: Choice.Type) -> Choice? where Choice.RawValue == String {
        guard let text else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        complain("is '\(text)'; there are \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        return nil
    }

    func condition(_ thresholds: Thresholds) -> Applicability? {
        guard let text else { return nil }
        do {
            return try Applicability.parse(text, thresholds: thresholds)
        } catch {
            complain(error.problem)
            return nil
        }
    }
}
