import Findings
import Foundation
import Regulations
import Testing

/// The shipped clauses, cited by the day of the facts.
@Suite struct CitationTests {
    private let catalogue: Catalogue

    init() throws { catalogue = try ShippedCatalogue.result.get() }

    private func control(
        _ id: String, _ profile: Profile = Profile(mlpsLevel: 3), facts: [String] = [], on day: String = "2026-11-24"
    ) throws -> JudgedControl {
        let control = try #require(catalogue.control(id))
        let results = control.checks.prefix(facts.isEmpty ? 0 : 1).map { check in
            let findings = facts.map { Finding(check: check, subject: $0, asset: $0, occurredAt: noon($0)) }
            return CheckResult(check, .failed, examined: 1, findings: findings)
        }
        let inspections = [Inspection(.accessLogs, checks: results)]
        let judgement = catalogue.judge(profile: profile, inspections: inspections, attestations: [], on: noon(day))
        return try #require(judgement.controls.first { $0.control.id == id })
    }

    private func citation(_ clause: String, in control: JudgedControl, _ language: Language = .zh) -> String? {
        control.clauses.first { $0.id == clause }?.citation[language]
    }

    @Test(
        "facts before 2026 cite the Cybersecurity Law's old numbers, later ones the new",
        arguments: [
            ("2025-12-31", "《网络安全法》（2025年修正前）第21条第3项", "Cybersecurity Law (before the 2025 amendment), Article 21(3)"),
            ("2026-01-01", "《网络安全法》第23条第3项", "Cybersecurity Law, Article 23(3)"),
        ])
    func byDate(day: String, zh: String, en: String) throws {
        let control = try control("PRO-18", facts: [day])
        #expect(citation("CSL.23.3", in: control) == zh)
        #expect(citation("CSL.23.3", in: control, .en) == en)
        let clause = try #require(control.clauses.first { $0.id == "CSL.23.3" })
        #expect(clause.article == "23.3")
        #expect(clause.oldArticle == "21.3")
        #expect(clause.status == .verified)
    }

    @Test("midnight in China divides the years")
    func midnight() throws {
        let check: CheckID = "access-logs.foreign-access"
        func cited(_ moment: String) throws -> String? {
            let date = try #require(ISO8601DateFormatter().date(from: moment))
            let finding = Finding(check: check, subject: "a", asset: "a", occurredAt: date)
            let inspection = Inspection(.accessLogs, checks: [CheckResult(check, .failed, examined: 1, findings: [finding])])
            let judgement = catalogue.judge(profile: Profile(), inspections: [inspection], attestations: [], on: noon("2026-11-24"))
            let control = try #require(judgement.controls.first { $0.control.id == "PRO-18" })
            return citation("CSL.23.3", in: control, .en)
        }
        #expect(try cited("2025-12-31T15:59:59Z")?.contains("21(3)") == true)
        #expect(try cited("2025-12-31T16:00:00Z")?.contains("23(3)") == true)
    }

    @Test("facts under both numbers cite both, the newer first")
    func bothNumbers() throws {
        let control = try control("PRO-18", facts: ["2025-11-02", "2026-03-01"])
        #expect(citation("CSL.23.3", in: control) == "《网络安全法》第23条第3项；《网络安全法》（2025年修正前）第21条第3项")
    }

    @Test("a clause whose law was not yet in force on the day of the facts is not cited")
    func notInForce() throws {
        #expect(citation("INC.4", in: try control("RSP-04", on: "2025-10-31")) == nil)
        #expect(citation("INC.4", in: try control("RSP-04", on: "2025-11-01")) == "《国家网络安全事件报告管理办法》第4条")
        #expect(citation("CSL.73", in: try control("RSP-09", on: "2025-12-31")) == nil)
        #expect(citation("CSL.73", in: try control("RSP-09", on: "2026-01-01")) == "《网络安全法》第73条")
    }

    @Test("the old article 64 is never cited for facts of 2026")
    func oldSixtyFour() {
        for (day, isOld) in [("2025-12-31", true), ("2026-01-01", false)] {
            let judgement = catalogue.judge(profile: Profile(persons: 6_500_000), inspections: [], attestations: [], on: noon(day))
            let texts = (judgement.controls.flatMap(\.clauses) + judgement.consequences.flatMap(\.clauses)).filter { $0.law == "CSL" }.map(
                \.citation.zh)
            #expect(texts.contains { $0.contains("第64条") } == isOld)
            #expect(texts.contains { $0.contains("第71条") } == !isOld)
        }
    }

    @Test("what isn't verified is marked, and an unverified number isn't printed")
    func marks() throws {
        let storage = try control("STO-07")
        #expect(citation("G35273.7.2", in: storage) == "GB/T 35273-2020（条号未核，待法务复核）")
        #expect(citation("G35273.7.2", in: storage, .en) == "GB/T 35273-2020 (article number not checked; pending legal review)")
        let inTransit = try control("PRO-16")
        #expect(citation("G22239.8.1.4.8", in: inTransit) == "GB/T 22239-2019 8.1.4.8（据间接来源，待法务复核）")
        #expect(citation("G22239.8.1.2.2", in: inTransit) == "GB/T 22239-2019 8.1.2.2（条号系推定，待法务复核）")
        #expect(citation("HRG.6.4.5.1", in: inTransit)?.contains("据间接来源、施行日期未核，待法务复核") == true)
    }

    @Test("nothing but a verified clause of a dated law is ever a plain citation")
    func neverPlain() {
        let everybody = Profile(
            persons: 20_000_000, sensitivePersonalInformation: true, minors: true, importantData: true, criticalInformationInfrastructure: true,
            mlpsLevel: 3, medicalInstitution: true, internetDiagnosis: true, outsources: true, crossBorder: true)
        let judgement = catalogue.judge(profile: everybody, inspections: [], attestations: [], on: noon("2026-11-24"))
        for clause in judgement.controls.flatMap(\.clauses) + judgement.consequences.flatMap(\.clauses) {
            let isMarked = clause.citation.zh.contains("待法务复核") && clause.citation.en.contains("pending legal review")
            let isDated = catalogue.laws[clause.law]?.validity.isConfirmed == true
            #expect(isMarked == (clause.status != .verified || !isDated), "\(clause)")
            if clause.status == .unverified { #expect(!clause.citation.zh.contains("第\(clause.article)条")) }
        }
    }

    @Test("the number of GB/T 22239 follows the level of the system")
    func level() throws {
        #expect(citation("G22239.8.1.4.1", in: try control("PRO-13", Profile(mlpsLevel: 2)))?.hasPrefix("GB/T 22239-2019 7.1.4.1") == true)
        #expect(citation("G22239.8.1.4.8", in: try control("PRO-16", Profile(mlpsLevel: 2))) == nil)
        #expect(citation("G22239.8.1.4.11", in: try control("PRO-12", Profile(mlpsLevel: 2)))?.hasPrefix("GB/T 22239-2019 7.1.4.10") == true)
        #expect(citation("G22239.8.1.4.1", in: try control("PRO-13", Profile()))?.contains("第三级要求，供参照") == true)
        #expect(citation("HRG.6.4.5.1", in: try control("PRO-16", Profile(mlpsLevel: 2))) == nil)
    }

    @Test("rules for medical institutions and internet diagnosis are cited only against such")
    func institutions() throws {
        for law in ["MED", "IDR", "IHM", "MRR", "MIR"] {
            let software = Profile(persons: 6_500_000, mlpsLevel: 3)
            let hospital = Profile(mlpsLevel: 3, medicalInstitution: true, internetDiagnosis: true)
            for (profile, bound) in [(software, false), (hospital, true)] {
                let judgement = catalogue.judge(profile: profile, inspections: [], attestations: [], on: noon("2026-11-24"))
                #expect(judgement.controls.flatMap(\.clauses).contains { $0.law == law } == bound, "\(law)")
            }
        }
    }

    @Test("an item is called so only where it is known to be one")
    func items() throws {
        #expect(citation("PIPL.51.1", in: try control("MGT-01")) == "《个人信息保护法》第51条第1项")
        #expect(citation("DSL.27.1", in: try control("MGT-01")) == "《数据安全法》第27条(1)")
        #expect(citation("AUD.附19", in: try control("MGT-01"), .en) == "PI Compliance Audit Measures, Annex, item 19")
    }
}
