/// The names that the lattice chose. How sure they are follows from how much dearer the words would be that they are instead.
struct NameReader {
    let units: [UInt16]
    let tokens: [WordLattice.Token]
    let vocabulary: Vocabulary

    func read(into findings: inout WindowFindings) {
        for token in tokens where token.isName {
            let margin = wordCost(token.start, token.end) - token.cost
            let confidence = 1 - 0.5 / (1 + Double(max(margin, 0)) / 40)
            findings.add(token.start, token.end, .name, confidence)
        }
    }

    /// What the cheapest words cost that make up the same characters.
    private func wordCost(_ start: Int, _ end: Int) -> Int32 {
        var best = [Int32](repeating: .max / 2, count: end - start + 1)
        best[0] = 0
        for index in start..<end {
            let base = best[index - start]
            var node = vocabulary.words.first(units[index])
            let single = node == 0 ? WordTrie.noWord : vocabulary.words.cost(node)
            let cost = base + Int32(single == WordTrie.noWord ? Vocabulary.unknownCharacter : single)
            best[index - start + 1] = min(best[index - start + 1], cost)
            var next = index + 1
            while node != 0, next < end {
                node = vocabulary.words.next(node, units[next])
                next += 1
                if node != 0, vocabulary.words.cost(node) != WordTrie.noWord {
                    best[next - start] = min(best[next - start], base + Int32(vocabulary.words.cost(node)))
                }
            }
        }
        return best[end - start]
    }
}
