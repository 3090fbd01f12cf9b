import ReferenceData

/// What one value says about itself: see ``ColumnTally`` for what a column makes of it, and ``confirms(_:_:)`` for a quicker look at one kind.
struct ValueReading: Sendable {
    /// Kinds that the value could be of, and marks; empty for a protected value, but for hashes of passwords and images.
    var kinds: KindSet = []
    var form = ProtectionDetector.Form.plaintext
    /// Says "nothing here" in words: 无, N/A, -.
    var isBlank = false

    /// For names: see ``PersonNameValidator``.
    var surname: UInt32?
    var hasCommonSurname = false
    var hasGivenName = false
    var endsLikeAnotherThing = false
    /// For dates: days since 1970.
    var day: Int32?
    var hasTime = false
    /// For telephones, mobile or not, their digits as a number, to tell counters from telephones.
    var telephone: UInt64?
    /// Special illnesses of GB/T 39725, level 5.
    var isSpecial = false

    /// Bytes of a value that are looked at.
    static let longest = 4_096

    init(_ value: UnsafeBufferPointer<UInt8>) {
        let value = UnsafeBufferPointer(rebasing: value[..<min(value.count, ValueReading.longest)]).trimmed
        let shape = ByteShape(value)
        guard !value.isEmpty, shape.contains(.han) || !BlankWords.isBlank(value) else {
            isBlank = true
            return
        }
        form = ProtectionDetector.form(value, shape)
        switch form {
        case .plaintext: break
        case .hashed:
            if PasswordHashValidator.matches(value) { kinds.insert(.passwordHash) }
            return
        case .random:
            // What begins like an image is no ciphertext.
            if BiometricValidator.matches(value) {
                kinds.insert(.biometric)
                form = .plaintext
            }
            return
        case .masked, .digestLike, .encrypted, .sealed, .uuid: return
        }
        if shape.contains(.han) { readChinese(value, shape) } else { readLatin(value, shape) }
    }

    // MARK: Numbers and codes

    private mutating func readLatin(_ value: UnsafeBufferPointer<UInt8>, _ shape: ByteShape) {
        if shape.contains(.at) {
            if EmailValidator.matches(value) { kinds.insert(.email) }
        } else if !shape.isDisjoint(with: [.digit, .wide]) {
            readNumber(value, shape)
        }
        readWord(value, shape)
        if LabResultValidator.matches(value) { kinds.insert(.labResult) }
    }

    private mutating func readNumber(_ value: UnsafeBufferPointer<UInt8>, _ shape: ByteShape) {
        let first = value[0]
        let mayBeDigits = first &- 0x30 <= 9 || first >= 0x80 || [0x2B, 0x28, 0x27, 0x60, 0x3D, 0x22].contains(first)
        if mayBeDigits, shape.isDisjoint(with: [.colon, .comma]) { _ = DigitRun.with(value) { readDigits($0) } }
        if first &- 0x30 <= 9, value.count >= 8 { readDate(value) }
        if shape.contains(.dot), shape.isDisjoint(with: .letter), IPAddressValidator.isV4(value) { kinds.insert(.ipAddress) }
        if shape.contains(.dot) { readPosition(value, shape) }
        if shape.contains(.colon), IPAddressValidator.isV6(value) { kinds.insert(.ipAddress) }
        if shape.isSubset(of: [.digit, .letter, .separator, .wide]) { _ = IdentifierRun.with(value) { readIdentifier($0) } }
        if shape.isSubset(of: [.digit, .dot, .comma, .separator, .otherASCII, .wide]) {
            if InsurancePaymentValidator.matches(value) { kinds.insert([.insurancePayment, .number]) }
            if BiometricValidator.matches(value) { kinds.insert(.biometric) }
        }
    }

    private mutating func readDigits(_ run: DigitRun) {
        if ResidentIDValidator.matches(run) {
            kinds.insert(.idCard)
        } else if ResidentIDValidator.isUnchecked(run) {
            kinds.insert(.uncheckedIdCard)
        }
        if let number = MobileValidator.number(run) {
            kinds.insert(.mobile)
            telephone = number
        } else if LandlineValidator.matches(run) {
            kinds.insert(.landline)
            telephone = run.digits.reduce(0) { $0 &* 10 &+ UInt64($1 &- 0x30) }
        } else if LandlineValidator.isLocal(run) {
            kinds.insert(.localTelephone)
        }
        switch BankCardValidator.form(run) {
        case .issuer: kinds.insert(.bankCard)
        case .checked: kinds.insert(.checkedCard)
        case nil: break
        }
        if PostcodeValidator.matches(run) { kinds.insert(.postcode) }
        if QQValidator.matches(run) { kinds.insert(.qq) }
        if AgeValidator.matches(run) { kinds.insert(.age) }
    }

    private mutating func readDate(_ value: UnsafeBufferPointer<UInt8>) {
        guard let reading = DateValidator.reading(value) else { return }
        day = Int32(truncatingIfNeeded: reading.date.daysSince1970)
        hasTime = reading.hasTime
        kinds.insert(.birthDate)
    }

    private mutating func readPosition(_ value: UnsafeBufferPointer<UInt8>, _ shape: ByteShape) {
        switch GeoLocationValidator.form(value) {
        case .pair: kinds.insert(.geoLocation)
        case .coordinate: kinds.insert(.coordinate)
        case nil: break
        }
    }

    private mutating func readIdentifier(_ run: IdentifierRun) {
        guard run.digits > 0 else { return }
        if SocialSecurityValidator.matches(run) { kinds.insert(.socialSecurity) }
        if MedicalInsuranceValidator.matches(run) { kinds.insert(.medicalInsurance) }
        if MedicalRecordNumberValidator.matches(run) { kinds.insert(.medicalRecordNumber) }
        if TaiwanPermitValidator.matches(run) { kinds.insert(.taiwanPermit) }
        // What is one already needs no second look.
        guard kinds.isDisjoint(with: [.idCard, .mobile, .bankCard]) else { return }
        if let form = DoctorLicenceValidator.form(run) { kinds.insert(form == .checked ? [.doctorLicence, .checkedLicence] : .doctorLicence) }
        if DeviceIDValidator.form(run) == .imei { kinds.insert(.deviceId) }
        if UnifiedSocialCreditCodeValidator.matches(run) { kinds.insert(.unifiedSocialCreditCode) }
        if let form = ForeignerPermitValidator.form(run) { kinds.insert(form == .checked ? [.foreignerPermit, .checkedPermit] : .foreignerPermit) }
        guard run.digits < run.count else { return }
        if PassportValidator.matches(run) { kinds.insert(.passport) }
        if HKMacauPermitValidator.matches(run) { kinds.insert(.hkMacauPermit) }
        if BirthCertificateValidator.matches(run) { kinds.insert(.birthCertificate) }
        if run.count >= 16 { kinds.insert(.opaque) }
    }

    /// What letters, or letters and digits, could be.
    private mutating func readWord(_ value: UnsafeBufferPointer<UInt8>, _ shape: ByteShape) {
        if let code = ICD10Validator.code(value) {
            kinds.insert(code.hasDot ? [.icd10, .dottedCode] : .icd10)
            isSpecial = code.isSpecial
        }
        if !isSpecial, shape.contains(.upper), value.count <= 64 { isSpecial = Self.namesHIV(value) }
        if value.count == 17 || value.count == 14, MACAddressValidator.matches(value) { kinds.insert(.macAddress) }
        if let form = WeChatValidator.form(value) { kinds.insert(form == .system ? [.wechat, .systemAccount] : .wechat) }
        if TokenValidator.matches(value) { kinds.insert(.token) }
        if PasswordValidator.matches(value) { kinds.insert(.password) }
        if SexValidator.matches(value) { kinds.insert(.sex) }
        if MaritalStatusValidator.matches(value) { kinds.insert(.maritalStatus) }
        if value.count >= 32, BiometricValidator.matches(value) { kinds.insert(.biometric) }
    }

    /// Illnesses of level 5 that are written in Latin letters.
    private static func namesHIV(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard value.count >= 3 else { return false }
        for index in 0..<value.count - 2 where value[index] == 0x48 && value[index + 1] == 0x49 && value[index + 2] == 0x56 { return true }
        return false
    }

    // MARK: Texts

    private mutating func readChinese(_ value: UnsafeBufferPointer<UInt8>, _ shape: ByteShape) {
        // Digits in words (一三八…), with a telephone's extension, or a date in words.
        if value.count >= 21, shape.isSubset(of: [.han, .separator, .wide, .digit, .upper, .lower, .x]) {
            _ = DigitRun.with(value) { readDigits($0) }
        }
        if shape.contains(.digit), value[0] &- 0x30 <= 9 { readDate(value) }
        _ = TextScalars.with(value) { readText($0) }
    }

    private mutating func readText(_ text: TextScalars) {
        if BlankWords.isBlank(text) {
            isBlank = true
            return
        }
        if text.count >= 2, TextScalars.isHan(text.scalars[1]) || text.hanCount >= 2 { kinds.insert(.chineseText) }
        endsLikeAnotherThing = PersonNameValidator.endsLikeAnotherThing(text)
        if let reading = PersonNameValidator.reading(text) {
            kinds.insert(.name)
            surname = reading.surname
            hasCommonSurname = reading.isCommonSurname
            hasGivenName = reading.hasGivenName
        }
        readEnumeration(text)
        if LicensePlateValidator.matches(text) { kinds.insert(.licensePlate) }
        if MilitaryIDValidator.matches(text) { kinds.insert(.militaryId) }
        if DrugApprovalNumberValidator.matches(text) { kinds.insert(.drugApprovalNumber) }
        if AgeValidator.matches(text) { kinds.insert(.age) }
        if OccupationValidator.matches(text) { kinds.insert(.occupation) }
        if EmployerValidator.matches(text) { kinds.insert(.employer) }
        readHealth(text, TextTerms(text))
    }

    private mutating func readEnumeration(_ text: TextScalars) {
        guard text.count <= 10 else { return }
        if SexValidator.matches(text) { kinds.insert([.sex, .sexInWords]) }
        if EthnicityValidator.matches(text) { kinds.insert(.ethnicity) }
        if MaritalStatusValidator.matches(text) { kinds.insert(.maritalStatus) }
    }

    private mutating func readHealth(_ text: TextScalars, _ terms: TextTerms) {
        if AddressValidator.matches(text, terms) { kinds.insert(.address) }
        if DiagnosisValidator.matches(text, terms) { kinds.insert(.diagnosis) }
        if let reading = MedicationValidator.reading(text, terms) {
            if reading.isDrug { kinds.insert(.drug) }
            if reading.isPrescription { kinds.insert(.prescription) }
        }
        guard !terms.topics.isEmpty else { return }
        if SymptomValidator.form(text, terms) == .complaint { kinds.insert(.symptom) }
        if MedicalHistoryValidator.matches(text, terms) {
            kinds.insert(.medicalHistory)
            if MedicalHistoryValidator.isNarrative(text, terms) { kinds.insert(.narrative) }
        }
        if AllergyValidator.matches(text, terms) { kinds.insert(.allergy) }
        if SurgeryValidator.matches(text, terms) { kinds.insert(.surgery) }
        if LabResultValidator.matches(text, terms) { kinds.insert(.labResult) }
        if InsurancePaymentValidator.matches(text, terms) { kinds.insert(.insurancePayment) }
        isSpecial = DiagnosisValidator.isSpecial(terms)
    }
}
