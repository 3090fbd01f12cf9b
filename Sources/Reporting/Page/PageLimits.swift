/// How much of a long list a document shows; report.json holds everything.
struct PageLimits: Sendable {
    /// Rows of a table of measurements.
    let exhibitRows: Int
    /// Findings shown in detail, worst first.
    let findings: Int
    /// What could not be examined, by inspector.
    let coverageRows: Int
    /// Clauses cited under one gap.
    let clauses: Int
    /// Clauses named in the table of all controls.
    let clausesOfControl: Int

    static let screen = PageLimits(exhibitRows: 200, findings: 500, coverageRows: 200, clauses: 12, clausesOfControl: 12)
    static let print = PageLimits(exhibitRows: 40, findings: 120, coverageRows: 60, clauses: 6, clausesOfControl: 3)
}
