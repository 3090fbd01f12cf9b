import Foundation
import Probes
import Yams

/// A tree of JSON or YAML with its members in order and by name. Numbers and booleans are kept as they are written: a description of interfaces
/// needs no arithmetic.
package indirect enum DocumentNode: Sendable {
    case scalar(String)
    case list([DocumentNode])
    case mapping(Mapping)

    package struct Mapping: Sendable {
        package let members: [(key: String, value: DocumentNode)]
        private let places: [String: Int]

        init(_ members: [(key: String, value: DocumentNode)]) {
            self.members = members
            places = Dictionary(members.indices.map { (members[$0].key, $0) }) { first, _ in first }
        }

        package subscript(key: String) -> DocumentNode? { places[key].map { members[$0].value } }
    }

    package enum ReadError: String, Error, Hashable, Sendable {
        case tooLarge = "too-large"
        case notReadable = "not-readable"
        /// YAML anchors make a small file describe an endless tree; no description of interfaces needs them.
        case aliases
    }

    /// Bytes of a document.
    package static let sizeLimit = 8 << 20
    private static let deepest = 64
    private static let mostNodes = 2_000_000

    package static func read(_ bytes: [UInt8]) -> Result<DocumentNode, ReadError> {
        guard bytes.count < sizeLimit else { return .failure(.tooLarge) }
        let start = bytes.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 && $0 < 0x80 }
        if start == UInt8(ascii: "{"), let json = JSON.read(bytes) { return DocumentNode(json).map { .success($0) } ?? .failure(.notReadable) }
        guard !YAMLAliases.areUsed(in: bytes) else { return .failure(.aliases) }
        guard let text = String(validating: bytes, as: UTF8.self), let root = try? Yams.compose(yaml: text) else { return .failure(.notReadable) }
        var nodes = 0
        guard let tree = DocumentNode(root, depth: 0, nodes: &nodes) else { return .failure(nodes > mostNodes ? .tooLarge : .notReadable) }
        return .success(tree)
    }

    private init?(_ json: JSON) {
        switch json {
        case .null: self = .scalar("")
        case .bool(let value): self = .scalar(value ? "true" : "false")
        case .number(let value): self = .scalar(Int(exactly: value).map(String.init) ?? String(value))
        case .string(let value): self = .scalar(value)
        case .array(let elements): self = .list(elements.compactMap(DocumentNode.init))
        case .object(let members): self = .mapping(Mapping(members.compactMap { key, value in DocumentNode(value).map { (key, $0) } }))
        }
    }

    private init?(_ node: Node, depth: Int, nodes: inout Int) {
        nodes += 1
        guard depth < Self.deepest, nodes <= Self.mostNodes else { return nil }
        switch node {
        case .scalar(let scalar): self = .scalar(scalar.string)
        case .sequence(let sequence):
            var list: [DocumentNode] = []
            for element in sequence {
                guard let value = DocumentNode(element, depth: depth + 1, nodes: &nodes) else { return nil }
                list.append(value)
            }
            self = .list(list)
        case .mapping(let mapping):
            var members: [(key: String, value: DocumentNode)] = []
            for (key, value) in mapping {
                guard let key = key.scalar?.string, let value = DocumentNode(value, depth: depth + 1, nodes: &nodes) else { return nil }
                members.append((key, value))
            }
            self = .mapping(Mapping(members))
        case .alias: return nil
        }
    }
}

extension DocumentNode {
    package subscript(key: String) -> DocumentNode? {
        guard case .mapping(let mapping) = self else { return nil }
        return mapping[key]
    }

    var members: [(key: String, value: DocumentNode)] {
        guard case .mapping(let mapping) = self else { return [] }
        return mapping.members
    }

    var elements: [DocumentNode] {
        guard case .list(let list) = self else { return [] }
        return list
    }

    /// As it is written; nil for lists and mappings.
    package var text: String? {
        guard case .scalar(let text) = self else { return nil }
        return text
    }

    var isTrue: Bool { text == "true" }

    /// Follows `$ref` as far as it stays in this document (RFC 6901), in so many steps at most; nil when it leads elsewhere, nowhere, or in circles.
    func resolved(in root: DocumentNode) -> DocumentNode? {
        var node = self
        for _ in 0..<16 {
            guard let reference = node["$ref"]?.text else { return node }
            guard reference.hasPrefix("#/"), let target = root.target(of: reference.dropFirst(2)) else { return nil }
            node = target
        }
        return nil
    }

    private func target(of pointer: Substring) -> DocumentNode? {
        let parts = pointer.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 16 else { return nil }
        var node = self
        for part in parts {
            let name = (String(part).removingPercentEncoding ?? String(part)).replacing("~1", with: "/").replacing("~0", with: "~")
            if let next = node[name] {
                node = next
            } else if let index = Int(name), node.elements.indices.contains(index) {
                node = node.elements[index]
            } else {
                return nil
            }
        }
        return node
    }
}
