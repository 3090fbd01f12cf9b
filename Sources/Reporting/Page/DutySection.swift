import Findings
import Regulations

/// One duty of the notice, and what would be cited under it.
struct DutyRow: Sendable {
    let id: String
    let title: String
    let verdict: Badge
    let controlList: String
    let cited: [String]
    let nothingCited: Bool

    init(_ duty: Report.Duty, _ words: Words) {
        id = PlainText.name(duty.id)
        title = PlainText.name(duty.title)
        verdict = Badge(duty.verdict, words)
        controlList = duty.controls.isEmpty ? words["label.none"] : PlainText.clean(duty.controls.joined(separator: " "))
        cited = duty.citedFindings.map(PlainText.name)
        nothingCited = cited.isEmpty
    }
}

/// A clause as the report prints it. One that isn't verified always says so.
struct ClauseRow: Sendable {
    let tone: String
    let citation: String
    let paraphrase: String

    init(_ clause: Report.Clause, _ words: Words) {
        let isVerified = clause.status == "verified"
        tone = isVerified ? "verified" : "pending"
        citation = PlainText.clean(isVerified ? clause.citation : Self.marked(clause, words))
        paraphrase = PlainText.clean(clause.paraphrase)
    }

    /// The catalogue marks what it cites; a report from elsewhere may not have.
    private static func marked(_ clause: Report.Clause, _ words: Words) -> String {
        guard !clause.citation.contains(words.common("status.unverified")) else { return clause.citation }
        let message = Message("citation.marked", ["citation": .text(clause.citation), "marks": .term("mark.\(clause.status)")])
        return words.wording.text(message, words.language)
    }
}

/// What the law attaches to the number of persons held.
struct ConsequenceRow: Sendable {
    let text: String
    let clauses: [ClauseRow]

    init(_ consequence: Report.Consequence, _ words: Words) {
        text = PlainText.clean(consequence.text)
        clauses = consequence.clauses.map { ClauseRow($0, words) }
    }
}
