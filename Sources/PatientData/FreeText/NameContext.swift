/// What stands beside a name, weighed in tenths of nats: positive speaks for a name.
struct NameContext {
    let units: [UInt16]
    let vocabulary: Vocabulary

    private enum Weight {
        static let label: Int32 = 120
        static let bareLabel: Int32 = 95
        static let called: Int32 = 100
        static let role: Int32 = 65
        static let kin: Int32 = 60
        static let towards: Int32 = 28
        static let listed: Int32 = 70
        static let textStart: Int32 = 25
        static let clauseStart: Int32 = 15
        static let commaStart: Int32 = 5
        static let bed: Int32 = 45
        static let insideText: Int32 = -20
        static let title: Int32 = 80
        static let sex: Int32 = 120
        static let age: Int32 = 90
        static let acts: Int32 = 25
        static let detail: Int32 = 50
        static let insideTextBehind: Int32 = -10
    }

    /// - Parameters: the cheapest ways to each position up to `index`.
    func before(_ index: Int, _ steps: [WordLattice.Step]) -> Int32 {
        guard index > 0 else { return Weight.textStart }
        let last = units[index - 1]
        if Unit.isHan(last) { return besideWord(index, steps) }
        switch last {
        case 0x0A, 0x0D: return Weight.textStart
        case 0x3002, 0x21, 0x3F, 0x3B: return Weight.clauseStart
        case 0x3A: return behindColon(index - 1, steps)
        case 0x3001, 0x2C, 0x2F: return behindComma(index - 1, last, steps)
        case 0x20, 0x09: return behindSpace(index - 1, steps)
        case 0x40: return Weight.label
        default: break
        }
        if Unit.opensBracket(last) { return wordBehind(index - 1, steps) ?? Weight.clauseStart }
        if last == 0x3011 || last == 0x5D || last == 0x2E || last == 0x29 { return Weight.textStart }
        // A number of a list or a bed (1.张三 has its dot; 15床 is a word).
        return Unit.isDigit(last) ? 0 : Weight.insideText / 2
    }

    private func besideWord(_ index: Int, _ steps: [WordLattice.Step]) -> Int32 {
        let word = steps[index].tags
        let start = Int(steps[index].start)
        if word.contains(.called) { return Weight.called }
        if word.contains(.label) { return Weight.bareLabel }
        if word.contains(.role) || word.contains(.title) { return Weight.role }
        if word.contains(.kin) { return Weight.kin }
        if word.contains(.joins), start > 0 { return steps[start].tags.contains(.chosenName) ? Weight.listed : Weight.towards - 15 }
        if word.contains(.towards) { return Weight.towards }
        // 床, 叫 (as the last character of a longer word).
        if units[index - 1] == 0x5E8A, index > 1, Unit.isDigit(units[index - 2]) { return Weight.bed }
        if units[index - 1] == 0x53EB { return Weight.called }
        if word.contains(.region) || word.contains(.organisation) || word.contains(.department) { return -5 }
        if word.contains(.acts) || word.contains(.boundary) { return Weight.insideText / 2 }
        return Weight.insideText
    }

    /// What the word that ends at `end` says of a name behind it; nil when it says nothing.
    private func wordBehind(_ end: Int, _ steps: [WordLattice.Step]) -> Int32? {
        var end = end
        var spaces = 0
        while end > 0, Unit.isSpace(units[end - 1]), spaces < 4 {
            end -= 1
            spaces += 1
        }
        guard end > 0, Unit.isHan(units[end - 1]) else { return nil }
        let word = steps[end].tags
        if word.contains(.label) || word.contains(.called) || word.contains(.role) || word.contains(.title) { return Weight.label }
        if word.contains(.kin) { return Weight.label - 20 }
        return nil
    }

    private func behindColon(_ end: Int, _ steps: [WordLattice.Step]) -> Int32 {
        wordBehind(end, steps) ?? Weight.clauseStart
    }

    private func behindSpace(_ end: Int, _ steps: [WordLattice.Step]) -> Int32 {
        if let word = wordBehind(end, steps) { return word - 20 }
        var end = end
        while end > 0, Unit.isSpace(units[end - 1]) { end -= 1 }
        guard end > 0 else { return Weight.textStart }
        if units[end - 1] == 0x3A { return wordBehind(end - 1, steps) ?? Weight.clauseStart }
        return steps[end].tags.contains(.chosenName) ? Weight.clauseStart : Weight.commaStart + 5
    }

    private func behindComma(_ end: Int, _ unit: UInt16, _ steps: [WordLattice.Step]) -> Int32 {
        if steps[end].tags.contains(.chosenName) { return unit == 0x2C ? Weight.clauseStart : Weight.listed }
        if unit == 0x3001, end > 1, Unit.isDigit(units[end - 1]) { return Weight.clauseStart }
        return unit == 0x2C ? Weight.commaStart : Weight.commaStart - 10
    }

    func after(_ end: Int, isShort: Bool) -> Int32 {
        guard end < units.count else { return 12 }
        let next = units[end]
        if Unit.isHan(next) { return word(at: end, inside: true) }
        switch next {
        case 0x2C, 0x28, 0x20, 0x09, 0x2F: return behindBreak(end + 1, isBracket: next == 0x28)
        case 0x3A: return 20
        case 0x3001: return 8
        case 0x0A, 0x0D, 0x3002, 0x3B, 0x21, 0x3F, 0x29, 0x201D, 0x5D, 0x22: return 10
        default: return Unit.isDigit(next) ? -5 : 0
        }
    }

    private func behindBreak(_ start: Int, isBracket: Bool) -> Int32 {
        var index = start
        while index < units.count, index < start + 4, Unit.isSpace(units[index]) { index += 1 }
        guard index < units.count else { return 8 }
        // ，男，43岁 and ( 女 , 5岁
        if units[index] == 0x7537 || units[index] == 0x5973 {
            return index + 1 == units.count || !Unit.isHan(units[index + 1]) || units[index + 1] == 0x6027 ? Weight.sex : Weight.detail
        }
        if Unit.isDigit(units[index]) {
            var digit = index
            while digit < units.count, digit < index + 12, Unit.isDigit(units[digit]) { digit += 1 }
            if digit < units.count, units[digit] == 0x5C81, digit - index <= 3 { return Weight.age }
            return digit - index == 11 ? Weight.detail : 5
        }
        guard Unit.isHan(units[index]) else { return 5 }
        let word = word(at: index, inside: false)
        return isBracket ? max(word, 12) : max(word - 10, 6)
    }

    /// What the word that begins at `index` says of a name before it.
    private func word(at index: Int, inside: Bool) -> Int32 {
        var node = vocabulary.words.first(units[index])
        var position = index + 1
        var found: WordTags = []
        var length = 0
        while node != 0 {
            if vocabulary.words.cost(node) != WordTrie.noWord, position - index > 1 || !vocabulary.words.tags(node).isEmpty {
                found = vocabulary.words.tags(node)
                length = position - index
            }
            guard position < units.count else { break }
            node = vocabulary.words.next(node, units[position])
            position += 1
        }
        // 说诉称讲: who does it is a person.
        if length == 1, [0x8BF4, 0x8BC9, 0x79F0, 0x8BB2].contains(units[index]) { return 45 }
        if found.contains(.title) { return Weight.title }
        if found.contains(.detail) { return length > 1 ? Weight.detail : 15 }
        if found.contains(.acts) { return length > 1 ? Weight.acts + 5 : Weight.acts - 10 }
        if found.contains(.kin) || found.contains(.role) { return inside ? 5 : Weight.detail }
        if found.contains(.joins) { return 5 }
        // 王老吉药厂, 中山路, 张家村: what is named after somebody.
        if inside, !found.isDisjoint(with: [.organisation, .road, .place]), found.isDisjoint(with: [.boundary, .modifier]) { return -35 }
        if !found.isDisjoint(with: [.symptom, .disease, .modifier, .drug]), length > 1 { return 0 }
        return inside ? Weight.insideTextBehind : 0
    }
}
