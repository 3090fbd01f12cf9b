import ReferenceData

/// Numbers of persons in running text: identity cards, telephones, bank cards, QQ, dates of birth, in the forms in which people write them
/// (spaces and dashes inside, +86, 一三八…). Never a part of a longer number.
struct NumberReader {
    let units: [UInt16]
    let vocabulary: Vocabulary
    let cues: NumberCues
    private var buffer: [UInt8] = []

    static let chineseDigits = "零一二三四五六七八九〇幺两"
    private static let chineseValues: [UInt16: UInt8] = Dictionary(
        uniqueKeysWithValues: zip(chineseDigits.utf16, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2].map { UInt8($0 + 0x30) }))

    /// A group of digits without gaps.
    private typealias Group = (start: Int, end: Int)
    private static let mostGroups = 7
    private static let longestGroup = 24

    init(units: [UInt16], vocabulary: Vocabulary) {
        self.units = units
        self.vocabulary = vocabulary
        cues = NumberCues(units: units)
    }

    mutating func read(into findings: inout WindowFindings) {
        var index = 0
        while index < units.count {
            let unit = units[index]
            if Unit.isDigit(unit) {
                index = readDigits(at: index, &findings)
            } else if unit > 0x3000, vocabulary.classes[Int(unit)].contains(.chineseDigit) {
                index = readChineseDigits(at: index, &findings)
            } else {
                index += 1
            }
        }
    }

    /// Where to go on.
    private mutating func readDigits(at start: Int, _ findings: inout WindowFindings) -> Int {
        let groups = groups(from: start)
        guard let first = groups.first else { return start + 1 }
        if start > 0, isGlued(start - 1) { return first.end }
        for count in stride(from: groups.count, through: 1, by: -1) {
            let end = groups[count - 1].end
            if let found = reading(start, end, groups: count), findings.add(found.start, found.end, found.kind, found.confidence) {
                return found.end
            }
        }
        if let found = birthDate(start), findings.add(start, found.end, .birthDate, found.confidence) { return found.end }
        return first.end
    }

    /// A letter or a decimal point before it; letters that are a cue (QQ123456, tel138…) aside.
    private func isGlued(_ index: Int) -> Bool {
        let unit = units[index]
        if Unit.isLetter(unit) || unit == 0x5F { return cues.adjacent(to: index + 1) == nil }
        return (unit == 0x2E || unit == 0x2D) && index > 0 && Unit.isAlphanumeric(units[index - 1])
    }

    private func groups(from start: Int) -> [Group] {
        var groups: [Group] = []
        var index = start
        while groups.count < NumberReader.mostGroups {
            var end = index
            while end < units.count, Unit.isDigit(units[end]) { end += 1 }
            if end - index > NumberReader.longestGroup { return groups.isEmpty ? [(index, end)] : groups }
            groups.append((index, end))
            var next = end
            while next < units.count, next < end + 2, isSeparator(units[next]) { next += 1 }
            guard next > end, next < units.count, Unit.isDigit(units[next]) else { break }
            index = next
        }
        return groups
    }

    private func isSeparator(_ unit: UInt16) -> Bool {
        unit == 0x20 || unit == 0x2D || unit == 0x2E || unit == 0x29 || unit == 0x2013 || unit == 0x2014 || unit == 0xB7
    }

    private mutating func reading(_ start: Int, _ end: Int, groups: Int) -> WindowFindings.Finding? {
        var end = end
        var begin = start
        // The check character of an identity card.
        if end < units.count, units[end] | 0x20 == 0x78, end + 1 == units.count || !Unit.isAlphanumeric(units[end + 1]) { end += 1 }
        if end < units.count, Unit.isAlphanumeric(units[end]) { return nil }
        buffer.removeAll(keepingCapacity: true)
        if start > 0, units[start - 1] == 0x2B { begin -= 1 }
        for unit in units[begin..<end] { buffer.append(unit < 0x80 ? UInt8(unit) : 0x2D) }
        let digits = buffer.reduce(0) { $0 + ($1 &- 0x30 <= 9 || $1 | 0x20 == 0x78 ? 1 : 0) }
        guard digits >= 5 else { return nil }
        return identity(begin, end, digits) ?? telephone(begin, end, digits, groups) ?? account(begin, end, digits, groups)
    }

    private func identity(_ start: Int, _ end: Int, _ digits: Int) -> WindowFindings.Finding? {
        guard digits == 18 || digits == 15, buffer.withUnsafeBufferPointer({ ResidentIDValidator.matches($0) }) else { return nil }
        let hasCue = cues.adjacent(to: start) == .idCard || cues.near(start, .idCard)
        if digits == 15, !hasCue, cues.near(start, .none) { return nil }
        return .init(start: start, end: end, kind: .idCard, confidence: hasCue ? 0.99 : digits == 18 ? 0.97 : 0.7)
    }

    private func telephone(_ start: Int, _ end: Int, _ digits: Int, _ groups: Int) -> WindowFindings.Finding? {
        let cue = cues.adjacent(to: start)
        guard cue != .some(.none), cue != .qq, cue != .medicalRecordNumber, cue != .bankCard else { return nil }
        let isCalled = cue == .mobile || cue == .landline
        if (11...15).contains(digits) {
            if buffer.withUnsafeBufferPointer({ MobileValidator.matches($0) }) {
                if !isCalled, cues.near(start, .none) { return nil }
                return .init(start: start, end: end, kind: .mobile, confidence: isCalled ? 0.98 : 0.9)
            }
            // With the word before it, spaces may stand anywhere.
            if isCalled, digits == 11, groups > 1 {
                let plain = buffer.filter { $0 &- 0x30 <= 9 }
                if plain.withUnsafeBufferPointer({ MobileValidator.matches($0) }) {
                    return .init(start: start, end: end, kind: .mobile, confidence: 0.9)
                }
            }
        }
        return landline(start, end, digits, groups, isCalled: isCalled)
    }

    /// 0571-87654321, (021) 64370045, 010 6278 1234; without the area's code, or without a gap behind it, only behind 电话.
    private func landline(_ start: Int, _ end: Int, _ digits: Int, _ groups: Int, isCalled: Bool) -> WindowFindings.Finding? {
        if units[start] != 0x30 {
            guard isCalled, groups == 1, digits == 7 || digits == 8, units[start] != 0x31 else { return nil }
            return .init(start: start, end: end, kind: .landline, confidence: 0.7)
        }
        guard (10...12).contains(digits), start + 1 < end, Unit.isDigit(units[start + 1]), units[start + 1] != 0x30 else { return nil }
        var area = 0
        while Unit.isDigit(units[start + area]), start + area + 1 < end { area += 1 }
        if groups == 1 {
            guard isCalled else { return nil }
        } else {
            // Areas with three digits: 010 and 02x.
            let isShort = units[start + 1] == 0x31 || units[start + 1] == 0x32
            guard area == (isShort ? 3 : 4), (7...8).contains(digits - area), groups <= 3 else { return nil }
        }
        let hasBracket = start > 0 && units[start - 1] == 0x28 && start + area < end && units[start + area] == 0x29
        return .init(start: hasBracket ? start - 1 : start, end: end, kind: .landline, confidence: 0.9)
    }

    private func account(_ start: Int, _ end: Int, _ digits: Int, _ groups: Int) -> WindowFindings.Finding? {
        let cue = cues.adjacent(to: start)
        if cue == .qq, groups == 1, (5...11).contains(digits), units[start] != 0x30 {
            return .init(start: start, end: end, kind: .qq, confidence: 0.95)
        }
        guard (16...19).contains(digits), cue != .some(.none) else { return nil }
        let form = buffer.withUnsafeBufferPointer { bytes in DigitRun.with(bytes) { BankCardValidator.form($0) } ?? nil }
        guard let form else { return nil }
        let hasCue = cue == .bankCard || cues.near(start, .bankCard)
        switch form {
        case .issuer: return cues.near(start, .none) && !hasCue ? nil : .init(start: start, end: end, kind: .bankCard, confidence: 0.95)
        case .checked: return hasCue ? .init(start: start, end: end, kind: .bankCard, confidence: 0.9) : nil
        }
    }

    // MARK: Dates of birth

    private func birthDate(_ start: Int) -> (end: Int, confidence: Double)? {
        guard let end = DateForm.end(units, from: start), saysBirth(start, end) else { return nil }
        return (end, 0.9)
    }

    /// 出生, 生日, 生于 before it, or 出生 behind it.
    private func saysBirth(_ start: Int, _ end: Int) -> Bool {
        var index = end
        while index < units.count, index < end + 2, Unit.isSpace(units[index]) { index += 1 }
        if index + 1 < units.count, units[index] == 0x51FA, units[index + 1] == 0x751F { return true }
        if index < units.count, units[index] == 0x751F, index + 1 == units.count || !Unit.isHan(units[index + 1]) || units[index + 1] == 0x4EBA {
            return true
        }
        var cursor = start - 1
        while cursor > 0, cursor > start - 9, !Unit.endsClause(units[cursor]), units[cursor] != 0x2C {
            switch (units[cursor - 1], units[cursor]) {
            case (0x51FA, 0x751F), (0x751F, 0x65E5), (0x751F, 0x4E8E), (0x8BDE, 0x751F): return true
            default: cursor -= 1
            }
        }
        return false
    }

    // MARK: 一三八零…

    private mutating func readChineseDigits(at start: Int, _ findings: inout WindowFindings) -> Int {
        buffer.removeAll(keepingCapacity: true)
        var index = start
        var end = start
        while index < units.count, index < start + 40 {
            if let digit = NumberReader.chineseValues[units[index]] {
                buffer.append(digit)
                end = index + 1
            } else if Unit.isDigit(units[index]), !buffer.isEmpty {
                buffer.append(UInt8(units[index]))
                end = index + 1
            } else if !(units[index] == 0x20 || units[index] == 0x2D) {
                break
            }
            index += 1
        }
        if buffer.count == 11, buffer.withUnsafeBufferPointer({ MobileValidator.matches($0) }) {
            findings.add(start, end, .mobile, 0.9)
        } else if buffer.count == 18, buffer.withUnsafeBufferPointer({ ResidentIDValidator.matches($0) }) {
            findings.add(start, end, .idCard, 0.95)
        }
        return max(end, start + 1)
    }
}

/// Dates as written: 1990年1月1日, 1990年1月, 1990-01-01, 1990/1/1, 1990.1.1, 19900101, 2001-12.
enum DateForm {
    /// Where the date ends that begins at `start`; nil when none does.
    static func end(_ units: [UInt16], from start: Int) -> Int? {
        var index = start
        guard let year = number(units, &index, atMost: 4), index == start + 4, (1900...2099).contains(year) else { return nil }
        if index < units.count, Unit.isDigit(units[index]) { return compact(units, from: start, year: year) }
        guard index < units.count else { return nil }
        let separator = units[index]
        guard separator == 0x5E74 || separator == 0x2D || separator == 0x2F || separator == 0x2E else { return nil }
        index += 1
        guard let month = number(units, &index, atMost: 2), (1...12).contains(month) else { return nil }
        var end = index
        if index < units.count, units[index] == (separator == 0x5E74 ? 0x6708 : separator) {
            index += 1
            if separator == 0x5E74 { end = index }
            if let day = number(units, &index, atMost: 2), CivilDate(year: year, month: month, day: day) != nil {
                end = index
                if index < units.count, units[index] == 0x65E5 || units[index] == 0x53F7 { end += 1 }
            }
        }
        return end < units.count && Unit.isDigit(units[end]) && Unit.isDigit(units[end - 1]) ? nil : end
    }

    private static func compact(_ units: [UInt16], from start: Int, year: Int) -> Int? {
        var index = start + 4
        guard let rest = number(units, &index, atMost: 4), index == start + 8, index == units.count || !Unit.isDigit(units[index]),
            CivilDate(year: year, month: rest / 100, day: rest % 100) != nil
        else { return nil }
        return index
    }

    private static func number(_ units: [UInt16], _ index: inout Int, atMost width: Int) -> Int? {
        let start = index
        var value = 0
        while index < units.count, index < start + width, Unit.isDigit(units[index]) {
            value = value * 10 + Int(units[index] - 0x30)
            index += 1
        }
        return index > start ? value : nil
    }
}
