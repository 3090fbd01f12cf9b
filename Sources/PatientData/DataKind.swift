/// What the values of a column are. JSON and wording use the raw value (`kind.idCard`).
package enum DataKind: String, Codable, CaseIterable, Hashable, Sendable {
    case idCard
    case name
    case mobile
    case email
    case address
    case bankCard
    case birthDate
    case medicalRecordNumber
    case diagnosis
    case drug
    case prescription
    /// Nothing of the above.
    case none

    /// Points at one natural person by itself (GB/T 42460-2023, annex A).
    package var isDirectIdentifier: Bool {
        switch self {
        case .idCard, .name, .mobile, .email, .address, .bankCard: true
        default: false
        }
    }

    /// How to reach or pay a person: direct identifiers other than the identity number.
    package var isContact: Bool { isDirectIdentifier && self != .idCard }

    /// Says something about health (GB/T 39725-2020, table 1: health status, medical application).
    package var isHealth: Bool {
        switch self {
        case .diagnosis, .drug, .prescription: true
        default: false
        }
    }

    /// The key of its name in the wording.
    package var term: String { "kind.\(rawValue)" }
}
