/// The six categories of GB/T 39725-2020, 6.1.
package enum DataCategory: String, Codable, CaseIterable, Hashable, Sendable, Comparable {
    /// Who somebody is: demographics, documents, contacts, biometrics.
    case personalAttribute
    /// How somebody is: complaints, history, allergies.
    case healthStatus
    /// What was done about it: diagnoses, examinations, medicines, operations.
    case medicalApplication
    /// Who paid what, and by which account.
    case medicalPayment
    /// Institutions, staff, medicines as goods.
    case healthResource
    /// Epidemics and statistics of populations. No kind of a single column says so by itself: somebody has to assign it.
    case publicHealth

    /// The key of its name in the wording.
    package var term: String { "category.\(rawValue)" }

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    package static func < (left: DataCategory, right: DataCategory) -> Bool { left.order < right.order }
}

/// The grades of GB/T 43697-2024, 6, with general data told apart by PIPL 28, in falling order of protection.
package enum DataClass: String, Codable, CaseIterable, Hashable, Sendable, Comparable {
    /// Core and important data are named by catalogues of the authorities (annex G helps to find candidates): a person declares them;
    /// no column is ever called so because of what it holds.
    case core
    case important
    /// General data that are sensitive personal information.
    case sensitivePersonal
    /// General data that are other personal information.
    case generalPersonal
    /// General data about nobody.
    case general

    /// The key of its name in the wording.
    package var term: String { "class.\(rawValue)" }

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// The less protected is the smaller.
    package static func < (left: DataClass, right: DataClass) -> Bool { left.order > right.order }
}
