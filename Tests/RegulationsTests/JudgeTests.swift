import Findings
import Foundation
import Regulations
import Testing

@Suite struct JudgeTests {
    private static let day = noon("2026-11-24")

    private static func passed(_ check: CheckID) -> CheckResult { CheckResult(check, .passed, examined: 1) }
    private static func unanswered(_ check: CheckID) -> CheckResult { CheckResult(check, .notAssessed(Message("nothing-to-examine")), examined: 0) }
    private static func failed(_ check: CheckID, _ severity: Severity? = nil) -> CheckResult {
        CheckResult(check, .failed, examined: 1, findings: [Finding(check: check, subject: "s", asset: "a", severity: severity)])
    }

    private static func inapplicable(_ check: CheckID) -> CheckResult {
        CheckResult(check, .notApplicable(Message("nothing-to-examine")), examined: 0)
    }

    private static let both = "[{check: regime.policy}, {check: exposure.port}]"
    private static let withManual = "[{check: regime.policy}, {method: document, manual: {zh: \"证\", en: \"proof\"}}]"
    private static let onlyManual = "[{method: document, manual: {zh: \"证\", en: \"proof\"}}]"

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var evidence: String
        var results: [CheckResult]
        var attested = false
        var verdict: Verdict

        init(_ name: String, _ evidence: String, _ results: [CheckResult], attested: Bool = false, _ verdict: Verdict) {
            testDescription = name
            self.evidence = evidence
            self.results = results
            self.attested = attested
            self.verdict = verdict
        }
    }

    static let cases = [
        Case("all passed", both, [passed("regime.policy"), passed("exposure.port")], .compliant),
        Case("one unanswered", both, [passed("regime.policy"), unanswered("exposure.port")], .partial),
        Case("one unanswered, attested", both, [passed("regime.policy"), unanswered("exposure.port")], attested: true, .partial),
        Case("one never run", both, [passed("regime.policy")], .partial),
        Case("one is about nothing here", both, [passed("regime.policy"), inapplicable("exposure.port")], .compliant),
        Case("one is about nothing here, the other unanswered", both, [unanswered("regime.policy"), inapplicable("exposure.port")], .notAssessed),
        Case(
            "both are about nothing here, attested", both, [inapplicable("regime.policy"), inapplicable("exposure.port")], attested: true,
            .notAssessed),
        Case(
            "for one inspector nothing, for the other a failure", both,
            [passed("regime.policy"), inapplicable("exposure.port"), failed("exposure.port")], .nonCompliant),
        Case(
            "for one inspector nothing, for the other all well", both,
            [passed("regime.policy"), passed("exposure.port"), inapplicable("exposure.port")], .compliant),
        Case("none answered", both, [unanswered("regime.policy"), unanswered("exposure.port")], .notAssessed),
        Case("none answered, attested", both, [], attested: true, .notAssessed),
        Case("measurement failed", both, [passed("regime.policy"), failed("exposure.port")], .nonCompliant),
        Case("measurement failed lightly", both, [passed("regime.policy"), failed("exposure.port", .low)], .nonCompliant),
        Case("measurement failed, attested", both, [passed("regime.policy"), failed("exposure.port")], attested: true, .nonCompliant),
        Case("document missing", both, [failed("regime.policy"), passed("exposure.port")], .nonCompliant),
        Case("document thin", both, [failed("regime.policy", .medium), passed("exposure.port")], .partial),
        Case("document thin, rest unanswered", both, [failed("regime.policy", .medium)], .partial),
        Case("manual left", withManual, [passed("regime.policy")], .partial),
        Case("manual attested", withManual, [passed("regime.policy")], attested: true, .compliant),
        Case("manual attested, check failed", withManual, [failed("regime.policy")], attested: true, .nonCompliant),
        Case("only manual", onlyManual, [], .notAssessed),
        Case("only manual, attested", onlyManual, [], attested: true, .notAssessed),
        Case("two inspectors disagree", both, [passed("regime.policy"), passed("exposure.port"), failed("exposure.port")], .nonCompliant),
    ]

    @Test("the verdict follows the evidence", arguments: cases)
    func verdict(_ sample: Case) throws {
        let catalogue = try SmallCatalogue.load("controls.yaml", SmallCatalogue.controls(evidence: sample.evidence))
        let attestation = ControlAttestation(control: "MGT-01", by: "某人", on: noon("2026-01-01"), until: noon("2026-12-31"), statement: "在")
        let judgement = catalogue.judge(
            profile: Profile(), inspections: [Inspection(.regime, checks: sample.results)], attestations: sample.attested ? [attestation] : [],
            on: Self.day)
        let control = try #require(judgement.controls.first)
        #expect(control.verdict == sample.verdict)
        #expect(judgement.duties.first?.verdict == sample.verdict)
        #expect(control.findings.count == sample.results.flatMap(\.findings).count)
    }

    @Test(
        "an attestation counts from its first to its last day",
        arguments: [
            ("2026-11-25", "2027-01-01", false), ("2026-11-24", "2026-11-24", true), ("2026-01-01", "2026-11-23", false),
            ("2026-01-01", "2026-11-24", true),
        ])
    func attestation(on: String, until: String, counts: Bool) throws {
        let catalogue = try SmallCatalogue.load("controls.yaml", SmallCatalogue.controls(evidence: Self.withManual))
        let attestation = ControlAttestation(control: "MGT-01", by: "某人", on: noon(on), until: noon(until), statement: "在")
        let judgement = catalogue.judge(
            profile: Profile(), inspections: [Inspection(.regime, checks: [Self.passed("regime.policy")])], attestations: [attestation], on: Self.day)
        #expect(judgement.controls.first?.verdict == (counts ? .compliant : .partial))
        #expect((judgement.controls.first?.attestation != nil) == counts)
    }

    @Test("a control that doesn't apply is not applicable, whatever was found")
    func notApplicable() throws {
        let catalogue = try SmallCatalogue.load("controls.yaml", SmallCatalogue.controls(evidence: Self.both, appliesWhen: "minors"))
        let inspection = Inspection(.regime, checks: [Self.failed("exposure.port")])
        let judgement = catalogue.judge(profile: Profile(), inspections: [inspection], attestations: [], on: Self.day)
        #expect(judgement.controls.first?.verdict == .notApplicable)
        #expect(judgement.controls.first?.findings.isEmpty == true)
        #expect(judgement.duties.first?.verdict == .notApplicable)
    }

    @Test("what was not assessed says why")
    func reasons() throws {
        let catalogue = try SmallCatalogue.load()
        let judgement = catalogue.judge(profile: Profile(), inspections: [Inspection(.regime)], attestations: [], on: Self.day)
        #expect(judgement.controls.first?.checks.map(\.reason?.key) == ["check-not-answered", "inspector-not-requested"])
    }

    @Test(
        "a duty is as bad as the worst control under it",
        arguments: [
            ([.compliant, .nonCompliant, .partial], .nonCompliant), ([.compliant, .partial], .partial), ([.compliant, .compliant], .compliant),
            ([.compliant, .notApplicable], .compliant), ([.compliant, .notAssessed], .partial), ([.notAssessed, .notApplicable], .notAssessed),
            ([.notAssessed, .nonCompliant], .nonCompliant), ([.notApplicable, .notApplicable], .notApplicable), ([.partial, .notAssessed], .partial),
            ([], .notAssessed),
        ] as [([Verdict], Verdict)])
    func duty(controls: [Verdict], verdict: Verdict) {
        #expect(Verdict.ofDuty(controls) == verdict)
    }

    @Test("a finding is as severe as it says, else as its check says")
    func severity() throws {
        let catalogue = try SmallCatalogue.load()
        #expect(catalogue.severity(of: Finding(check: "exposure.port", subject: "s", asset: "a")) == .high)
        #expect(catalogue.severity(of: Finding(check: "exposure.port", subject: "s", asset: "a", severity: .low)) == .low)
        #expect(catalogue.deadline(for: .high, from: noon("2026-11-01")) == noon("2026-11-16"))
    }
}
