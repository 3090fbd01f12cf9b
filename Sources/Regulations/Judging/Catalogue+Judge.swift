package import Findings
package import Foundation

extension Catalogue {
    /// Joins what the inspectors found with the controls.
    ///
    /// - A control that doesn't apply to the profile is not applicable; one without an answered check is not assessed, attested or not.
    /// - A failed check makes it non-compliant when it was a measurement or a finding is as severe as the control, otherwise partial.
    ///   No document and no attestation outweighs that.
    /// - It is compliant when every check that the estate has something for passed and the rest, if any, is covered by an attestation that counts on the day.
    /// - Parameter date: of the assessment; a finding that happened on another day is judged by the law of that day.
    package func judge(profile: Profile, inspections: [Inspection], attestations: [ControlAttestation], on date: Date) -> Judgement {
        let results = CheckAnswers(inspections)
        let writer = CitationWriter(catalogue: self, profile: profile)
        let judged = controls.map { control in
            let attestation = attestations.filter { $0.control == control.id && $0.counts(on: date) }.max { $0.until < $1.until }
            return judge(control, profile, results, attestation, writer, date)
        }
        let verdicts = Dictionary(judged.map { ($0.control.id, $0.verdict) }) { first, _ in first }
        let judgedDuties = duties.map { duty in
            let members = controls.filter { $0.duties.contains(duty.id) }.map(\.id)
            return JudgedDuty(duty: duty, verdict: .ofDuty(members.compactMap { verdicts[$0] }), controls: members)
        }
        return Judgement(controls: judged, duties: judgedDuties, consequences: consequences(for: profile, writer, CalendarDay(date)))
    }

    private func judge(
        _ control: Control, _ profile: Profile, _ answers: CheckAnswers, _ attestation: ControlAttestation?, _ writer: CitationWriter, _ date: Date
    ) -> JudgedControl {
        let applies = control.appliesWhen.holds(for: profile)
        var tally = EvidenceTally()
        var items: [JudgedEvidence] = []
        var findings: [Finding] = []
        for item in control.evidence where applies {
            switch item {
            case .check(let id):
                let answer = answers[id]
                findings += answer.findings
                items.append(judged(id, answer))
                switch answer.outcome {
                case .passed: tally.passed += 1
                case .notAssessed: tally.unanswered += 1
                case .notApplicable: break
                case .failed:
                    tally.failed = true
                    let isMeasured = check(id)?.method == .measurement
                    if isMeasured || answer.findings.contains(where: { severity(of: $0) >= control.severity }) { tally.gravelyFailed = true }
                }
            case .manual(let method, let text):
                tally.manual += 1
                items.append(judged("\(control.id).manual-\(tally.manual)", method, text, attestation))
            }
        }
        let days = findings.isEmpty ? [CalendarDay(date)] : Set(findings.map { CalendarDay($0.occurredAt ?? date) })
        return JudgedControl(
            control: control, verdict: applies ? tally.verdict(isAttested: attestation != nil) : .notApplicable, checks: items, findings: findings,
            clauses: control.clauses.compactMap { writer.cite($0, on: days) }, attestation: applies ? attestation : nil)
    }

    private func judged(_ id: CheckID, _ answer: CheckResult) -> JudgedEvidence {
        let title = check(id)?.title ?? LocalizedText(zh: id.rawValue, en: id.rawValue)
        return switch answer.outcome {
        case .passed: JudgedEvidence(id: id.rawValue, title: title, status: .passed, examined: answer.examined)
        case .failed: JudgedEvidence(id: id.rawValue, title: title, status: .failed, examined: answer.examined)
        // In the report both are checks without an answer, with the reason beside them.
        case .notAssessed(let reason), .notApplicable(let reason):
            JudgedEvidence(id: id.rawValue, title: title, status: .notAssessed, reason: reason, examined: answer.examined)
        }
    }

    private func judged(_ id: String, _ method: Control.ManualMethod, _ text: LocalizedText, _ attestation: ControlAttestation?) -> JudgedEvidence {
        let reason =
            if let attestation {
                Message("evidence-attested", ["by": .text(attestation.by), "until": .day(attestation.until)])
            } else {
                Message("evidence-manual", ["method": .term("method.\(method.rawValue)")])
            }
        return JudgedEvidence(id: id, title: text, status: .notAssessed, reason: reason, examined: 0)
    }

    private func consequences(for profile: Profile, _ writer: CitationWriter, _ day: CalendarDay) -> [JudgedConsequence] {
        var facts: [String: Fact] = ["persons": .count(profile.persons)]
        for id in ThresholdID.allCases { facts[id.rawValue] = .count(thresholds[id]) }
        return consequences.filter { $0.when.holds(for: profile) }.map { rule in
            let text = LocalizedText(zh: wording.fill(rule.text.zh, facts, .zh), en: wording.fill(rule.text.en, facts, .en))
            return JudgedConsequence(id: rule.id, text: text, clauses: rule.clauses.compactMap { writer.cite($0, on: [day]) })
        }
    }
}
