import ArgumentParser
import Assessment
import Estate
import Findings
import Foundation
import Regulations

/// The regime alone: what `suwen assess` runs among others, without history and without report.
struct RegimeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "regime", abstract: "The data-security regime's documents.", subcommands: [Check.self])

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check whether the documents that the law asks for exist, are approved, in date, and hold what they must.",
            discussion: """
                Reads Markdown, text, DOCX and PDF in the estate's documents folder.

                EXAMPLE
                  suwen regime check estate.yaml
                """)

        @OptionGroup var single: SingleInspection
        func run() async throws { try await single.run(.regime, schema: "suwen.regime/1") }
    }
}

/// Runs one inspector and shows what it found.
struct SingleInspection: ParsableArguments {
    @OptionGroup var estate: EstateOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var log: LogOptions

    func run(_ inspector: InspectorID, schema: String) async throws {
        let declared = try estate.load()
        let catalogue = try Catalogue.load()
        let progress = ProgressBar()
        let now = Date()
        let context = InspectionContext(now: now, logger: log.logger, progress: progress.update)
        let all = await AssessmentRun.inspect(declared, only: [inspector], catalogue: catalogue, context)
        progress.finish()
        try Task.checkCancellation()
        guard let inspection = all.first(where: { $0.inspector == inspector }) else { return }
        let profile = Profile(declared.organisation, personsMeasured: inspection.persons)
        let view = InspectionView(inspection: inspection, catalogue: catalogue, language: output.language, profile: profile)
        if output.json {
            try printJSON(try view.json(schema: schema, at: now))
        } else {
            print(view.text())
        }
        let worst = inspection.checks.flatMap(\.findings).map(catalogue.severity).max()
        if let limit = output.failOn, let worst, worst >= limit { throw ExitCode(1) }
        if !inspection.unexamined.isEmpty { throw ExitCode(3) }
    }
}
