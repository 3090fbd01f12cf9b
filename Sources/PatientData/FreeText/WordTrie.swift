/// Words with their cost and tags in a trie whose edges lie in one hash table: a step is mostly one look at memory.
struct WordTrie: Sendable {
    /// A node of the trie; 0 is none.
    typealias Node = UInt32

    /// The node of each first character.
    private let firsts: [Node]
    /// node (24 bits) | unit (16 bits) | next node (24 bits); 0 is free.
    private let edges: [UInt64]
    private let mask: UInt64
    /// By node: the cost of the word that ends there; `noWord` when none does.
    private let costs: [Int16]
    private let tags: [WordTags]

    static let noWord = Int16.max

    struct Entry {
        var units: [UInt16]
        var cost: Int16
        var tags: WordTags
    }

    /// The same word may come several times: tags add up, the lowest cost counts.
    init(_ entries: [Entry]) {
        let total = entries.reduce(0) { $0 + $1.units.count }
        var size = 1024
        while size < total * 2 { size *= 2 }
        var firsts = [Node](repeating: 0, count: 65_536)
        var edges = [UInt64](repeating: 0, count: size)
        var costs: [Int16] = [WordTrie.noWord]
        var tags: [WordTags] = [[]]
        let mask = UInt64(size - 1)
        for entry in entries {
            guard let first = entry.units.first else { continue }
            if firsts[Int(first)] == 0 {
                firsts[Int(first)] = Node(costs.count)
                costs.append(WordTrie.noWord)
                tags.append([])
            }
            var node = firsts[Int(first)]
            for unit in entry.units.dropFirst() {
                let key = WordTrie.key(node, unit)
                var slot = WordTrie.hash(key) & mask
                while edges[Int(slot)] != 0, edges[Int(slot)] >> 24 != key { slot = (slot + 1) & mask }
                if edges[Int(slot)] == 0 {
                    edges[Int(slot)] = key << 24 | UInt64(costs.count)
                    costs.append(WordTrie.noWord)
                    tags.append([])
                }
                node = Node(edges[Int(slot)] & 0xFF_FFFF)
            }
            costs[Int(node)] = min(costs[Int(node)], entry.cost)
            tags[Int(node)].formUnion(entry.tags)
        }
        self.firsts = firsts
        self.edges = edges
        self.mask = mask
        self.costs = costs
        self.tags = tags
    }

    @inline(__always)
    func first(_ unit: UInt16) -> Node { firsts[Int(unit)] }

    @inline(__always)
    func next(_ node: Node, _ unit: UInt16) -> Node {
        let key = WordTrie.key(node, unit)
        var slot = WordTrie.hash(key) & mask
        while true {
            let edge = edges[Int(slot)]
            if edge == 0 { return 0 }
            if edge >> 24 == key { return Node(edge & 0xFF_FFFF) }
            slot = (slot + 1) & mask
        }
    }

    @inline(__always)
    func cost(_ node: Node) -> Int16 { costs[Int(node)] }

    @inline(__always)
    func tags(_ node: Node) -> WordTags { tags[Int(node)] }

    /// The longest word with one of `wanted` that begins at `index`, as its length; 0 when none does.
    func longest(_ wanted: WordTags, in units: [UInt16], at index: Int, before end: Int) -> Int {
        guard index < end else { return 0 }
        var node = first(units[index])
        var position = index + 1
        var length = 0
        while node != 0 {
            if !tags(node).isDisjoint(with: wanted) { length = position - index }
            guard position < end else { break }
            node = next(node, units[position])
            position += 1
        }
        return length
    }

    @inline(__always)
    private static func key(_ node: Node, _ unit: UInt16) -> UInt64 { UInt64(node) << 16 | UInt64(unit) }

    @inline(__always)
    private static func hash(_ key: UInt64) -> UInt64 {
        let product = key &* 0x9E37_79B9_7F4A_7C15
        return product ^ product >> 29
    }
}
