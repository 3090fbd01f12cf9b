/// Postal addresses in running text: divisions, roads, places and numbers, one behind the other.
struct AddressReader {
    let units: [UInt16]
    let tokens: [WordLattice.Token]
    let vocabulary: Vocabulary

    private static let longest = 72
    /// Characters of a road's or a building's name.
    private static let longestName = 9

    private struct Parts {
        var regions = 0
        var hasRoad = false
        var hasPlace = false
        var hasNumber = false
        var end = 0
    }

    func read(into findings: inout WindowFindings) {
        var index = 0
        while index < tokens.count {
            guard let start = start(at: index) else {
                index += 1
                continue
            }
            let parts = parts(from: start.position)
            if accepts(parts, from: start.position, isAnnounced: start.isAnnounced),
                findings.add(start.position, parts.end, .address, start.isAnnounced || parts.regions > 1 ? 0.9 : 0.75)
            {
                while index < tokens.count, tokens[index].start < parts.end { index += 1 }
            } else {
                index += 1
            }
        }
    }

    /// Where an address may begin: at a division, behind 住 or 地址：, or with the name of a road.
    private func start(at index: Int) -> (position: Int, isAnnounced: Bool)? {
        let token = tokens[index]
        if token.isName { return nil }
        if token.tags.contains(.residence) { return behindAnnouncement(token.end) }
        if token.tags.contains(.region) { return (token.start, false) }
        guard isRoad(token) else { return nil }
        if token.end - token.start >= 3 { return (token.start, false) }
        // 文三 + 路: the token before it is the name.
        var first = index
        while first > 0, index - first < 2, isNamePart(tokens[first - 1]), token.start - tokens[first].start < 2 { first -= 1 }
        return first < index ? (tokens[first].start, false) : nil
    }

    private func behindAnnouncement(_ end: Int) -> (position: Int, isAnnounced: Bool)? {
        var index = end
        // ：, space, 在于到是为至往
        while index < units.count, index < end + 4 {
            switch units[index] {
            case 0x3A, 0x20, 0x5728, 0x4E8E, 0x5230, 0x662F, 0x4E3A, 0x81F3, 0x5F80: index += 1
            default: return (index, true)
            }
        }
        return nil
    }

    private func isNamePart(_ token: WordLattice.Token) -> Bool {
        Unit.isHan(units[token.start]) && token.tags.isDisjoint(with: [.boundary, .towards, .acts, .residence, .joins])
    }

    private func isRoad(_ token: WordLattice.Token) -> Bool {
        switch units[token.end - 1] {
        // 路街巷弄
        case 0x8DEF, 0x8857, 0x5DF7, 0x5F04: true
        default: token.tags.contains(.road) && token.end - token.start > 1
        }
    }

    private func accepts(_ parts: Parts, from start: Int, isAnnounced: Bool) -> Bool {
        guard parts.end - start >= 5 else { return false }
        if parts.hasNumber, parts.hasRoad || (parts.hasPlace && (parts.regions > 0 || isAnnounced)) { return true }
        return parts.regions > 1 && (parts.hasNumber || (parts.hasRoad && isAnnounced))
    }

    private func parts(from start: Int) -> Parts {
        var parts = Parts()
        parts.end = start
        var index = start
        let limit = min(units.count, start + AddressReader.longest)
        while index < limit, index - parts.end <= AddressReader.longestName {
            let unit = units[index]
            if Unit.isHan(unit) {
                guard let next = readWord(at: index, &parts, limit) else { break }
                index = next
            } else if Unit.isAlphanumeric(unit) {
                var end = index
                while end < limit, Unit.isAlphanumeric(units[end]) || (units[end] == 0x2D || units[end] == 0x23) && end > index { end += 1 }
                // A room right behind a building: 5栋402, 国际城三期9-2-1802.
                if index == parts.end, parts.hasNumber || parts.hasPlace, !followsUnit(end) { parts.end = end; parts.hasNumber = true }
                index = end
            } else {
                break
            }
        }
        return parts
    }

    private func followsUnit(_ index: Int) -> Bool {
        index < units.count && vocabulary.words.longest([.addressUnit], in: units, at: index, before: units.count) > 0
    }

    /// Where to go on; nil when the word is none of an address.
    private func readWord(at index: Int, _ parts: inout Parts, _ limit: Int) -> Int? {
        let isNumbered = index > 0 && (Unit.isAlphanumeric(units[index - 1]) || vocabulary.classes[Int(units[index - 1])].contains(.chineseDigit))
        if isNumbered {
            let length = vocabulary.words.longest(.addressUnit, in: units, at: index, before: limit)
            if length > 0 {
                parts.hasNumber = true
                parts.end = index + length
                return parts.end
            }
        }
        if !parts.hasRoad, !parts.hasNumber {
            let length = vocabulary.words.longest(.region, in: units, at: index, before: limit)
            if length > 1, index == parts.end {
                parts.regions += 1
                parts.end = index + length
                return parts.end
            }
        }
        let isNamed = index > parts.end || isNumbered
        let road = vocabulary.words.longest(.road, in: units, at: index, before: limit)
        if road > 0, isNamed || road > 1 || parts.hasRoad, !parts.hasNumber || isNumbered {
            parts.hasRoad = true
            parts.end = index + road
            return parts.end
        }
        let place = vocabulary.words.longest(.place, in: units, at: index, before: limit)
        if place > 0, isNamed || place > 1 {
            parts.hasPlace = true
            parts.end = index + place
            return parts.end
        }
        return isStop(units[index]) ? nil : index + 1
    }

    /// 的了是，: no name of a place has them.
    private func isStop(_ unit: UInt16) -> Bool {
        switch unit {
        case 0x7684, 0x4E86, 0x662F, 0x6536, 0x4E5F, 0x5C31, 0x90FD, 0x5F88: true
        default: false
        }
    }
}
