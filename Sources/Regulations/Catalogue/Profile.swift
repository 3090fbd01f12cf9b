/// The facts about an organisation that decide what the law asks of it.
package struct Profile: Hashable, Sendable {
    /// Current natural persons, deleted ones excluded: the higher of measured and declared.
    package var persons: Int
    package var sensitivePersonalInformation: Bool
    package var minors: Bool
    package var importantData: Bool
    package var criticalInformationInfrastructure: Bool
    /// 0 (not graded) to 4.
    package var mlpsLevel: Int
    package var medicalInstitution: Bool
    package var internetDiagnosis: Bool
    package var outsources: Bool
    package var crossBorder: Bool

    package init(
        persons: Int = 0, sensitivePersonalInformation: Bool = false, minors: Bool = false, importantData: Bool = false,
        criticalInformationInfrastructure: Bool = false, mlpsLevel: Int = 0, medicalInstitution: Bool = false, internetDiagnosis: Bool = false,
        outsources: Bool = false, crossBorder: Bool = false
    ) {
        self.persons = persons
        self.sensitivePersonalInformation = sensitivePersonalInformation
        self.minors = minors
        self.importantData = importantData
        self.criticalInformationInfrastructure = criticalInformationInfrastructure
        self.mlpsLevel = mlpsLevel
        self.medicalInstitution = medicalInstitution
        self.internetDiagnosis = internetDiagnosis
        self.outsources = outsources
        self.crossBorder = crossBorder
    }
}
