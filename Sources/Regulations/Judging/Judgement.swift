package import Findings
package import Foundation

/// What an assessment comes to, by control and by duty.
package struct Judgement: Sendable {
    package var controls: [JudgedControl]
    package var duties: [JudgedDuty]
    package var consequences: [JudgedConsequence]
}

package struct JudgedControl: Sendable {
    package var control: Control
    package var verdict: Verdict
    package var checks: [JudgedEvidence]
    package var findings: [Finding]
    package var clauses: [CitedClause]
    /// The one that counts on the day of the assessment.
    package var attestation: ControlAttestation?
}

/// One item of a control's evidence: a check, or something that a person has to show.
package struct JudgedEvidence: Sendable {
    package enum Status: String, Codable, Sendable {
        case passed, failed, notAssessed
    }

    /// The check's id, or `MGT-08.manual-1`.
    package var id: String
    package var title: LocalizedText
    package var status: Status
    /// Why it isn't assessed.
    package var reason: Message?
    package var examined: Int
}

package struct JudgedDuty: Sendable {
    package var duty: Duty
    package var verdict: Verdict
    /// Ids.
    package var controls: [String]
}

package struct JudgedConsequence: Sendable {
    package var id: String
    package var text: LocalizedText
    package var clauses: [CitedClause]
}

/// Somebody's word that a control is in place where no inspector can look.
package struct ControlAttestation: Hashable, Sendable {
    package var control: String
    package var by: String
    package var on: Date
    package var until: Date
    package var statement: String

    package init(control: String, by: String, on: Date, until: Date, statement: String) {
        self.control = control
        self.by = by
        self.on = on
        self.until = until
        self.statement = statement
    }

    /// First and last day included, in China's days.
    func counts(on date: Date) -> Bool {
        CalendarDay(on) <= CalendarDay(date) && CalendarDay(date) <= CalendarDay(until)
    }
}

/// A clause as it is cited on the dates of the facts.
package struct CitedClause: Hashable, Sendable {
    package var id: String
    package var law: String
    /// The number that binds the organisation: of level 2 where its systems are of that level.
    package var article: String
    /// The number until 2025-12-31, where it differs.
    package var oldArticle: String?
    package var status: Clause.Status
    /// `《网络安全法》第23条第3项`; marked where it isn't verified.
    package var citation: LocalizedText
    package var paraphrase: LocalizedText
}
