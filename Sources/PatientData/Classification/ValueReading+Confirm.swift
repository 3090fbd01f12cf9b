extension ValueReading {
    /// Whether a value is readable and passes the validator of `kind`: what a full scan asks of each cell of a column whose kind is known. Never
    /// true for a masked, hashed or encrypted value, but for hashes of passwords, and for what is random by nature
    /// (``DataKind/isRandomByNature``).
    ///
    /// Costs a few dozen nanoseconds for plain identity, telephone and card numbers, names, addresses, dates and mail addresses; a full reading
    /// for other surfaces and other kinds.
    static func confirms(_ kind: DataKind, _ value: UnsafeBufferPointer<UInt8>) -> Bool {
        let quick: Bool?
        switch kind {
        case .idCard: quick = value.count == 18 ? ResidentIDValidator.confirms(value) : nil
        case .mobile: quick = MobileValidator.confirms(value)
        case .bankCard: quick = BankCardValidator.confirms(value)
        case .name: quick = PersonNameValidator.confirms(value)
        case .email: return EmailValidator.matches(value)
        case .birthDate: return DateValidator.reading(value) != nil
        case .address: quick = AddressValidator.confirms(value)
        case .icd10: return ICD10Validator.code(value.trimmed) != nil
        case .none: return false
        default: quick = nil
        }
        return quick ?? carefully(kind, value)
    }

    private static func carefully(_ kind: DataKind, _ value: UnsafeBufferPointer<UInt8>) -> Bool {
        let reading = ValueReading(value)
        return !reading.isBlank && (reading.shows(kind) || (kind == .passwordHash && reading.kinds.contains(.passwordHash)))
    }

    /// Whether a readable value is one of the kind, in a column of that kind.
    func shows(_ kind: DataKind) -> Bool {
        switch form {
        case .plaintext: kind == .medicalRecordNumber || !kinds.isDisjoint(with: Self.evidence(of: kind))
        // Keys, tokens and identifiers are random by nature; whoever reads them can use them.
        case .random, .digestLike, .uuid: kind.isRandomByNature || !kinds.isDisjoint(with: Self.evidence(of: kind))
        case .masked, .hashed, .encrypted, .sealed: false
        }
    }

    /// What a single value must show for its kind: texts that only a column's name makes what they are count when they are texts.
    private static func evidence(of kind: DataKind) -> KindSet {
        switch kind {
        case .diagnosis: [.diagnosis, .icd10]
        case .prescription: [.prescription, .drug]
        case .landline: [.landline, .localTelephone]
        case .bankCard: [.bankCard, .checkedCard]
        case .symptom, .medicalHistory, .allergy, .surgery, .occupation, .employer, .insurancePayment, .labResult: [KindSet(kind), .chineseText]
        case .geoLocation: [.geoLocation, .coordinate]
        case .token, .deviceId, .wechat: [KindSet(kind), .opaque]
        default: KindSet(kind)
        }
    }
}
