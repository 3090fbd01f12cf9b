import Network
import Yams

/// Checks a YAML tree against a ``SchemaNode`` and collects every error with its line and key.
struct EstateValidator {
    let file: String
    private(set) var errors: [EstateError] = []
    private var visited = 0

    /// Aliases make a small file describe an endless tree; nothing that a person declares is this large.
    private static let nodeLimit = 200_000

    init(file: String) { self.file = file }

    mutating func check(_ node: Node, against schema: SchemaNode, key: String = "") {
        visited += 1
        guard visited <= Self.nodeLimit else {
            if visited == Self.nodeLimit + 1 { fail(node, key, "the file describes more than \(Self.nodeLimit) values; check its aliases") }
            return
        }
        switch schema {
        case .object(let fields): checkObject(node, fields, key)
        case .list(let element, let count):
            guard let sequence = node.sequence else { return fail(node, key, "expected a list (lines that begin with '- ')") }
            if let count, !count.contains(sequence.count) {
                let wanted = count.lowerBound == count.upperBound ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
                fail(node, key, "holds \(sequence.count) entries; expected \(wanted)")
            }
            for (index, entry) in sequence.enumerated() { check(entry, against: element, key: "\(key)[\(index)]") }
        case .dictionary(let keys):
            guard let mapping = node.mapping else { return fail(node, key, "expected keys with values") }
            for (name, value) in mapping {
                let name = name.string ?? ""
                if !keys.contains(name) { fail(value, join(key, name), "unknown key; expected one of \(keys.joined(separator: ", "))") }
                if text(value) == nil { fail(value, join(key, name), "expected text") }
            }
        case .string(let form):
            guard let text = text(node) else { return fail(node, key, "expected text") }
            if let problem = form.problem(with: text) { fail(node, key, problem) }
        case .integer(let range):
            guard let value = node.int else { return fail(node, key, "expected a whole number") }
            if !range.contains(value) { fail(node, key, "\(value) is not between \(range.lowerBound) and \(range.upperBound)") }
        case .boolean:
            if node.bool == nil { fail(node, key, "expected true or false") }
        }
    }

    private mutating func checkObject(_ node: Node, _ fields: [SchemaField], _ key: String) {
        guard let mapping = node.mapping else { return fail(node, key, "expected keys with values") }
        for (name, value) in mapping {
            guard let name = name.string else {
                fail(value, key, "a key must be text")
                continue
            }
            guard let field = fields.first(where: { $0.key == name }) else {
                let near = Self.nearest(to: name, among: fields.map(\.key)).map { "; did you mean \($0)?" } ?? ""
                fail(value, join(key, name), "unknown key\(near)")
                continue
            }
            check(value, against: field.node, key: join(key, name))
        }
        for field in fields where field.isRequired && mapping[field.key] == nil {
            fail(node, join(key, field.key), "is missing. \(field.note)")
        }
    }

    /// A scalar as it was written: `yes` or `2026-01-01` are text where text is expected.
    private func text(_ node: Node) -> String? {
        guard let scalar = node.scalar, !scalar.string.isEmpty else { return nil }
        return scalar.string
    }

    private mutating func fail(_ node: Node, _ key: String, _ problem: String) {
        errors.append(EstateError(file: file, line: node.mark?.line, key: key, problem: problem))
    }

    private func join(_ key: String, _ name: String) -> String { key.isEmpty ? name : "\(key).\(name)" }

    private static func nearest(to name: String, among keys: [String]) -> String? {
        let wanted = name.lowercased().filter(\.isLetter)
        return keys.first { $0.lowercased() == wanted || $0.lowercased().hasPrefix(wanted) || wanted.hasPrefix($0.lowercased()) }
    }
}
