import Findings
import Foundation
import Regulations
import Reporting

/// The report of a made-up clinic: 80 controls, 29 findings, exhibits of every form.
enum ReportFixture {
    struct Missing: Error {}

    static func clinic(_ language: Language = .zh) throws -> Report {
        guard let url = Bundle.module.url(forResource: "clinic", withExtension: "json") else { throw Missing() }
        var report = try Report(json: Data(contentsOf: url))
        report.language = language
        return report
    }

    /// Every text that a report takes from outside, set to the same.
    static func hostile(_ text: String) throws -> Report {
        var report = try clinic()
        report.organisation.name = text
        for index in report.findings.indices {
            report.findings[index].title = text
            report.findings[index].asset = text
            report.findings[index].evidence = [text, text]
            report.findings[index].remediation = text
            report.findings[index].acceptance = text
        }
        for index in report.controls.indices {
            report.controls[index].title = text
            report.controls[index].remediation = text
            report.controls[index].owner = text
            report.controls[index].attestation = text
        }
        for index in report.coverage.indices {
            report.coverage[index].title = text
            for row in report.coverage[index].unexamined.indices {
                report.coverage[index].unexamined[row].subject = text
                report.coverage[index].unexamined[row].reason = text
            }
        }
        for index in report.duties.indices { report.duties[index].citedFindings = [text] }
        report.exhibits = [
            Exhibit("hostile.table", .table, columns: [text, "service"], rows: [[.text(text), .none]]),
            Exhibit("hostile.bars", .bars, columns: ["service", "count"], rows: [[.text(text), .share(.nan)], [.text(text), .count(3)]]),
        ]
        for index in report.versions.indices {
            report.versions[index].name = text
            report.versions[index].version = text
        }
        return report
    }

    static func renderer() throws -> ReportRenderer { ReportRenderer(wording: try Catalogue.load().wording) }
}

/// A folder that goes when the test ends.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("reporting-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}
