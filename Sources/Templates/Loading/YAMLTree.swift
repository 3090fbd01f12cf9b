import Yams

/// A YAML document as plain values, with bounds that hold however its anchors are knotted.
indirect enum YAMLTree: Sendable {
    case scalar(String)
    case list([YAMLTree])
    case map([(key: String, value: YAMLTree)])

    static let depthLimit = 40
    static let nodeLimit = 200_000

    struct Failure: Error {
        var text: String
    }

    init(parsing text: String) throws(Failure) {
        guard YAMLTree.isShallow(text) else { throw Failure(text: "nested too deep") }
        let node: Node?
        do {
            // Without a resolver of tags: every scalar is read as text, and the resolver is a dozen regular expressions a scalar.
            node = try Yams.compose(yaml: text, .basic)
        } catch let error as YamlError {
            throw Failure(text: YAMLTree.describe(error))
        } catch {
            throw Failure(text: "not YAML")
        }
        guard let node else { throw Failure(text: "empty") }
        var budget = YAMLTree.nodeLimit
        self = try YAMLTree.convert(node, depth: 0, &budget)
    }

    /// The parser recurses along the nesting: what nests only to nest is refused before.
    private static func isShallow(_ text: String) -> Bool {
        var dashes = 0
        var brackets = 0
        for byte in text.utf8 {
            switch byte {
            case 0x2D:
                dashes += 1
            case 0x5B, 0x7B: brackets += 1
            case 0x20: continue
            default:
                dashes = 0
                brackets = 0
            }
            // A line of dashes in a block of text is no nesting, but no template needs ten thousand.
            if brackets > 200 || dashes > 2_000 { return false }
        }
        return true
    }

    private static func describe(_ error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            "\(problem) (line \(mark.line))"
        case .duplicatedKeysInMapping: "a key stands twice"
        default: "not YAML"
        }
    }

    private static func convert(_ node: Node, depth: Int, _ budget: inout Int) throws(Failure) -> YAMLTree {
        budget -= 1
        guard depth <= depthLimit else { throw Failure(text: "nested too deep") }
        guard budget > 0 else { throw Failure(text: "too many values") }
        switch node {
        case .scalar(let scalar):
            let isNull = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
            return .scalar(isNull ? "" : scalar.string)
        case .sequence(let sequence):
            var values: [YAMLTree] = []
            for node in sequence { values.append(try convert(node, depth: depth + 1, &budget)) }
            return .list(values)
        case .mapping(let mapping):
            var members: [(key: String, value: YAMLTree)] = []
            for (key, value) in mapping {
                guard case .scalar(let name) = key else { throw Failure(text: "a key that is no text") }
                members.append((name.string, try convert(value, depth: depth + 1, &budget)))
            }
            return .map(members)
        case .alias: throw Failure(text: "an alias")
        }
    }

    /// Calls `body` with every scalar of the tree, keys left out.
    func visitScalars(_ body: (String) -> Void) {
        switch self {
        case .scalar(let text): body(text)
        case .list(let values): for value in values { value.visitScalars(body) }
        case .map(let members): for member in members { member.value.visitScalars(body) }
        }
    }
}
