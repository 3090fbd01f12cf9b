import Findings
import Foundation
import Mustache

/// Everything that the templates show, as plain sentences in the report's language, in the order of the document.
///
/// The templates decide how it looks and the report decides what it says; this type only picks, joins and shortens.
struct Page: Sendable {
    let htmlLanguage: String
    let organisation: String
    let assessedAt: String
    /// Label and value, for the cover.
    let profile: [Pair]
    let duties: [DutyRow]
    let summary: SummarySection
    let persons: [Pair]
    let consequences: [ConsequenceRow]
    let gaps: [GapGroup]
    /// How many findings are not shown: no or one sentence.
    let gapsLeft: [String]
    let settled: [SettledRow]
    let hasSettled: Bool
    let plan: [PlanRow]
    let hasPlan: Bool
    let exhibits: [ExhibitTable]
    let controls: [ControlRow]
    let coverage: [CoverageSection]
    let versions: [Pair]

    struct Pair: Sendable {
        let name: String
        let value: String
    }

    init(_ report: Report, _ words: Words, _ limits: PageLimits) {
        htmlLanguage = report.language == .zh ? "zh-CN" : "en"
        organisation = PlainText.name(report.organisation.name)
        assessedAt = words.fact(.time(report.assessedAt))
        profile = Self.profile(report.organisation, words)
        duties = report.duties.map { DutyRow($0, words) }
        summary = SummarySection(report, words)
        persons = Self.persons(report.summary, words)
        consequences = report.consequences.map { ConsequenceRow($0, words) }
        (gaps, gapsLeft) = GapGroup.groups(report, words, limits)
        settled = report.findings.filter { $0.status == .fixed || $0.status == .accepted }.map { SettledRow($0, words) }
        hasSettled = !settled.isEmpty
        plan = PlanRow.rows(report, words)
        hasPlan = !plan.isEmpty
        exhibits = report.exhibits.map { ExhibitTable($0, words, limits) }
        controls = report.controls.map { ControlRow($0, words, limits) }
        coverage = report.coverage.map { CoverageSection($0, words, limits) }
        versions = report.versions.map { Pair(name: PlainText.name($0.name), value: PlainText.clean($0.version)) }
    }

    /// - Parameter styleSheet: put into the page as it is.
    func render(_ template: MustacheTemplate, _ words: Words, styleSheet: String) -> String {
        let parts: [String: Any] = [
            "page": self, "heading": words.group("heading"), "label": words.group("label"), "note": words.group("note"),
            "clauseStatus": words.commonGroup("status"), "styleSheet": styleSheet,
        ]
        return template.render(parts)
    }

    private static func profile(_ organisation: Report.Organisation, _ words: Words) -> [Pair] {
        let level =
            organisation.mlpsLevel > 0
            ? words.sentence("mlps-level", ["level": .count(organisation.mlpsLevel)]) : words["label.mlps-ungraded"]
        let traits: [(Bool, String)] = [
            (organisation.medicalInstitution, "medical-institution"), (organisation.internetDiagnosis, "internet-diagnosis"),
            (organisation.importantData, "important-data"), (organisation.minors, "minors"),
        ]
        let held = traits.filter(\.0).map { words["trait.\($0.1)"] }
        return [
            Pair(name: words["label.mlps"], value: level),
            Pair(name: words["label.traits"], value: held.isEmpty ? words["label.none"] : words.list(held)),
        ]
    }

    private static func persons(_ summary: Report.Summary, _ words: Words) -> [Pair] {
        [
            Pair(name: words["label.persons"], value: words.fact(.count(summary.persons))),
            Pair(
                name: words["label.persons-measured"],
                value: summary.personsMeasured.map { words.fact(.count($0)) } ?? words["label.not-measured"]),
            Pair(name: words["label.persons-declared"], value: words.fact(.count(summary.personsDeclared))),
        ]
    }
}
