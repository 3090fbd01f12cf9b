import Findings

extension DataKind {
    /// What evidence may show of a value of this kind.
    func mask(_ value: String) -> String {
        switch self {
        case .idCard: Mask.idCard(value)
        case .name: Mask.name(value)
        case .mobile: Mask.mobile(value)
        case .email: Mask.email(value)
        case .bankCard: Mask.middle(value, head: 4, tail: 0)
        case .birthDate: Mask.middle(value, head: 3, tail: 0)
        case .landline: Mask.middle(value, head: 4, tail: 0)
        case .ipAddress: Mask.address(value)
        // One of a few words, or a number: the first character may be all of it.
        case .sex, .age, .maritalStatus, .ethnicity, .postcode, .labResult, .insurancePayment: "***"
        case .password, .passwordHash, .token, .biometric: "********"
        case .passport, .hkMacauPermit, .taiwanPermit, .foreignerPermit, .birthCertificate, .socialSecurity, .medicalInsurance,
            .medicalRecordNumber, .doctorLicence, .unifiedSocialCreditCode, .licensePlate, .macAddress, .deviceId, .qq, .wechat:
            Mask.middle(value, head: 2, tail: 0)
        case .geoLocation: Mask.middle(value, head: 3, tail: 0)
        default: Mask.text(value)
        }
    }
}
