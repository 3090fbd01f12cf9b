/// The inspectors, in the order of the report.
package enum InspectorID: String, Codable, CaseIterable, Sendable {
    case exposure
    case patientData = "patient-data"
    case accessLogs = "access-logs"
    case regime
}

/// Everything that one inspector brings back from one run.
package struct Inspection: Codable, Sendable {
    package var inspector: InspectorID
    package var checks: [CheckResult]
    /// The names of the subjects that were examined (see ``Finding/subject``).
    package var examined: [String]
    /// What was declared and could not be examined, wholly or in part, and why. A run with any of these is incomplete (exit code 3).
    package var unexamined: [Unexamined]
    /// Tables and charts for the report and the terminal.
    package var exhibits: [Exhibit]
    /// Lower bound of the distinct natural persons that were found, when this inspector counts them.
    package var persons: Int?

    package init(
        _ inspector: InspectorID, checks: [CheckResult] = [], examined: [String] = [], unexamined: [Unexamined] = [], exhibits: [Exhibit] = [],
        persons: Int? = nil
    ) {
        self.inspector = inspector
        self.checks = checks
        self.examined = examined
        self.unexamined = unexamined
        self.exhibits = exhibits
        self.persons = persons
    }
}

/// A subject that was left out, wholly or in part.
package struct Unexamined: Codable, Hashable, Sendable {
    package var subject: String
    package var reason: Message

    package init(_ subject: String, _ reason: Message) {
        self.subject = subject
        self.reason = reason
    }
}

/// A table of measurements; `form` says how the report may draw it. Words stand in the catalogue: the title under `exhibit.<id>`,
/// each column's heading under `column.<key>`.
package struct Exhibit: Codable, Hashable, Sendable {
    package enum Form: String, Codable, Sendable {
        case table
        /// Horizontal bars: the first column is the label, the second the length, the rest go beside it.
        case bars
        /// Spans of time: label, first (`.time`), last (`.time`), then a `.list` of gaps, each a `.list` of two `.time`s; the rest go beside it.
        case timeline
    }

    package var id: String
    package var form: Form
    package var columns: [String]
    package var rows: [[Fact]]

    package init(_ id: String, _ form: Form, columns: [String], rows: [[Fact]]) {
        self.id = id
        self.form = form
        self.columns = columns
        self.rows = rows
    }
}
