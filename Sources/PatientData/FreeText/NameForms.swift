/// The forms that names have: family and given name, 老王 and 张某, names with middle dots.
enum NameForms {
    /// What a name costs beside its characters: one token in some twenty to hundred is a name.
    static let rarity: Int32 = 30
    // Tenths of nats; chosen on the development corpus, on news and on reviews.

    /// With so much beside it, a name only has to be likelier than the words that it would be instead.
    static let clearEvidence: Int32 = 30
    /// Otherwise it must be likelier by so much.
    static let doubt: Int32 = 35
    private static let longestPart = 8

    @inline(__always)
    static func mayBegin(_ units: [UInt16], at index: Int, _ vocabulary: Vocabulary) -> Bool {
        let unit = units[index]
        if vocabulary.surnames[Int(unit)] != 0 { return true }
        let mark = vocabulary.classes[Int(unit)]
        return !mark.isDisjoint(with: [.compoundSurname, .transliteration]) || unit == 0x8001 || unit == 0x5C0F || unit == 0x963F
    }

    /// Calls `body` with the end and the cost of each name that may begin at `index`.
    static func forEach(_ units: [UInt16], at index: Int, _ vocabulary: Vocabulary, _ body: (Int, Int32) -> Void) {
        let unit = units[index]
        let surname = vocabulary.surnames[Int(unit)]
        if surname != 0 {
            forEachGiven(units, from: index + 1, cost: Int32(surname), vocabulary, body)
            addAnonymous(units, from: index + 1, cost: Int32(surname), body)
            // The family names of both parents.
            if index + 3 < units.count, vocabulary.classes[Int(units[index + 1])].contains(.commonSurname) {
                let both = Int32(surname) + Int32(vocabulary.surnames[Int(units[index + 1])])
                if let cost = pair(units, at: index + 2, vocabulary) { body(index + 4, both + cost + 45) }
            }
        }
        let mark = vocabulary.classes[Int(unit)]
        if mark.contains(.compoundSurname), index + 2 < units.count,
            let cost = vocabulary.compoundSurnames[UInt32(unit) << 16 | UInt32(units[index + 1])]
        {
            forEachGiven(units, from: index + 2, cost: Int32(cost) / 2, vocabulary, body)
        }
        if unit == 0x8001 || unit == 0x5C0F || unit == 0x963F { addFamiliar(units, at: index, vocabulary, body) }
        if index == 0 || !Unit.isHan(units[index - 1]) || mark.contains(.transliteration) { addDotted(units, at: index, vocabulary, body) }
    }

    @inline(__always)
    private static func forEachGiven(
        _ units: [UInt16], from start: Int, cost: Int32, _ vocabulary: Vocabulary, _ body: (Int, Int32) -> Void
    ) {
        guard start < units.count, Unit.isHan(units[start]) else { return }
        let first = Int32(vocabulary.given[Int(units[start])])
        // One name in seven has one given character.
        body(start + 1, cost + first + 20)
        if let rest = pair(units, at: start, vocabulary) { body(start + 2, cost + rest + 2) }
    }

    /// Two given characters; those that repeat (丽丽) are commoner than chance.
    @inline(__always)
    private static func pair(_ units: [UInt16], at start: Int, _ vocabulary: Vocabulary) -> Int32? {
        guard start + 1 < units.count, Unit.isHan(units[start]), Unit.isHan(units[start + 1]) else { return nil }
        let first = Int32(vocabulary.given[Int(units[start])])
        if vocabulary.classes[Int(units[start])].contains(.foreign), vocabulary.classes[Int(units[start + 1])].contains(.foreign) {
            return first + Int32(vocabulary.given[Int(units[start + 1])]) + 40
        }
        return first + (units[start] == units[start + 1] ? 25 : Int32(vocabulary.given[Int(units[start + 1])]))
    }

    /// 张某, 王某某, 李××, 赵**.
    private static func addAnonymous(_ units: [UInt16], from start: Int, cost: Int32, _ body: (Int, Int32) -> Void) {
        var end = start
        while end < units.count, end < start + 2, isVeil(units[end]), units[end] == units[start] { end += 1 }
        if end > start { body(end, cost + 20) }
    }

    private static func isVeil(_ unit: UInt16) -> Bool { unit == 0x67D0 || unit == 0xD7 || unit == 0x2A }

    /// 老王, 小李, 阿强.
    private static func addFamiliar(_ units: [UInt16], at index: Int, _ vocabulary: Vocabulary, _ body: (Int, Int32) -> Void) {
        guard index + 1 < units.count, index == 0 || !Unit.isHan(units[index - 1]) || units[index] == 0x8001 else { return }
        let next = Int(units[index + 1])
        if units[index] == 0x963F {
            guard vocabulary.given[next] < 80 else { return }
            body(index + 2, 70 + Int32(vocabulary.given[next]))
        } else if vocabulary.classes[next].contains(.commonSurname) {
            body(index + 2, 50 + Int32(vocabulary.surnames[next]))
        }
    }

    /// Where two or three words of a capital and small letters end, with a space or a dot between them.
    static func foreignEnd(_ units: [UInt16], from start: Int) -> Int? {
        var index = start
        var words = 0
        var end = start
        while words < 3, index < units.count, Unit.isUpper(units[index]) {
            let begin = index
            index += 1
            while index < units.count, index - begin < 16, Unit.isLetter(units[index]), !Unit.isUpper(units[index]) { index += 1 }
            guard index - begin > 1, index == units.count || !Unit.isAlphanumeric(units[index]) else { break }
            words += 1
            end = index
            guard index < units.count, Unit.isSpace(units[index]) || Unit.isMiddleDot(units[index]) else { break }
            index += 1
        }
        return words > 1 ? end : nil
    }

    /// 买买提·吐尔逊, 扎西·多吉: parts of one to eight characters.
    private static func addDotted(_ units: [UInt16], at index: Int, _ vocabulary: Vocabulary, _ body: (Int, Int32) -> Void) {
        var end = index
        var cost: Int32 = 0
        var parts = 0
        while parts < 4 {
            let start = end
            while end < units.count, end < start + longestPart, Unit.isHan(units[end]) {
                let isUsual = vocabulary.classes[Int(units[end])].contains(.transliteration)
                // The last part ends where characters of such names end.
                if !isUsual, parts > 0, end > start { break }
                cost += isUsual ? 12 : 45
                end += 1
            }
            guard end > start else { return }
            parts += 1
            if parts > 1 { body(end, cost) }
            guard end + 1 < units.count, Unit.isMiddleDot(units[end]) else { return }
            end += 1
        }
    }
}
