import Yams

/// A YAML document as plain values that know their lines, with bounds that hold however its anchors are knotted.
indirect enum SigmaNode: Sendable {
    struct Scalar: Sendable {
        var text: String
        /// Without quotes: a number, a truth value or null may be meant.
        var isPlain: Bool
        var line: Int
    }

    case scalar(Scalar)
    case list([SigmaNode], line: Int)
    case map([(key: Scalar, value: SigmaNode)], line: Int)

    var line: Int {
        switch self {
        case .scalar(let scalar): scalar.line
        case .list(_, let line), .map(_, let line): line
        }
    }

    /// The documents of a file. What comes after a fault in the YAML can't be told apart from it: the fault is the last result then.
    static func documents(of text: String) -> [Result<SigmaNode, SigmaRejection>] {
        guard isShallow(text) else { return [.failure(SigmaRejection(.invalidYAML, "nested too deep"))] }
        var documents: [Result<SigmaNode, SigmaRejection>] = []
        do {
            // Without a resolver of tags: every scalar is read as text, and what it means depends on its place.
            let parser = try Parser(yaml: text, resolver: .basic)
            while let node = try parser.nextRoot() {
                do throws(SigmaRejection) {
                    var budget = SigmaLimits.nodes
                    documents.append(.success(try convert(node, depth: 0, &budget)))
                } catch {
                    documents.append(.failure(error))
                }
                if documents.count >= SigmaLimits.rules { break }
            }
        } catch {
            documents.append(.failure(rejection(error)))
        }
        return documents
    }

    /// The parser recurses along the nesting: what nests only to nest is refused before.
    private static func isShallow(_ text: String) -> Bool {
        var dashes = 0
        var brackets = 0
        for byte in text.utf8 {
            switch byte {
            case 0x2D: dashes += 1
            case 0x5B, 0x7B: brackets += 1
            case 0x20: continue
            default: (dashes, brackets) = (0, 0)
            }
            if brackets > 100 || dashes > 1_000 { return false }
        }
        return true
    }

    private static func rejection(_ error: any Error) -> SigmaRejection {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            SigmaRejection(.invalidYAML, problem, line: mark.line)
        case .duplicatedKeysInMapping(let keys, let context):
            SigmaRejection(.invalidYAML, "a key stands twice: \(keys.first ?? "")", line: context.mark.line)
        default: SigmaRejection(.invalidYAML)
        }
    }

    private static func convert(_ node: Node, depth: Int, _ budget: inout Int) throws(SigmaRejection) -> SigmaNode {
        let line = node.mark?.line ?? 0
        budget -= 1
        guard depth <= SigmaLimits.depth else { throw SigmaRejection(.invalidYAML, "nested too deep", line: line) }
        guard budget > 0 else { throw SigmaRejection(.invalidYAML, "more than \(SigmaLimits.nodes) values", line: line) }
        switch node {
        case .scalar(let value): return .scalar(scalar(value, line))
        case .sequence(let sequence):
            var values: [SigmaNode] = []
            for node in sequence { values.append(try convert(node, depth: depth + 1, &budget)) }
            return .list(values, line: line)
        case .mapping(let mapping):
            var members: [(key: Scalar, value: SigmaNode)] = []
            for (key, value) in mapping {
                guard case .scalar(let name) = key else { throw SigmaRejection(.invalidYAML, "a key that is no text", line: line) }
                members.append((scalar(name, key.mark?.line ?? line), try convert(value, depth: depth + 1, &budget)))
            }
            return .map(members, line: line)
        case .alias: throw SigmaRejection(.invalidYAML, "an alias without its anchor", line: line)
        }
    }

    private static func scalar(_ scalar: Node.Scalar, _ line: Int) -> Scalar {
        Scalar(text: scalar.string, isPlain: scalar.style == .plain || scalar.style == .any, line: line)
    }
}

extension SigmaNode.Scalar {
    var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(text) }

    var boolean: Bool? {
        switch text.lowercased() {
        case "true", "yes", "on": true
        case "false", "no", "off": false
        default: nil
        }
    }

    /// YAML 1.2's integers (core schema), in decimal and hexadecimal. A leading zero makes text: `0644` is eight-based to some readers.
    var integer: Int64? {
        guard isPlain else { return nil }
        let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text[...]
        if digits.hasPrefix("0x") { return text.first == "0" ? Int64(text.dropFirst(2), radix: 16) : nil }
        guard digits == "0" || (digits.first != "0" && !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }
}
