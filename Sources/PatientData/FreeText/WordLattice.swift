/// Cuts a window into the words, and the names of persons, that are the likeliest together (a unigram model: the path of least cost).
///
/// Names compete with words, so that 高血压, 健康检查 or 常头晕 come out as what they are, while 高峰 behind 患者 is a person.
struct WordLattice {
    struct Token {
        var start: Int
        var end: Int
        var tags: WordTags
        /// What it added to the cost of the way, tenths of nats.
        var cost: Int32
        var isName: Bool { tags.contains(.chosenName) }
    }

    /// In order, without gaps.
    private(set) var tokens: [Token] = []

    /// By position: the cheapest way to get there.
    private var steps: [Step] = []

    /// The last token of the cheapest way to a position.
    struct Step {
        /// Of the whole way.
        var cost: Int32
        var start: Int32
        var tags: WordTags
    }

    private static let unreached = Int32.max / 2

    mutating func cut(_ units: [UInt16], _ vocabulary: Vocabulary) {
        let count = units.count
        steps.removeAll(keepingCapacity: true)
        steps.append(
            contentsOf: repeatElement(Step(cost: WordLattice.unreached, start: 0, tags: []), count: count + 1))
        steps[0].cost = 0
        var index = 0
        while index < count {
            if Unit.isHan(units[index]) {
                addWords(units, at: index, vocabulary)
                addNames(units, at: index, vocabulary)
            } else {
                addPlain(units, at: index, vocabulary)
            }
            index += 1
        }
        collect(count)
    }

    @inline(__always)
    private mutating func relax(_ end: Int, from start: Int, cost: Int32, _ tag: WordTags) {
        guard cost < steps[end].cost else { return }
        steps[end] = Step(cost: cost, start: Int32(start), tags: tag)
    }

    @inline(__always)
    private mutating func addWords(_ units: [UInt16], at index: Int, _ vocabulary: Vocabulary) {
        let base = steps[index].cost
        var node = vocabulary.words.first(units[index])
        var end = index + 1
        var single = Vocabulary.unknownCharacter
        var singleTags: WordTags = []
        if node != 0, vocabulary.words.cost(node) != WordTrie.noWord {
            single = vocabulary.words.cost(node)
            singleTags = vocabulary.words.tags(node)
        }
        relax(end, from: index, cost: base + Int32(single), singleTags)
        while node != 0, end < units.count {
            node = vocabulary.words.next(node, units[end])
            guard node != 0 else { break }
            end += 1
            let cost = vocabulary.words.cost(node)
            if cost != WordTrie.noWord { relax(end, from: index, cost: base + Int32(cost), vocabulary.words.tags(node)) }
        }
    }

    /// Anything but Chinese: a token each, or a word that begins with it (HIV感染, 2型).
    @inline(__always)
    private mutating func addPlain(_ units: [UInt16], at index: Int, _ vocabulary: Vocabulary) {
        let base = steps[index].cost
        relax(index + 1, from: index, cost: base, [])
        if Unit.isUpper(units[index]) { addForeignName(units, at: index, vocabulary) }
        var node = vocabulary.words.first(units[index])
        var end = index + 1
        guard node != 0, index == 0 || !Unit.isAlphanumeric(units[index - 1]) || !Unit.isAlphanumeric(units[index]) else { return }
        while node != 0, end < units.count {
            node = vocabulary.words.next(node, units[end])
            guard node != 0 else { break }
            end += 1
            // Cheaper than its letters, which cost nothing.
            if vocabulary.words.cost(node) != WordTrie.noWord { relax(end, from: index, cost: base - 1, vocabulary.words.tags(node)) }
        }
    }

    /// Two or three capitalised words (Maria Garcia), where what stands beside them says that it is a person.
    private mutating func addForeignName(_ units: [UInt16], at index: Int, _ vocabulary: Vocabulary) {
        guard index == 0 || !Unit.isAlphanumeric(units[index - 1]), let end = NameForms.foreignEnd(units, from: index) else { return }
        let context = NameContext(units: units, vocabulary: vocabulary)
        let mark = context.before(index, steps) + context.after(end, isShort: false)
        relax(end, from: index, cost: steps[index].cost + NameForms.rarity - mark, .chosenName)
    }

    private mutating func addNames(_ units: [UInt16], at index: Int, _ vocabulary: Vocabulary) {
        guard NameForms.mayBegin(units, at: index, vocabulary) else { return }
        let context = NameContext(units: units, vocabulary: vocabulary)
        var before: Int32?
        NameForms.forEach(units, at: index, vocabulary) { end, cost in
            let left = before ?? context.before(index, steps)
            before = left
            let mark = left + context.after(end, isShort: end - index == 2)
            let total = steps[index].cost + cost + NameForms.rarity - mark + (mark < NameForms.clearEvidence ? NameForms.doubt : 0)
            relax(end, from: index, cost: total, .chosenName)
        }
    }

    private mutating func collect(_ count: Int) {
        tokens.removeAll(keepingCapacity: true)
        var end = count
        while end > 0 {
            let step = steps[end]
            tokens.append(Token(start: Int(step.start), end: end, tags: step.tags, cost: steps[end].cost - steps[Int(step.start)].cost))
            end = Int(step.start)
        }
        tokens.reverse()
    }
}
