import Glibc

/// The paths of the values in a file's objects, as a tree: `patient.phone` for a member of a member, `tags[]` for the elements of an array.
struct JSONPaths {
    struct Node {
        /// The key's bytes in ``keys``, as the file writes them between quotation marks.
        var key: Range<Int>
        var firstChild = -1
        var nextSibling = -1
        /// Of the children of an object, the one that is expected next.
        var expected = -1
        /// What the elements of an array are.
        var element = -1
        /// The column of its values, once columns are made; -1 for none.
        var column = -1
        var hasValues = false
        var hasNulls = false
        let name: String
        var childCount = 0
    }

    static let columnLimit = 4_096
    /// Nodes with less children are searched one by one.
    private static let searchLimit = 12

    private(set) var nodes: [Node] = [Node(key: 0..<0, name: "")]
    private var keys: [UInt8] = []
    /// For nodes with many children: by node and hash of the key.
    private var lookup: [Key: Int] = [:]

    private struct Key: Hashable {
        var node: Int
        var hash: UInt64
    }

    static let root = 0

    /// The child of `node` under `key`; -1 when there is none.
    @inline(__always)
    mutating func child(of node: Int, _ key: UnsafeRawBufferPointer) -> Int {
        // Most objects have the same keys in the same order.
        let expected = nodes[node].expected
        if expected >= 0, isKey(expected, key) {
            nodes[node].expected = nodes[expected].nextSibling >= 0 ? nodes[expected].nextSibling : nodes[node].firstChild
            return expected
        }
        let found = find(node, key)
        if found >= 0 { nodes[node].expected = nodes[found].nextSibling >= 0 ? nodes[found].nextSibling : nodes[node].firstChild }
        return found
    }

    private func find(_ node: Int, _ key: UnsafeRawBufferPointer) -> Int {
        if nodes[node].childCount > Self.searchLimit {
            guard let found = lookup[Key(node: node, hash: Self.hash(key))] else { return -1 }
            if isKey(found, key) { return found }
        }
        var child = nodes[node].firstChild
        while child >= 0, !isKey(child, key) { child = nodes[child].nextSibling }
        return child
    }

    @inline(__always)
    private func isKey(_ node: Int, _ key: UnsafeRawBufferPointer) -> Bool {
        let range = nodes[node].key
        guard range.count == key.count else { return false }
        guard let base = key.baseAddress, !range.isEmpty else { return true }
        return keys.withUnsafeBytes { keys in keys.baseAddress.map { memcmp($0 + range.lowerBound, base, range.count) == 0 } ?? false }
    }

    private static func hash(_ key: UnsafeRawBufferPointer) -> UInt64 {
        key.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    // MARK: Learning

    /// Whether further paths can be learnt.
    private var isFull: Bool { nodes.count > 2 * Self.columnLimit }

    /// Adds a child; -1 when there are too many paths.
    mutating func addChild(of node: Int, _ key: UnsafeRawBufferPointer) -> Int {
        guard !isFull else { return -1 }
        let name = String(JSONString.text(key).prefix(200))
        let start = keys.count
        keys.append(contentsOf: key)
        let new = nodes.count
        nodes.append(Node(key: start..<keys.count, name: nodes[node].name.isEmpty ? name : "\(nodes[node].name).\(name)"))
        if nodes[node].firstChild < 0 {
            nodes[node].firstChild = new
        } else {
            var last = nodes[node].firstChild
            while nodes[last].nextSibling >= 0 { last = nodes[last].nextSibling }
            nodes[last].nextSibling = new
        }
        nodes[node].childCount += 1
        lookup[Key(node: node, hash: Self.hash(key))] = new
        return new
    }

    /// The node of an array's elements; -1 when there is none, and none can be added.
    mutating func element(of node: Int, adding: Bool) -> Int {
        if nodes[node].element < 0, adding, !isFull {
            nodes[node].element = nodes.count
            nodes.append(Node(key: 0..<0, name: nodes[node].name + "[]"))
        }
        return nodes[node].element
    }

    mutating func noteValue(_ node: Int) { nodes[node].hasValues = true }
    mutating func noteNull(_ node: Int) { nodes[node].hasNulls = true }

    /// Gives each path that has values a column, and so one that was only ever null; their names, in the order of their first appearance.
    mutating func makeColumns() -> [String] {
        var names: [String] = []
        for index in nodes.indices.dropFirst() where names.count < Self.columnLimit {
            let node = nodes[index]
            let isInner = node.firstChild >= 0 || node.element >= 0
            guard node.hasValues || (node.hasNulls && !isInner) else { continue }
            nodes[index].column = names.count
            names.append(node.name)
        }
        return HeaderRow.unique(names.enumerated().map { $1.isEmpty ? "column_\($0 + 1)" : $1 })
    }
}
