/// Reads column names and comments: Chinese, English, pinyin, and the abbreviations that Chinese systems are full of.
enum ColumnNameReader {
    typealias Reading = (kind: DataKind, strength: ColumnHint.Strength)

    static func read(_ text: String) -> Reading? {
        let text = String(text.prefix(120))
        return readChinese(text) ?? readLatin(text)
    }

    // MARK: Chinese

    private static func readChinese(_ text: String) -> Reading? {
        let han = String(String.UnicodeScalarView(text.unicodeScalars.filter { !TextScalars.isSpace($0.value) }))
        guard han.unicodeScalars.contains(where: { TextScalars.isHan($0.value) }) else { return nil }
        // What follows a bracket, colon or comma explains the name before it: 证件号码（身份证、护照）.
        let head = han.prefix { !"（(：:，,；;。[【".contains($0) }
        return ChineseColumnWords.rules.lazy.compactMap { $0.reading(of: head.isEmpty ? Substring(han) : head) }.first
    }

    // MARK: English and pinyin

    private static func readLatin(_ text: String) -> Reading? {
        let tokens = tokens(text)
        guard !tokens.isEmpty else { return nil }
        // The longest run of tokens that is a known word; the later one of two, as the noun stands last.
        for length in stride(from: min(4, tokens.count), through: 1, by: -1) {
            for start in stride(from: tokens.count - length, through: 0, by: -1) {
                let word = tokens[start..<start + length].joined()
                guard let reading = known(word) else { continue }
                return qualified(reading, by: tokens[(start + length)...], before: tokens[..<start])
            }
        }
        return nil
    }

    private static func known(_ word: String) -> Reading? {
        if let reading = LatinColumnWords.table[word] { return reading }
        // brxm, hzsfzh: whose it is, and what.
        for prefix in ColumnWords.personPrefixes where word.hasPrefix(prefix) && word.count > prefix.count + (prefix == "p" ? 3 : 0) {
            if let reading = LatinColumnWords.table[String(word.dropFirst(prefix.count))], reading.kind != .none {
                return (reading.kind, .strong)
            }
        }
        // patientmobile: long words are recognised at the end.
        for length in stride(from: min(word.utf8.count - 1, 16), through: 5, by: -1) {
            if let reading = LatinColumnWords.table[String(word.suffix(length))], reading.strength == .strong { return reading }
        }
        return nil
    }

    /// `drug_price` and `diag_date` aren't about the illness; `phone_no` is about the phone.
    private static func qualified(_ reading: Reading, by following: ArraySlice<String>, before: ArraySlice<String>) -> Reading {
        if let last = following.last, ColumnWords.attributes.contains(last) {
            if reading.kind == .diagnosis, ColumnWords.codeWords.contains(last) { return (.icd10, .strong) }
            let isNumber = ColumnWords.numberWords.contains(last) && ColumnWords.numbered.contains(reading.kind)
            let isImage = ColumnWords.imageWords.contains(last) && reading.kind == .biometric
            guard isNumber || isImage else { return (.none, .strong) }
        }
        if ColumnWords.thingsHave.contains(reading.kind), before.contains(where: ColumnWords.namedThings.contains) { return (.none, .strong) }
        // The noun stands last: doctor_advice is no doctor.
        if reading.kind == .name, reading.strength == .weak, let last = following.last, !ColumnWords.nameWords.contains(last) {
            return (.none, .weak)
        }
        if reading.kind == .name, reading.strength == .weak, before.contains(where: ColumnWords.persons.contains) {
            return (.name, .strong)
        }
        return reading
    }

    /// Words in lower case: cut at everything but letters and digits, and at capitals inside.
    static func tokens(_ text: String) -> [String] {
        var tokens: [String] = []
        var current = ""
        var wasLower = false
        for scalar in text.unicodeScalars {
            let isLetter = ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
            let isUpper = ("A"..."Z").contains(scalar)
            let isDigit = ("0"..."9").contains(scalar)
            if isUpper, wasLower, !current.isEmpty {
                tokens.append(current)
                current = ""
            }
            if isLetter || isDigit {
                current.unicodeScalars.append(scalar)
            } else if !current.isEmpty {
                tokens.append(current)
                current = ""
            }
            wasLower = isLetter && !isUpper || isDigit
        }
        if !current.isEmpty { tokens.append(current) }
        // phone2, name1: a counter, unless it belongs to the word (icd10).
        return tokens.compactMap { token in
            let token = token.lowercased()
            if ["icd10", "icd9", "ipv4", "ipv6", "md5", "sha1", "sha256"].contains(token) { return token }
            let word = String(token.reversed().drop { $0.isNumber }.reversed())
            return word.isEmpty ? nil : word
        }
    }
}
