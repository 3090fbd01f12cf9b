/// Illnesses, symptoms, operations, medicines and allergies in running text, built from stems and heads: a run of words of which the last head
/// says what it is (右侧 + 股骨颈 + 骨折).
struct MedicalReader {
    let units: [UInt16]
    let tokens: [WordLattice.Token]
    let vocabulary: Vocabulary

    private static let parts: WordTags = [.modifier, .bodyPart, .disease, .symptom, .complaint, .surgery]
    private static let mostParts = 7
    /// Longest stretch looked at beside a medicine's stem.
    private static let reach = 10

    func read(into findings: inout WindowFindings) {
        readAllergies(into: &findings)
        readDrugs(into: &findings)
        readRuns(into: &findings)
    }

    // MARK: Illnesses, symptoms, operations

    private struct Head {
        var kind: DataKind
        var token: Int
        var isWeak: Bool
    }

    private func readRuns(into findings: inout WindowFindings) {
        var start = 0
        var head: Head?
        for index in tokens.indices {
            let tags = tags(of: index)
            let isPart = !tags.isDisjoint(with: MedicalReader.parts) && !tokens[index].isName
            if !isPart || index - start >= MedicalReader.mostParts {
                close(start, head, &findings)
                (start, head) = (isPart ? index : index + 1, nil)
                guard isPart else { continue }
            }
            guard let next = self.head(index, tags) else { continue }
            // 糖尿病 + 肾病 is one name; 发热 + 咳嗽 are two.
            if let last = head, last.kind != next.kind || next.kind == .symptom && !last.isWeak, !(next.kind == .surgery) {
                close(start, head, &findings)
                start = last.token + 1
            }
            head = next
        }
        close(start, head, &findings)
    }

    private func close(_ start: Int, _ head: Head?, _ findings: inout WindowFindings) {
        guard let head, start <= head.token else { return }
        if head.isWeak, start == head.token { return }
        if head.kind == .diagnosis, namesAnother(tokens[head.token].end) { return }
        let isLong = head.token > start || tokens[start].end - tokens[start].start > 2
        findings.add(tokens[start].start, tokens[head.token].end, head.kind, isLong ? 0.85 : 0.75)
    }

    /// 疱疹病毒, 皮肤病科.
    private func namesAnother(_ end: Int) -> Bool {
        guard end < units.count else { return false }
        return units[end] == 0x79D1 || (units[end] == 0x75C5 && end + 1 < units.count && units[end + 1] == 0x6BD2)
    }

    private func head(_ index: Int, _ tags: WordTags) -> Head? {
        let isWeak = tags.contains(.weak)
        if tags.contains(.disease) { return Head(kind: .diagnosis, token: index, isWeak: isWeak) }
        if tags.contains(.symptom) { return Head(kind: .symptom, token: index, isWeak: false) }
        if tags.contains(.surgery) {
            return Head(kind: .surgery, token: index, isWeak: isWeak || tokens[index].end - tokens[index].start < 3)
        }
        // 麻木 alone is a complaint, 痛 alone is a syllable.
        if tags.contains(.complaint) { return Head(kind: .symptom, token: index, isWeak: true) }
        return nil
    }

    /// The token's own tags, and what its last character says: 脑膜炎 is a word of everyday as well.
    private func tags(of index: Int) -> WordTags {
        let token = tokens[index]
        var tags = token.tags
        if tags.contains(.notDisease) { return tags.subtracting(.disease) }
        guard tags.isDisjoint(with: [.disease, .symptom, .drug, .boundary]), token.end - token.start >= 2 else { return tags }
        switch units[token.end - 1] {
        // 炎癌瘤疹癣疝痔疮瘘
        case 0x708E, 0x764C, 0x7624, 0x75B9, 0x7663, 0x75DD, 0x75D4, 0x75AE, 0x7618: tags.insert(.disease)
        // 症病
        case 0x75C7, 0x75C5: if token.end - token.start >= 3 { tags.insert(.disease) }
        default: break
        }
        return tags
    }

    // MARK: Allergies

    private func readAllergies(into findings: inout WindowFindings) {
        for index in tokens.indices where tokens[index].tags.contains(.allergic) {
            var first = index
            while first > 0, index - first < 4, !tokens[first - 1].tags.isDisjoint(with: [.allergen, .drug]) { first -= 1 }
            if first == index, index > 1, isLetter(tokens[index - 1], 0x7C7B) {
                // 头孢类过敏
                first = index - 1
                while first > 0, index - first < 4, !tokens[first - 1].tags.isDisjoint(with: [.allergen, .drug]) { first -= 1 }
                if first == index - 1 { continue }
            }
            if first < index { findings.add(tokens[first].start, tokens[index].end, .allergy, 0.9) }
        }
    }

    private func isLetter(_ token: WordLattice.Token, _ unit: UInt16) -> Bool { token.end - token.start == 1 && units[token.start] == unit }

    // MARK: Medicines

    private func readDrugs(into findings: inout WindowFindings) {
        var index = 0
        while index < tokens.count {
            let token = tokens[index]
            if token.tags.contains(.drug), !token.isName {
                index = readDrug(at: index, &findings)
            } else {
                if token.tags.contains(.dosageForm), !token.isName { readPatentMedicine(at: index, &findings) }
                index += 1
            }
        }
    }

    /// Where to go on.
    private func readDrug(at index: Int, _ findings: inout WindowFindings) -> Int {
        var first = index
        while first > 0, index - first < 4, isBeforeDrug(first - 1) { first -= 1 }
        var last = index
        while last + 1 < tokens.count, last - index < 5, isBehindDrug(last + 1) { last += 1 }
        var end = tokens[last].end
        var hasForm = tokens[last].tags.contains(.dosageForm) && last > index
        if !hasForm, let formEnd = formBehind(end) {
            end = formEnd
            hasForm = true
        }
        let length = end - tokens[first].start
        let isWhole = !tokens[index].tags.contains(.weak) || hasForm || (first < index && length >= 4)
        if isWhole, length >= 2, !isMeasured(end) { findings.add(tokens[first].start, end, .drug, hasForm ? 0.9 : 0.8) }
        while last < tokens.count, tokens[last].start < end { last += 1 }
        return max(last, index + 1)
    }

    private func isBeforeDrug(_ index: Int) -> Bool {
        let token = tokens[index]
        if token.isName || token.tags.contains(.boundary) { return false }
        if !token.tags.isDisjoint(with: [.drugPrefix, .drug]) { return true }
        return isOfDrugs(token) && token.end - token.start == 1
    }

    private func isBehindDrug(_ index: Int) -> Bool {
        let token = tokens[index]
        if token.isName || token.tags.contains(.boundary) { return false }
        if !token.tags.isDisjoint(with: [.dosageForm, .drug]) { return true }
        return isOfDrugs(token) && token.end - token.start == 1
    }

    private func isOfDrugs(_ token: WordLattice.Token) -> Bool {
        units[token.start..<token.end].allSatisfy { vocabulary.classes[Int($0)].contains(.ofDrugs) }
    }

    /// Where a dosage form ends a few characters further on: 氨酚(黄那敏)颗粒.
    private func formBehind(_ start: Int) -> Int? {
        var index = start
        while index < units.count, index - start < 6 {
            let length = vocabulary.words.longest(.dosageForm, in: units, at: index, before: units.count)
            if length > 1 || (length == 1 && index > start) { return index + length }
            guard !vocabulary.classes[Int(units[index])].isDisjoint(with: [.ofDrugs, .ofHerbs]) else { return nil }
            index += 1
        }
        return nil
    }

    /// 白蛋白 32g/L is a value of the laboratory.
    private func isMeasured(_ end: Int) -> Bool {
        var index = end
        while index < units.count, index < end + 10, Unit.isDigit(units[index]) || units[index] == 0x2E || Unit.isSpace(units[index]) { index += 1 }
        return index > end && index + 2 < units.count && units[index + 1] == 0x2F && units[index + 2] == 0x4C
    }

    /// A dosage form behind the characters of which names of Chinese medicines are made: 藿香正气水.
    private func readPatentMedicine(at index: Int, _ findings: inout WindowFindings) {
        let form = tokens[index]
        var start = form.start
        let mark: Vocabulary.CharacterClass = [.ofHerbs, .ofDrugs]
        while start > 0, form.start - start < MedicalReader.reach, !vocabulary.classes[Int(units[start - 1])].isDisjoint(with: mark) { start -= 1 }
        let isShort = form.end - form.start == 1
        // 三片 is a number of tablets.
        guard form.start - start >= (isShort ? 3 : 2), !vocabulary.classes[Int(units[form.start - 1])].contains(.chineseDigit) else { return }
        findings.add(start, form.end, .drug, 0.7)
    }
}
