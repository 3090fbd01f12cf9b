/// What share of a column's readable values proves a kind, by what the column's name says.
struct KindPolicy: Sendable {
    /// The name says it plainly.
    var strong: Double
    /// The name may mean it.
    var weak: Double
    /// The name says nothing. More than 1: the values alone never prove it.
    var none: Double
    /// The name says plainly that the values are something else.
    var contradicted: Double
    /// The name says nothing, and the table is about persons.
    var besidePersons: Double?

    init(_ strong: Double, _ weak: Double, _ none: Double = 2, _ contradicted: Double = 2, besidePersons: Double? = nil) {
        self.strong = strong
        self.weak = weak
        self.none = none
        self.contradicted = contradicted
        self.besidePersons = besidePersons
    }

    static func of(_ kind: DataKind) -> KindPolicy? { all[kind] }

    /// What a check digit proves goes by few values; what many words look like needs many; enumerations and mere shapes need the name.
    private static let all: [DataKind: KindPolicy] = [
        // Check digits and forms of their own.
        .idCard: KindPolicy(0.01, 0.02, 0.02, 0.05),
        .bankCard: KindPolicy(0.01, 0.05, 0.2, 0.5),
        .email: KindPolicy(0.01, 0.05, 0.2, 0.5),
        .unifiedSocialCreditCode: KindPolicy(0.05, 0.2, 0.5, 0.8),
        .foreignerPermit: KindPolicy(0.2, 0.5),
        .licensePlate: KindPolicy(0.1, 0.3, 0.6, 0.9),
        .militaryId: KindPolicy(0.2, 0.3, 0.6, 0.9),
        .drugApprovalNumber: KindPolicy(0.1, 0.3, 0.5, 0.8),
        .macAddress: KindPolicy(0.1, 0.3, 0.8, 0.9),
        .ipAddress: KindPolicy(0.1, 0.3, 0.8),
        .token: KindPolicy(0.2, 0.8, 0.8, 0.9),
        .mobile: KindPolicy(0.05, 0.2, 0.8, 0.95),
        .landline: KindPolicy(0.1, 0.3, 0.8, 0.95),
        .deviceId: KindPolicy(0.2, 0.6, 0.9),
        .geoLocation: KindPolicy(0.2, 0.5, 0.9),
        // Texts that statistics prove.
        .address: KindPolicy(0.2, 0.3, 0.5, 2),
        .drug: KindPolicy(0.1, 0.4, 0.6, 0.9),
        .prescription: KindPolicy(0.1, 0.3, 0.4, 0.8),
        .diagnosis: KindPolicy(0.1, 0.4, 0.6, 0.9),
        .icd10: KindPolicy(0.1, 0.4, 0.9),
        .symptom: KindPolicy(0.1, 0.3, 0.5, 0.9),
        .name: KindPolicy(0.4, 0.7, 0.85),
        .birthDate: KindPolicy(0.2, 0.5, 0.9),
        // Shapes and enumerations.
        .passport: KindPolicy(0.3, 0.6),
        .hkMacauPermit: KindPolicy(0.3, 0.6),
        .taiwanPermit: KindPolicy(0.5, 2),
        .birthCertificate: KindPolicy(0.3, 0.8),
        .socialSecurity: KindPolicy(0.3, 0.8),
        .medicalInsurance: KindPolicy(0.3, 0.8),
        .medicalRecordNumber: KindPolicy(0.2, 0.8),
        .doctorLicence: KindPolicy(0.3, 0.8),
        .postcode: KindPolicy(0.5, 0.9),
        .qq: KindPolicy(0.5, 0.9),
        .wechat: KindPolicy(0.3, 0.9),
        .age: KindPolicy(0.5, 0.9),
        .sex: KindPolicy(0.5, 0.9, besidePersons: 0.95),
        .ethnicity: KindPolicy(0.3, 0.6, besidePersons: 0.95),
        .maritalStatus: KindPolicy(0.3, 0.8, besidePersons: 0.95),
        .occupation: KindPolicy(0.2, 0.6),
        .employer: KindPolicy(0.2, 2),
        .medicalHistory: KindPolicy(0.1, 0.4),
        .allergy: KindPolicy(0.05, 0.4),
        .surgery: KindPolicy(0.1, 0.4),
        .labResult: KindPolicy(0.1, 0.4),
        .insurancePayment: KindPolicy(0.2, 0.6),
        .password: KindPolicy(0.5, 2),
        .biometric: KindPolicy(0.1, 0.5),
    ]
}

extension DataKind {
    /// Kinds that stand in each other's columns: a telephone is mobile or not, a document of one sort or another.
    var family: Family? {
        switch self {
        case .mobile, .landline: .telephone
        case .idCard, .passport, .hkMacauPermit, .taiwanPermit, .foreignerPermit, .militaryId, .socialSecurity: .document
        case .wechat, .qq: .messenger
        case .password, .passwordHash: .password
        case .diagnosis, .icd10, .symptom, .medicalHistory, .allergy, .surgery, .labResult, .drug, .prescription: .health
        default: nil
        }
    }

    enum Family: Hashable, Sendable { case telephone, document, messenger, password, health }
}
