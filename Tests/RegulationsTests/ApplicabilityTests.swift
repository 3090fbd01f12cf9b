import Regulations
import Testing

@Suite struct ApplicabilityTests {
    private let thresholds: Thresholds

    init() throws { thresholds = try SmallCatalogue.load().thresholds }

    @Test(
        "a condition holds for the profiles it means",
        arguments: [
            ("always", Profile(), true),
            ("minors", Profile(minors: true), true),
            ("minors", Profile(), false),
            ("not minors", Profile(), true),
            ("sensitivePersonalInformation and outsources", Profile(sensitivePersonalInformation: true), false),
            ("sensitivePersonalInformation or outsources", Profile(sensitivePersonalInformation: true), true),
            ("importantData or minors and crossBorder", Profile(importantData: true), true),
            ("(importantData or minors) and crossBorder", Profile(importantData: true), false),
            ("not (importantData or minors)", Profile(minors: true), false),
            ("not importantData and minors", Profile(minors: true), true),
            ("mlpsLevel >= 3", Profile(mlpsLevel: 3), true),
            ("mlpsLevel >= 3", Profile(mlpsLevel: 2), false),
            ("mlpsLevel == 2", Profile(mlpsLevel: 2), true),
            ("mlpsLevel<=1", Profile(mlpsLevel: 1), true),
            ("persons >= officerFiling", Profile(persons: 999_999), false),
            ("persons >= officerFiling", Profile(persons: 1_000_000), true),
            ("persons >= 1_000_000", Profile(persons: 1_000_000), true),
            ("persons > largeProcessor", Profile(persons: 10_000_000), false),
            ("persons > largeProcessor", Profile(persons: 10_000_001), true),
            ("persons < smallProcessor", Profile(persons: 99_999), true),
            ("persons < smallProcessor", Profile(persons: 100_000), false),
            ("criticalInformationInfrastructure", Profile(criticalInformationInfrastructure: true), true),
            ("medicalInstitution or internetDiagnosis", Profile(internetDiagnosis: true), true),
            ("medicalInstitution", Profile(internetDiagnosis: true), false),
        ])
    func holds(text: String, profile: Profile, expected: Bool) throws {
        #expect(try Applicability.parse(text, thresholds: thresholds).holds(for: profile) == expected)
    }

    @Test(
        "what is no condition is refused",
        arguments: [
            "", "and", "minors and", "minors minors", "(minors", "minors)", "persons", "persons >=", "persons >= many", "persons = 1", "persons >> 1",
            "minors >= 1", "patients > 1", "persons >= -1", "minors; true", "not", "persons >= 99999999999999999999", "未成年人",
        ])
    func refused(text: String) {
        #expect(throws: Applicability.SyntaxError.self) { try Applicability.parse(text, thresholds: thresholds) }
    }

    @Test("deep nesting is refused, not followed into the ground")
    func deep() {
        let text = String(repeating: "(", count: 100_000) + "minors" + String(repeating: ")", count: 100_000)
        #expect(throws: Applicability.SyntaxError.self) { try Applicability.parse(text, thresholds: thresholds) }
        #expect(throws: Applicability.SyntaxError.self) {
            try Applicability.parse(String(repeating: "not ", count: 100_000) + "minors", thresholds: thresholds)
        }
    }
}
