/// The forms in which a report is written.
package enum ReportFormat: String, CaseIterable, Sendable {
    case html, docx, pdf, json

    /// `report.html`, …
    package var fileName: String { "report.\(rawValue)" }
}
