import PatientData
import Testing

@Suite("Grading")
struct GradingTests {
    struct Expected: Sendable {
        var kind: DataKind
        var category: DataCategory
        /// Alone in its table, and beside a name.
        var alone: Int
        var linked: Int
        /// Sensitive alone, under GB/T 45574-2025 and under GB/T 35273-2020.
        var sensitive45574: Bool
        var sensitive35273: Bool

        init(_ kind: DataKind, _ category: DataCategory, _ alone: Int, _ linked: Int, _ sensitive45574: Bool, _ sensitive35273: Bool) {
            (self.kind, self.category, self.alone, self.linked) = (kind, category, alone, linked)
            (self.sensitive45574, self.sensitive35273) = (sensitive45574, sensitive35273)
        }
    }

    static let places: [Expected] = [
        Expected(.name, .personalAttribute, 4, 4, false, false), Expected(.idCard, .personalAttribute, 4, 4, false, true),
        Expected(.passport, .personalAttribute, 4, 4, false, true), Expected(.hkMacauPermit, .personalAttribute, 4, 4, false, true),
        Expected(.taiwanPermit, .personalAttribute, 4, 4, false, true), Expected(.foreignerPermit, .personalAttribute, 4, 4, false, true),
        Expected(.militaryId, .personalAttribute, 4, 4, true, true), Expected(.birthCertificate, .personalAttribute, 4, 4, false, true),
        Expected(.socialSecurity, .personalAttribute, 4, 4, false, true), Expected(.medicalInsurance, .personalAttribute, 4, 4, false, true),
        Expected(.medicalRecordNumber, .personalAttribute, 3, 3, false, false), Expected(.doctorLicence, .healthResource, 3, 3, false, false),
        Expected(.unifiedSocialCreditCode, .healthResource, 1, 1, false, false), Expected(.licensePlate, .personalAttribute, 4, 4, false, false),
        Expected(.biometric, .personalAttribute, 4, 4, true, true), Expected(.mobile, .personalAttribute, 4, 4, false, false),
        Expected(.landline, .personalAttribute, 4, 4, false, false), Expected(.email, .personalAttribute, 4, 4, false, false),
        Expected(.address, .personalAttribute, 4, 4, false, false), Expected(.postcode, .personalAttribute, 3, 3, false, false),
        Expected(.bankCard, .medicalPayment, 4, 4, true, true), Expected(.wechat, .personalAttribute, 4, 4, false, false),
        Expected(.qq, .personalAttribute, 4, 4, false, false), Expected(.ipAddress, .personalAttribute, 3, 3, false, false),
        Expected(.macAddress, .personalAttribute, 3, 3, false, false), Expected(.deviceId, .personalAttribute, 3, 3, false, false),
        Expected(.geoLocation, .personalAttribute, 3, 3, true, true), Expected(.birthDate, .personalAttribute, 3, 3, false, false),
        Expected(.age, .personalAttribute, 3, 3, false, false), Expected(.sex, .personalAttribute, 3, 3, false, false),
        Expected(.ethnicity, .personalAttribute, 3, 3, false, false), Expected(.maritalStatus, .personalAttribute, 3, 3, false, false),
        Expected(.occupation, .personalAttribute, 3, 3, false, false), Expected(.employer, .personalAttribute, 3, 3, false, false),
        Expected(.diagnosis, .medicalApplication, 3, 4, true, true), Expected(.icd10, .medicalApplication, 3, 4, true, true),
        Expected(.symptom, .healthStatus, 3, 4, true, true), Expected(.medicalHistory, .healthStatus, 3, 4, true, true),
        Expected(.allergy, .healthStatus, 3, 4, true, true), Expected(.surgery, .medicalApplication, 3, 4, true, true),
        Expected(.labResult, .medicalApplication, 3, 4, true, true), Expected(.drug, .medicalApplication, 2, 4, false, false),
        Expected(.prescription, .medicalApplication, 3, 4, true, true), Expected(.drugApprovalNumber, .healthResource, 1, 4, false, false),
        Expected(.insurancePayment, .medicalPayment, 3, 4, false, false), Expected(.passwordHash, .personalAttribute, 4, 4, true, true),
        Expected(.password, .personalAttribute, 4, 4, true, true), Expected(.token, .personalAttribute, 4, 4, true, true),
    ]

    @Test("every kind but none has its place")
    func complete() {
        #expect(Set(Self.places.map(\.kind)) == Set(DataKind.allCases).subtracting([.none]))
        #expect(Grading().grades(of: [Grading.Column(kind: .none)]) == [nil])
    }

    @Test("category, level and sensitivity of a kind alone, and beside a name", arguments: places)
    func kinds(_ expected: Expected) throws {
        let grade = try #require(Grading().grades(of: [Grading.Column(kind: expected.kind)])[0])
        #expect(grade.category == expected.category && grade.level == expected.alone && grade.sensitive == expected.sensitive45574)
        let older = try #require(Grading(reading: .gbt35273).grades(of: [Grading.Column(kind: expected.kind)])[0])
        #expect(older.sensitive == expected.sensitive35273 && older.level == expected.alone)
        let linked = try #require(Grading().grades(of: [Grading.Column(kind: expected.kind), Grading.Column(kind: .name)])[0])
        #expect(linked.level == expected.linked)
        #expect((grade.dataClass == .sensitivePersonal) == grade.sensitive)
    }

    @Test("what identifies a person directly is of level 4", arguments: DataKind.allCases.filter(\.isDirectIdentifier))
    func identifiers(kind: DataKind) {
        #expect(Grading().grades(of: [Grading.Column(kind: kind)])[0]?.level == 4)
    }

    @Test("masked and hashed values fall to 3, encrypted ones keep their level, a catalogue is not raised")
    func protections() {
        func grade(_ kind: DataKind, _ protection: Protection) -> Grade? {
            Grade(kind: kind, protection: protection, besideIdentifier: false)
        }
        #expect(grade(.idCard, .masked)?.level == 3 && grade(.idCard, .masked)?.reason == .partlyDeidentified)
        #expect(grade(.mobile, .hashed)?.level == 3)
        #expect(grade(.mobile, .encrypted)?.level == 4)
        #expect(grade(.passwordHash, .hashed)?.level == 4)
        #expect(grade(.drug, .masked)?.level == 2)
    }

    @Test("special illnesses of identified persons are of level 5, even where only the record number identifies")
    func special() {
        let illness = Grading.Column(kind: .diagnosis, isSpecial: true)
        #expect(Grading().grades(of: [illness])[0]?.level == 3)
        #expect(Grading().grades(of: [illness, Grading.Column(kind: .medicalRecordNumber)])[0]?.level == 5)
        #expect(Grading().grades(of: [illness, Grading.Column(kind: .name, protection: .encrypted)])[0]?.reason == .specialDisease)
        #expect(Grading().grades(of: [illness, Grading.Column(kind: .name, protection: .empty)])[0]?.level == 3)
    }

    @Test("an identity number tells who is ill beside health data: then it is sensitive in both readings")
    func identityNumbers() {
        let columns = [Grading.Column(kind: .idCard), Grading.Column(kind: .diagnosis)]
        for reading in Grading.Reading.allCases { #expect(Grading(reading: reading).grades(of: columns)[0]?.sensitive == true) }
        let alone = [Grading.Column(kind: .idCard), Grading.Column(kind: .mobile)]
        #expect(Grading(reading: .gbt45574).grades(of: alone)[0]?.sensitive == false)
        #expect(Grading(reading: .gbt35273).grades(of: alone)[0]?.sensitive == true)
    }

    @Test("notes are graded by what stands in them")
    func notes() throws {
        let notes = Grading.Column(kind: .none, embedded: [.name, .diagnosis])
        let grade = try #require(Grading().grades(of: [notes])[0])
        #expect(grade.level == 4 && grade.sensitive && grade.dataClass == .sensitivePersonal)
        #expect(Grading().grades(of: [Grading.Column(kind: .drug), notes])[0]?.level == 4)
    }

    private func table(_ columns: [Grading.Column]) -> TableGrade? {
        TableGrade(Array(zip(columns, Grading().grades(of: columns))))
    }

    @Test("a table is as sensitive as its most sensitive column, and at least of level 4 where who and how ill stand together")
    func tables() throws {
        let mixed = try #require(table([Grading.Column(kind: .sex), Grading.Column(kind: .mobile), Grading.Column(kind: .none)]))
        #expect(mixed.level == 4 && mixed.categories == [.personalAttribute] && !mixed.sensitive && mixed.dataClass == .generalPersonal)
        let masked = try #require(
            table([Grading.Column(kind: .name, protection: .masked), Grading.Column(kind: .symptom, protection: .masked)]))
        #expect(masked.level == 4 && masked.reason == .linkage && masked.categories == [.personalAttribute, .healthStatus] && masked.sensitive)
        #expect(table([Grading.Column(kind: .none)]) == nil)
        #expect(table([Grading.Column(kind: .drug)])?.dataClass == .general)
    }

    @Test("a store is as sensitive as its most sensitive table; with children under 14 everything in it is")
    func stores() throws {
        let contacts = try #require(table([Grading.Column(kind: .mobile)]))
        let goods = try #require(table([Grading.Column(kind: .drug)]))
        let store = try #require(StoreGrade([goods, contacts], under14: 0))
        #expect(store.level == 4 && store.categories == [.personalAttribute, .medicalApplication] && !store.sensitive)
        #expect(StoreGrade([goods, contacts], under14: 1)?.dataClass == .sensitivePersonal)
        #expect(StoreGrade([]) == nil)
    }
}
