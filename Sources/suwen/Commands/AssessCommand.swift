import ArgumentParser
import Assessment
import Estate
import Findings
import Foundation
import Regulations
import Reporting

struct AssessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assess", abstract: "Assess an estate and write the gap-analysis report.",
        discussion: """
            Runs the inspectors, judges their results by the catalogue of laws, keeps the outcome in the history beside the estate, and writes
            report.html, report.docx, report.pdf and report.json. Reads only; contacts only what the estate's scope permits.

            EXAMPLES
              suwen assess estate.yaml
              suwen assess estate.yaml --output reports/2026-11 --format html,json --language en
              suwen assess estate.yaml --only regime,access-logs
              suwen assess estate.yaml --fail-on high --json > report.json
            """)

    @OptionGroup var estate: EstateOptions
    @Option(help: ArgumentHelp("The folder for the report.", valueName: "folder"), completion: .directory) var output = "suwen-report"
    @Option(help: ArgumentHelp("Which of html, docx, pdf and json to write.", valueName: "formats")) var format = "html,docx,pdf,json"
    @Option(help: "The language of the report: zh or en.") var language = Language.zh
    @Option(help: ArgumentHelp("Run only these inspectors: exposure, patient-data, access-logs, regime.", valueName: "inspectors")) var only: String?
    @Option(help: ArgumentHelp("Exit with 1 when a new or open finding is at least this severe.", valueName: "severity")) var failOn: Severity?
    @Option(
        name: .customLong("reference-doc"), help: ArgumentHelp("A Word document whose styles report.docx takes.", valueName: "docx"),
        completion: .file(extensions: ["docx"]))
    var referenceDocument: String?
    @Flag(help: "Print report.json to standard output as well.") var json = false
    @OptionGroup var log: LogOptions

    func run() async throws {
        let formats = try Self.list(format, "--format") { ReportFormat(rawValue: $0) }
        let wanted = try only.map { try Self.list($0, "--only") { InspectorID(rawValue: $0) } } ?? InspectorID.allCases
        if let referenceDocument, !FileManager.default.isReadableFile(atPath: referenceDocument) {
            throw Failure.input("--reference-doc \(referenceDocument): can't be read")
        }
        let declared = try estate.load()
        let catalogue = try Catalogue.load()
        try AssessmentRun.validate(declared, against: catalogue)
        let history = try History(at: declared.history)

        let progress = ProgressBar()
        let now = Date()
        let context = InspectionContext(now: now, logger: log.logger, progress: progress.update)
        let inspections = await AssessmentRun.inspect(declared, only: Set(wanted), catalogue: catalogue, context)
        progress.finish()
        try Task.checkCancellation()

        let recorded = try history.record(inspections, at: now)
        let report = ReportAssembly(declared, inspections, recorded, catalogue, version: SuwenVersion.current).report(catalogue, language, at: now)
        let renderer = ReportRenderer(wording: catalogue.wording)
        let folder = URL(fileURLWithPath: output)
        let written = try await renderer.render(
            report, formats: formats, to: folder, referenceDocument: referenceDocument.map { URL(fileURLWithPath: $0) })
        if json {
            FileHandle.standardOutput.write(try renderer.json(report))
        } else {
            print(AssessmentView(report: report, wording: catalogue.wording).text(files: written.files))
        }
        for failure in written.failures { FileHandle.standardError.write(Data("suwen: \(failure)\n".utf8)) }
        try leave(report, isComplete: inspections.allSatisfy(\.unexamined.isEmpty) && written.failures.isEmpty)
    }

    /// A finding that reaches `--fail-on` weighs more than a gap in coverage: whoever asks for it wants to be stopped.
    private func leave(_ report: Report, isComplete: Bool) throws {
        let worst = report.findings.filter { $0.status == .new || $0.status == .open }.map(\.severity).max()
        if let failOn, let worst, worst >= failOn { throw ExitCode(1) }
        if !isComplete { throw ExitCode(3) }
    }

    private static func list<Value>(_ text: String, _ option: String, _ read: (String) -> Value?) throws -> [Value] {
        let words = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        guard !words.isEmpty else { throw Failure.input("\(option): names nothing; see suwen assess --help") }
        return try words.map { word in
            guard let value = read(word) else {
                throw Failure.input("\(option): \"\(word.prefix(40))\" is none of its values; see suwen assess --help")
            }
            return value
        }
    }
}
