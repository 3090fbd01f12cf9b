/// E-mail addresses, IP addresses, and what is written in letters and digits behind a word that names it: passports, permits, WeChat, the
/// hospital's own numbers.
struct LatinReader {
    let units: [UInt16]
    let vocabulary: Vocabulary
    let cues: NumberCues

    private static let longestToken = 32

    init(units: [UInt16], vocabulary: Vocabulary) {
        self.units = units
        self.vocabulary = vocabulary
        cues = NumberCues(units: units)
    }

    func read(into findings: inout WindowFindings) {
        var index = 0
        while index < units.count {
            if units[index] == 0x40 {
                readEmail(around: index, &findings)
                index += 1
            } else if Unit.isAlphanumeric(units[index]) {
                let end = tokenEnd(index)
                readToken(index, end, &findings)
                index = end
            } else {
                index += 1
            }
        }
    }

    private func tokenEnd(_ start: Int) -> Int {
        var end = start
        while end < units.count, Unit.isAlphanumeric(units[end]) || isInner(end, from: start) { end += 1 }
        return end
    }

    /// `-` and `_` between letters or digits.
    private func isInner(_ index: Int, from start: Int) -> Bool {
        (units[index] == 0x2D || units[index] == 0x5F) && index > start && index + 1 < units.count && Unit.isAlphanumeric(units[index + 1])
    }

    private func readEmail(around at: Int, _ findings: inout WindowFindings) {
        var start = at
        while start > 0, at - start < 64, isLocal(units[start - 1]) { start -= 1 }
        while start < at, units[start] == 0x2E || units[start] == 0x2D { start += 1 }
        var end = at + 1
        while end < units.count, end - at < 255, Unit.isAlphanumeric(units[end]) || units[end] == 0x2E || units[end] == 0x2D { end += 1 }
        while end > at, units[end - 1] == 0x2E || units[end - 1] == 0x2D { end -= 1 }
        guard end - start >= 6 else { return }
        let bytes = units[start..<end].map { UInt8(truncatingIfNeeded: $0) }
        if bytes.withUnsafeBufferPointer({ EmailValidator.matches($0) }) { findings.add(start, end, .email, 0.98) }
    }

    private func isLocal(_ unit: UInt16) -> Bool {
        Unit.isAlphanumeric(unit) || unit == 0x2E || unit == 0x5F || unit == 0x2D || unit == 0x2B || unit == 0x25
    }

    private func readToken(_ start: Int, _ end: Int, _ findings: inout WindowFindings) {
        if readAddress(start, &findings) { return }
        let length = end - start
        guard length >= 4, length <= LatinReader.longestToken else { return }
        let letters = units[start..<end].prefix { Unit.isLetter($0) }.count
        let digits = units[(start + letters)..<end].prefix { Unit.isDigit($0) }.count
        if letters <= 2, letters + digits == length, let kind = document(start, letters, digits) {
            findings.add(start, end, kind, 0.9)
        } else if letters + digits == length || length > letters, let cue = cues.adjacent(to: start) {
            readNamed(start, end, cue, letters, &findings)
        }
    }

    private func document(_ start: Int, _ letters: Int, _ digits: Int) -> DataKind? {
        switch (letters, digits) {
        case (1, 8), (2, 7), (1, 7):
            if letters == 1, digits == 8, "HMC".utf16.contains(units[start]), cues.near(start, .hkMacauPermit) { return .hkMacauPermit }
            return cues.near(start, .passport) ? .passport : nil
        case (1, 10): return "HM".utf16.contains(units[start]) && cues.near(start, .hkMacauPermit) ? .hkMacauPermit : nil
        case (0, 8), (0, 10): return cues.near(start, .taiwanPermit) ? .taiwanPermit : nil
        default: return nil
        }
    }

    private func readNamed(_ start: Int, _ end: Int, _ cue: DataKind, _ letters: Int, _ findings: inout WindowFindings) {
        switch cue {
        case .wechat where (6...20).contains(end - start) && letters > 0: findings.add(start, end, .wechat, 0.95)
        case .medicalRecordNumber where units[start..<end].contains(where: Unit.isDigit): findings.add(start, end, .medicalRecordNumber, 0.95)
        default: break
        }
    }

    /// Four numbers up to 255 between dots; not the number of a version, or a part of a longer one.
    private func readAddress(_ start: Int, _ findings: inout WindowFindings) -> Bool {
        guard Unit.isDigit(units[start]), start == 0 || units[start - 1] != 0x2E, cues.adjacent(to: start) != .some(.none) else { return false }
        var index = start
        for part in 0..<4 {
            var value = 0
            let begin = index
            while index < units.count, index - begin < 4, Unit.isDigit(units[index]) {
                value = value * 10 + Int(units[index] - 0x30)
                index += 1
            }
            guard index > begin, index - begin < 4, value <= 255 else { return false }
            if part < 3 {
                guard index < units.count, units[index] == 0x2E else { return false }
                index += 1
            }
        }
        if index < units.count, Unit.isAlphanumeric(units[index]) { return false }
        if index + 1 < units.count, units[index] == 0x2E, Unit.isDigit(units[index + 1]) { return false }
        return findings.add(start, index, .ipAddress, 0.95)
    }
}

/// Number plates (GA 36): province, letter, five characters, or six for new-energy vehicles.
enum LicensePlateReader {
    static let provinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

    static func read(_ units: [UInt16], _ vocabulary: Vocabulary, into findings: inout WindowFindings) {
        guard units.count > 6 else { return }
        for start in 0..<(units.count - 6) where Unit.isUpper(units[start + 1]) && vocabulary.classes[Int(units[start])].contains(.province) {
            var index = start + 2
            if units[index] == 0x20 || units[index] == 0x2D || Unit.isMiddleDot(units[index]) { index += 1 }
            let begin = index
            var digits = 0
            while index < units.count, Unit.isDigit(units[index]) || Unit.isUpper(units[index]) {
                if Unit.isDigit(units[index]) { digits += 1 }
                index += 1
            }
            let length = index - begin
            guard length == 5 || length == 6, digits >= 2, index == units.count || !Unit.isAlphanumeric(units[index]) else { continue }
            findings.add(start, index, .licensePlate, 0.95)
        }
    }
}
