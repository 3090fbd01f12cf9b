import AccessLogs
import ArgumentParser
import Foundation
import LogFormats
import Sigma

struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "Sigma rules that logs are matched against.", subcommands: [Check.self])

    /// `suwen rules check`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say which rules can be used, and why others can't.",
            discussion: """
                Reads .yml and .yaml files. A rule with a feature that isn't supported is refused with the feature's name, never read in part. Exit \
                code 1 when a rule is refused.

                EXAMPLES
                  suwen rules check sigma/
                  suwen rules check sigma/rules/web --json
                """)

        @Argument(help: ArgumentHelp("Folders or files of rules.", valueName: "dir"), completion: .directory)
        var paths: [String]

        @Flag(help: "Print one JSON document instead of a table.") var json = false

        func run() throws {
            let set: SigmaRuleSet
            do throws(SigmaRuleSet.Unreadable) {
                set = try SigmaRuleSet.load(paths)
            } catch {
                throw Failure.input("\(error)")
            }
            let report = SigmaCheckReport(set, targets: LogFormat.all.map { SigmaTarget($0) })
            if json {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
                try StandardOutput.write(try encoder.encode(RulesDocument(report)) + Data("\n".utf8))
            } else {
                try StandardOutput.write(line: Self.text(report))
            }
            if report.rejected > 0 { throw ExitCode(1) }
        }

        private static func text(_ report: SigmaCheckReport) -> String {
            let rows = report.files.flatMap { file in
                file.rejected.map { ["\(file.path):\($0.line)", $0.title ?? $0.id ?? "", $0.reason.rawValue, $0.detail] }
            }
            let table = rows.isEmpty ? "" : TextTable(headings: ["place", "rule", "reason", "detail"], rows: rows).text() + "\n\n"
            let elsewhere = report.forNoSource == 0 ? "" : "; \(report.forNoSource) of them are for logs that Suwen doesn't read"
            return table + "\(report.loaded) rule(s) can be used, \(report.rejected) can't\(elsewhere)"
        }
    }
}

/// `suwen.rules/1`.
private struct RulesDocument: Encodable {
    let schema = "suwen.rules/1"
    var loaded: Int
    var rejected: Int
    var forNoSource: Int
    var files: [SigmaCheckReport.File]

    init(_ report: SigmaCheckReport) {
        (loaded, rejected, forNoSource, files) = (report.loaded, report.rejected, report.forNoSource, report.files)
    }
}
