/// Where a kind stands in the standards. One table for all kinds, so that a reviewer sees it at a glance; docs/grading.md shows it to users.
///
/// The categories follow table 1 of GB/T 39725-2020 where it names the field; the rest is our placement.
struct KindRule: Hashable, Sendable {
    /// What decides on the level.
    enum Base: Hashable, Sendable {
        /// 4: identifies by itself.
        case identifier
        /// 4: opens an account.
        case secret
        /// 3: identifies with other data.
        case quasiIdentifier
        /// 4 beside an identifier (5 when special), 3 without.
        case health
        /// As health; 2 without an identifier: then it is a list of goods.
        case medicine
        /// 4 beside an identifier, 3 without.
        case payment
        /// 1 without an identifier, 4 beside one: the number of the medicine that somebody takes.
        case medicineNumber
        /// 1.
        case published
    }

    /// When PIPL 28 holds.
    enum Sensitivity: Hashable, Sendable {
        case never
        case always
        /// Health data are, once they may be about somebody.
        case health
        /// Numbers of documents: under GB/T 35273-2020 (annex B) by themselves; under GB/T 45574-2025 (annex A) no longer, but still where
        /// they tell who is ill.
        case document
        /// Where it tells who is a patient with which illness.
        case besideHealth
    }

    var category: DataCategory
    var base: Base
    var sensitivity: Sensitivity

    private init(_ category: DataCategory, _ base: Base, _ sensitivity: Sensitivity) {
        self.category = category
        self.base = base
        self.sensitivity = sensitivity
    }

    /// - Returns: nil for ``DataKind/none``.
    static func of(_ kind: DataKind) -> KindRule? {
        switch kind {
        case .name: KindRule(.personalAttribute, .identifier, .never)
        case .idCard, .passport, .hkMacauPermit, .taiwanPermit, .foreignerPermit, .birthCertificate, .socialSecurity, .medicalInsurance:
            KindRule(.personalAttribute, .identifier, .document)
        // An occupation that isn't for everybody to know (GB/T 45574-2025, annex A, specific identity).
        case .militaryId: KindRule(.personalAttribute, .identifier, .always)
        case .biometric: KindRule(.personalAttribute, .identifier, .always)
        case .medicalRecordNumber: KindRule(.personalAttribute, .quasiIdentifier, .besideHealth)
        case .mobile, .landline, .email, .address, .wechat, .qq, .licensePlate: KindRule(.personalAttribute, .identifier, .never)
        case .bankCard: KindRule(.medicalPayment, .identifier, .always)
        case .postcode, .ipAddress, .macAddress, .deviceId: KindRule(.personalAttribute, .quasiIdentifier, .never)
        // Whereabouts.
        case .geoLocation: KindRule(.personalAttribute, .quasiIdentifier, .always)
        case .birthDate, .age, .sex, .ethnicity, .maritalStatus, .occupation, .employer:
            KindRule(.personalAttribute, .quasiIdentifier, .never)
        case .symptom, .medicalHistory, .allergy: KindRule(.healthStatus, .health, .health)
        case .diagnosis, .icd10, .surgery, .labResult, .prescription: KindRule(.medicalApplication, .health, .health)
        case .drug: KindRule(.medicalApplication, .medicine, .health)
        case .drugApprovalNumber: KindRule(.healthResource, .medicineNumber, .health)
        case .insurancePayment: KindRule(.medicalPayment, .payment, .besideHealth)
        case .doctorLicence: KindRule(.healthResource, .quasiIdentifier, .never)
        case .unifiedSocialCreditCode: KindRule(.healthResource, .published, .never)
        case .password, .passwordHash, .token: KindRule(.personalAttribute, .secret, .always)
        case .none: nil
        }
    }
}
