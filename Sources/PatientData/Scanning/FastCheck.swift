/// Stand-in until the validators bring their own.
extension ValueReading {
    static func confirms(_ kind: DataKind, _ value: UnsafeBufferPointer<UInt8>) -> Bool {
        switch kind {
        case .idCard: ResidentIDValidator.matches(value)
        case .mobile: MobileValidator.matches(value)
        case .email: EmailValidator.matches(value)
        case .name: value.count <= 12 && (TextScalars.with(value) { PersonNameValidator.reading($0) != nil } ?? false)
        case .address: TextScalars.with(value) { AddressValidator.matches($0) } ?? false
        case .birthDate: DateValidator.reading(value) != nil
        case .bankCard: DigitRun.with(value) { BankCardValidator.form($0) != nil } ?? false
        default: false
        }
    }

    /// Whether a readable value is one of the kind, in a column of that kind.
    func shows(_ kind: DataKind) -> Bool {
        switch kind {
        case .none: false
        case .bankCard: kinds.contains(.bankCard) || isCheckedCard
        case .diagnosis: kinds.contains(.diagnosis) || code != nil
        case .prescription: kinds.contains(.prescription) || kinds.contains(.drug)
        case .medicalRecordNumber: true
        default: KindSet.members.first { $0.kind == kind }.map { kinds.contains($0.set) } ?? true
        }
    }
}
