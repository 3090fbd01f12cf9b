import ReferenceData

/// What one value says about itself.
struct ValueReading: Sendable {
    var kinds: KindSet = []
    var form = ProtectionDetector.Form.plaintext
    /// Says "nothing here" in words: 无, N/A, -.
    var isBlank = false

    /// For names: see ``PersonNameValidator``.
    var surname: UInt32?
    var hasCommonSurname = false
    var endsLikeAnotherThing = false
    /// For dates: days since 1970.
    var day: Int32?
    var hasTime = false
    /// For runs of digits of a mobile number's length: the number, to tell counters from telephones.
    var mobile: UInt64?
    /// A bank card by its check digit alone.
    var isCheckedCard = false
    var code: DiagnosisValidator.Code?
    /// Special illnesses of GB/T 39725, level 5.
    var isSpecial = false

    /// Bytes of a value that are looked at.
    static let longest = 4_096

    init(_ value: UnsafeBufferPointer<UInt8>) {
        let value = UnsafeBufferPointer(rebasing: value[..<min(value.count, ValueReading.longest)]).trimmed
        guard !value.isEmpty else {
            isBlank = true
            return
        }
        let shape = Shape(value)
        if !shape.hasHan, BlankWords.isBlank(value) {
            isBlank = true
            return
        }
        form = ProtectionDetector.form(value)
        guard form == .plaintext else { return }
        if shape.hasDigit { _ = DigitRun.with(value) { readDigits($0) } }
        if shape.hasDigit, let reading = DateValidator.reading(value) {
            day = Int32(truncatingIfNeeded: reading.date.daysSince1970)
            hasTime = reading.hasTime
            kinds.insert(.birthDate)
        }
        if shape.hasAt, EmailValidator.matches(value) { kinds.insert(.email) }
        if shape.hasHan { _ = TextScalars.with(value) { readText($0) } } else { readCode(value) }
    }

    private mutating func readDigits(_ run: DigitRun) {
        if ResidentIDValidator.matches(run) { kinds.insert(.idCard) }
        mobile = MobileValidator.number(run)
        if mobile != nil { kinds.insert(.mobile) }
        switch BankCardValidator.form(run) {
        case .issuer: kinds.insert(.bankCard)
        case .checked: isCheckedCard = true
        case nil: break
        }
    }

    private mutating func readText(_ text: TextScalars) {
        if BlankWords.isBlank(text) {
            isBlank = true
            return
        }
        endsLikeAnotherThing = PersonNameValidator.endsLikeAnotherThing(text)
        if let reading = PersonNameValidator.reading(text) {
            kinds.insert(.name)
            surname = reading.surname
            hasCommonSurname = reading.isCommonSurname
        }
        if AddressValidator.matches(text) { kinds.insert(.address) }
        if DiagnosisValidator.matches(text) { kinds.insert(.diagnosis) }
        if let reading = MedicationValidator.reading(text) {
            if reading.isDrug { kinds.insert(.drug) }
            if reading.isPrescription { kinds.insert(.prescription) }
        }
        isSpecial = DiagnosisValidator.isSpecial(text)
    }

    private mutating func readCode(_ value: UnsafeBufferPointer<UInt8>) {
        code = DiagnosisValidator.code(value)
        isSpecial = code?.isSpecial ?? false
        // Written in Latin letters: HIV.
        if !isSpecial, value.count <= 64 { isSpecial = TextScalars.with(value, DiagnosisValidator.isSpecial) ?? false }
    }

    /// One look at the bytes, to spare most values most validators.
    private struct Shape {
        var hasDigit = false
        var hasAt = false
        var hasHan = false

        init(_ value: UnsafeBufferPointer<UInt8>) {
            for byte in value {
                if byte &- 0x30 <= 9 { hasDigit = true }
                if byte == 0x40 { hasAt = true }
                // Han is E3…E9 and F0; full-width digits begin with EF.
                if byte >= 0xE3 {
                    if byte == 0xEF { hasDigit = true } else { hasHan = true }
                }
            }
        }
    }
}

/// Words that stand for no value.
private enum BlankWords {
    private static let latin: Set<[UInt8]> = Set(
        ["-", "--", "/", "\\", "0", "null", "none", "n/a", "na", "nil", "undefined", "unknown", "\\n"].map { Array($0.utf8) })
    private static let chinese = WordSet("无 暂无 不详 未知 未填 未填写 空 没有 未提供 不清楚 保密")

    static func isBlank(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        value.count <= 9 && latin.contains(value.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
    }

    static func isBlank(_ text: TextScalars) -> Bool {
        text.count > 0 && text.count <= 3 && chinese.matchLength(in: text.scalars, at: 0) == text.count
    }
}
