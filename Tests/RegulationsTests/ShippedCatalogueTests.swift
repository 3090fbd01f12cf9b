import Findings
import Foundation
import Regulations
import Testing

@Suite struct ShippedCatalogueTests {
    private let catalogue: Catalogue

    init() throws { catalogue = try ShippedCatalogue.result.get() }

    /// Which controls answer for which failure of the notice.
    private static let duties: [(String, [String])] = [
        ("M1", ["MGT-01", "MGT-02", "MGT-14"]),
        ("M2", ["MGT-03", "MGT-04", "MGT-05"]),
        ("M3", ["MGT-06", "MGT-07", "MGT-08", "MGT-09"]),
        ("M4", ["MGT-10", "MGT-11", "MGT-12", "MGT-13", "LOG-05"]),
        ("M5", ["RSP-01", "RSP-02", "RSP-03", "RSP-04", "RSP-05", "RSP-06", "RSP-07"]),
        ("M6", ["LOG-01", "LOG-02", "LOG-03", "LOG-04", "LOG-05"]),
        ("P1", ["PRO-01", "PRO-02", "PRO-03", "PRO-04"]),
        ("P2", ["PRO-05", "PRO-06", "PRO-07", "PRO-08", "PRO-17", "PRO-22"]),
        ("P3", ["PRO-09", "PRO-10", "PRO-11", "PRO-12", "PRO-13", "PRO-14", "PRO-15", "PRO-17"]),
        ("P4", ["PRO-18", "PRO-19", "PRO-20", "PRO-21", "PRO-23", "RSP-06", "RSP-08"]),
        ("S1", ["MGT-21", "PRO-16", "STO-01", "STO-02", "STO-03", "STO-04", "STO-05", "STO-06", "STO-10"]),
        ("S2", ["STO-03", "STO-07", "STO-08", "STO-09", "STO-10"]),
        (
            "X",
            [
                "MGT-15", "MGT-16", "MGT-17", "MGT-18", "MGT-19", "MGT-20", "PRO-23", "STO-11", "STO-12", "STO-13", "STO-14", "RSP-09", "RGT-01",
                "RGT-02", "RGT-03", "RGT-04", "RGT-05", "RGT-06", "RGT-07", "RGT-08",
            ]
        ),
    ]

    @Test("there are 80 controls over 222 clauses, by domain and severity as counted")
    func counts() {
        #expect(catalogue.controls.count == 80)
        #expect(Set(catalogue.controls.map(\.id)).count == 80)
        #expect(catalogue.clauses.count == 222)
        let statuses = Dictionary(grouping: catalogue.clauses.values, by: \.status).mapValues(\.count)
        #expect(statuses == [.verified: 120, .secondary: 70, .derived: 19, .unverified: 13])
        let domains = Dictionary(grouping: catalogue.controls, by: \.domain).mapValues(\.count)
        #expect(domains == [.management: 26, .protection: 23, .storage: 14, .response: 9, .rights: 8])
        let severities = Dictionary(grouping: catalogue.controls, by: \.severity).mapValues(\.count)
        #expect(severities == [.critical: 15, .high: 48, .medium: 16, .low: 1])
    }

    @Test("the notice's failures are answered by these controls", arguments: duties)
    func duty(id: String, controls: [String]) throws {
        let judgement = catalogue.judge(profile: Profile(), inspections: [], attestations: [], on: noon("2026-11-24"))
        let duty = try #require(judgement.duties.first { $0.duty.id == id })
        #expect(Set(duty.controls) == Set(controls))
        #expect(judgement.duties.map(\.duty.id) == Self.duties.map(\.0))
    }

    @Test("every failure of the notice has at least one check that can prove it", arguments: duties.map(\.0).filter { $0 != "X" })
    func measurable(duty: String) {
        #expect(catalogue.controls.contains { $0.duties.contains(duty) && !$0.checks.isEmpty })
    }

    @Test("no control is compliant without an answered check, whoever attests to it")
    func neverCompliantUnmeasured() {
        let attestations = catalogue.controls.map {
            ControlAttestation(control: $0.id, by: "某人", on: noon("2026-01-01"), until: noon("2027-01-01"), statement: "已落实")
        }
        let everybody = Profile(
            persons: 20_000_000, sensitivePersonalInformation: true, minors: true, importantData: true, mlpsLevel: 3, medicalInstitution: true,
            internetDiagnosis: true, outsources: true, crossBorder: true)
        let silent = catalogue.judge(profile: everybody, inspections: [], attestations: attestations, on: noon("2026-11-24"))
        #expect(silent.controls.allSatisfy { $0.verdict == .notAssessed })

        let allPass = Set(catalogue.controls.flatMap(\.checks)).map { CheckResult($0, .passed, examined: 1) }
        let best = catalogue.judge(
            profile: everybody, inspections: [Inspection(.regime, checks: allPass)], attestations: attestations, on: noon("2026-11-24"))
        for control in best.controls {
            #expect(control.verdict == (control.control.checks.isEmpty ? .notAssessed : .compliant), "\(control.control.id)")
        }
    }

    @Test("a failed check is seen in every control and duty that rests on it")
    func failuresShow() {
        for check in Set(catalogue.controls.flatMap(\.checks)) {
            let finding = Finding(check: check, subject: "s", asset: "a")
            let inspection = Inspection(.regime, checks: [CheckResult(check, .failed, examined: 1, findings: [finding])])
            let everybody = Profile(persons: 20_000_000, sensitivePersonalInformation: true, importantData: true, mlpsLevel: 3)
            let judgement = catalogue.judge(profile: everybody, inspections: [inspection], attestations: [], on: noon("2026-11-24"))
            for control in catalogue.controls(restingOn: check) {
                let verdict = judgement.controls.first { $0.control.id == control.id }?.verdict
                #expect(verdict == .nonCompliant || verdict == .partial, "\(check.rawValue) → \(control.id)")
                for duty in judgement.duties where control.duties.contains(duty.duty.id) {
                    #expect(duty.verdict == .nonCompliant || duty.verdict == .partial, "\(check.rawValue) → \(duty.duty.id)")
                }
            }
        }
    }

    @Test(
        "the number of persons decides, the number itself included",
        arguments: [
            (0, ["MGT-04"], ["officer-filing-not-due", "audit-five-years", "incident-below-annex"]),
            (99_999, ["MGT-04"], ["officer-filing-not-due", "incident-below-annex"]),
            (100_000, ["MGT-04"], ["audit-ordered", "incident-below-annex"]),
            (999_999, ["MGT-04", "MGT-05"], ["officer-filing-not-due", "audit-five-years", "incident-below-annex"]),
            (1_000_000, ["MGT-05"], ["officer-filing", "audit-five-years", "incident-larger", "incident-reporting"]),
            (6_500_000, ["MGT-05"], ["officer-filing", "audit-three-years", "audit-ordered", "incident-larger", "incident-reporting"]),
            (9_999_999, ["MGT-05"], ["officer-filing", "audit-three-years", "incident-larger"]),
            (10_000_000, [], ["officer-filing", "data-security-body", "audit-three-years", "incident-major"]),
            (10_000_001, [], ["data-security-body", "audit-two-years", "incident-major"]),
            (100_000_000, [], ["incident-extraordinary"]),
        ])
    func persons(persons: Int, notApplicable: [String], consequences: [String]) {
        let profile = Profile(persons: persons, sensitivePersonalInformation: true)
        let judgement = catalogue.judge(profile: profile, inspections: [], attestations: [], on: noon("2026-11-24"))
        for id in ["MGT-04", "MGT-05"] where persons >= 1_000_000 || id == "MGT-04" {
            let verdict = judgement.controls.first { $0.control.id == id }?.verdict
            #expect((verdict == .notApplicable) == notApplicable.contains(id), "\(id)")
        }
        let found = Set(judgement.consequences.map(\.id))
        #expect(found.isSuperset(of: consequences), "\(found)")
        #expect(found.filter { $0.hasPrefix("incident-") && !$0.contains("reporting") }.count == 1)
        #expect(found.filter { ["audit-two-years", "audit-three-years", "audit-five-years"].contains($0) }.count == 1)
        for consequence in judgement.consequences {
            #expect(!consequence.clauses.isEmpty, "\(consequence.id)")
            for text in [consequence.text.zh, consequence.text.en] { #expect(!text.contains("{") && !text.contains("—"), "\(text)") }
        }
    }

    @Test("thresholds hold the numbers of the law")
    func thresholds() {
        #expect(catalogue.thresholds[.officerFiling] == 1_000_000)
        #expect(catalogue.thresholds[.largeProcessor] == 10_000_000)
        #expect(catalogue.thresholds[.sensitiveAudit] == 100_000)
        #expect(catalogue.thresholds.logRetentionDays == 184)
        #expect(catalogue.thresholds[.reportingHours] == 4)
        #expect(catalogue.thresholds[.reportingHoursCritical] == 1)
        #expect(catalogue.thresholds.definition(.remediationDaysHigh)?.basis == .productDefault)
    }

    @Test("duties of the State are cited by nothing")
    func stateDuties() {
        for id in ["DSL.21", "NDSR.5", "PIPL.36", "PIPL.37"] {
            #expect(catalogue.clauses[id]?.addressee == .state)
            #expect(!catalogue.controls.contains { $0.clauses.contains(id) })
        }
    }

    @Test("small processors keep every control")
    func smallProcessors() {
        let small = catalogue.judge(profile: Profile(persons: 1), inspections: [], attestations: [], on: noon("2026-11-24"))
        let large = catalogue.judge(profile: Profile(persons: 500_000), inspections: [], attestations: [], on: noon("2026-11-24"))
        #expect(small.controls.map(\.verdict) == large.controls.map(\.verdict))
    }

    @Test("every word of the verdicts, severities, statuses and domains is there")
    func terms() {
        let keys =
            Verdict.allCases.map { "verdict.\($0.rawValue)" } + Severity.allCases.map { "severity.\($0.rawValue)" }
            + Clause.Status.allCases.map { "status.\($0.rawValue)" } + Control.Domain.allCases.map { "domain.\($0.rawValue)" }
            + Control.ManualMethod.allCases.map { "method.\($0.rawValue)" } + InspectorID.allCases.map { "inspector.\($0.rawValue)" }
        #expect(keys.flatMap { catalogue.wording.missingKeys(.term($0)) }.isEmpty)
        for key in ["nothing-to-examine", "inspector-not-requested", "check-not-answered"] {
            #expect(catalogue.wording.missingKeys(Message(key)).isEmpty)
        }
    }

    @Test("both languages of a sentence name the same facts")
    func placeholders() {
        let names = { (text: String) in Set(text.matches(of: /\{([A-Za-z0-9_-]+)\}/).map { String($0.output.1) }) }
        for (key, text) in catalogue.wording.messages { #expect(names(text.zh) == names(text.en), "\(key)") }
        for check in catalogue.wording.checks.values {
            #expect(names(check.finding.zh) == names(check.finding.en), "\(check.id.rawValue)")
            #expect(names(check.remediation.zh) == names(check.remediation.en), "\(check.id.rawValue)")
        }
    }

    @Test("every check that has words is named by a control")
    func noOrphans() {
        let named = Set(catalogue.controls.flatMap(\.checks))
        #expect(catalogue.wording.checks.keys.filter { !named.contains($0) }.sorted().isEmpty)
    }
}
