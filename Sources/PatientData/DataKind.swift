/// What the values of a column are. JSON and wording use the raw value (`kind.idCard`).
package enum DataKind: String, Codable, CaseIterable, Hashable, Sendable {
    // Who it is: names and documents.
    case name
    case idCard
    case passport
    case hkMacauPermit
    case taiwanPermit
    case foreignerPermit
    case militaryId
    case birthCertificate
    case socialSecurity
    case medicalInsurance
    case medicalRecordNumber
    case doctorLicence
    case unifiedSocialCreditCode
    case licensePlate
    case biometric
    // How to reach or pay.
    case mobile
    case landline
    case email
    case address
    case postcode
    case bankCard
    case wechat
    case qq
    // Devices and places.
    case ipAddress
    case macAddress
    case deviceId
    case geoLocation
    // What is known of a person.
    case birthDate
    case age
    case sex
    case ethnicity
    case maritalStatus
    case occupation
    case employer
    // Health.
    case diagnosis
    case icd10
    case symptom
    case medicalHistory
    case allergy
    case surgery
    case labResult
    case drug
    case prescription
    case drugApprovalNumber
    case insurancePayment
    // Secrets.
    case passwordHash
    case password
    case token
    /// Nothing of the above.
    case none

    /// Points at one natural person by itself (GB/T 42460-2023, annex A). Record numbers do so for those who have the index: see
    /// ``medicalRecordNumber``.
    package var isDirectIdentifier: Bool {
        switch self {
        case .name, .mobile, .landline, .email, .address, .bankCard, .wechat, .qq, .socialSecurity, .medicalInsurance, .licensePlate, .biometric: true
        default: isIdentityDocument
        }
    }

    /// The number of a document that a State issues to one person.
    package var isIdentityDocument: Bool {
        switch self {
        case .idCard, .passport, .hkMacauPermit, .taiwanPermit, .foreignerPermit, .militaryId, .birthCertificate: true
        default: false
        }
    }

    /// How to reach or pay a person: direct identifiers other than documents.
    package var isContact: Bool { isDirectIdentifier && !isIdentityDocument }

    /// Says something about health (GB/T 39725-2020, table 1: health status, medical application).
    package var isHealth: Bool {
        switch self {
        case .diagnosis, .icd10, .symptom, .medicalHistory, .allergy, .surgery, .labResult, .drug, .prescription: true
        default: false
        }
    }

    /// Looks like a ciphertext or a digest when it is readable: whoever has it can use it.
    package var isRandomByNature: Bool {
        switch self {
        case .token, .deviceId, .wechat: true
        default: false
        }
    }

    /// The key of its name in the wording.
    package var term: String { "kind.\(rawValue)" }
}
