import ArgumentParser
import Assessment
import Estate
import Findings
import Foundation
import Regulations

struct FindingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finding", abstract: "List open findings; accept one for a time, or take that back.",
        subcommands: [List.self, Accept.self, Reopen.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what the last runs left open or accepted.", discussion: "EXAMPLE\n  suwen finding list --estate estate.yaml")

        @OptionGroup var place: HistoryOptions
        @OptionGroup var output: FindingListOptions

        func run() throws {
            let catalogue = try Catalogue.load()
            let estate = try place.load()
            let history = try place.history(of: estate)
            let profile = Profile(estate.organisation, personsMeasured: try history.personsMeasured())
            let findings = try history.openFindings(at: Date()).filter { catalogue.binds($0.finding.check, profile) }
            if output.json {
                let list = findings.map { entry -> [String: Any] in
                    var item: [String: Any] = [
                        "fingerprint": entry.finding.fingerprint, "status": entry.status.rawValue, "check": entry.finding.check.rawValue,
                        "asset": entry.finding.asset, "severity": catalogue.severity(of: entry.finding).rawValue,
                        "title": catalogue.wording.findingTitle(entry.finding, output.language), "firstSeen": entry.firstSeen.ISO8601Format(),
                    ]
                    if let acceptance = entry.acceptance {
                        item["acceptance"] = ["by": acceptance.by, "until": acceptance.until.ISO8601Format(), "why": acceptance.why]
                    }
                    return item
                }
                return try printJSON(["schema": "suwen.findings/1", "findings": list])
            }
            guard !findings.isEmpty else { return print("No open findings.") }
            let rows = findings.map { entry in
                [
                    String(entry.finding.fingerprint.prefix(8)), entry.status.rawValue, catalogue.severity(of: entry.finding).rawValue,
                    catalogue.wording.findingTitle(entry.finding, output.language),
                ]
            }
            print(TextTable(headings: ["FINGERPRINT", "STATUS", "SEVERITY", "FINDING"], rows: rows).text())
        }
    }

    struct Accept: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Accept the risk of an open finding until a day; the report keeps showing it, with who and why.",
            discussion: "EXAMPLE\n  suwen finding accept 3f2a9c01 --by 安全负责人 --until 2026-12-31 --why 年底随系统下线")

        @Argument(help: "The finding's fingerprint, or its first 8 digits or more.") var fingerprint: String
        @Option(help: "Who answers for it.") var by: String
        @Option(help: ArgumentHelp("The last day on which it counts.", valueName: "yyyy-mm-dd")) var until: String
        @Option(help: "Why.") var why: String
        @OptionGroup var place: HistoryOptions

        func run() throws {
            guard let day = Day.date(until) else { throw Failure.input("--until \(until): is no day; write 2026-12-31") }
            let acceptance = Acceptance(by: by, until: day, why: why, at: Date())
            guard acceptance.counts(at: Date()) else { throw Failure.input("--until \(until): lies in the past") }
            for (option, value) in [("--by", by), ("--why", why)] where value.trimmingCharacters(in: .whitespaces).isEmpty {
                throw Failure.input("\(option): must not be empty")
            }
            let finding = try place.history().accept(fingerprint, acceptance)
            print(
                "Accepted until \(until): \(finding.check.rawValue), \(finding.asset). Take it back with: suwen finding reopen \(finding.fingerprint.prefix(8))"
            )
        }
    }

    struct Reopen: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take an acceptance back.", discussion: "EXAMPLE\n  suwen finding reopen 3f2a9c01")

        @Argument(help: "The finding's fingerprint, or its first 8 digits or more.") var fingerprint: String
        @OptionGroup var place: HistoryOptions

        func run() throws {
            let finding = try place.history().reopen(fingerprint)
            print("Open again: \(finding.check.rawValue), \(finding.asset)")
        }
    }
}

struct FindingListOptions: ParsableArguments {
    @Flag(help: "Print one JSON document instead of a table.") var json = false
    @Option(help: "The language of titles: zh or en.") var language = Language.zh
}

/// Where the history is: beside the estate, or as it says.
struct HistoryOptions: ParsableArguments {
    @Option(help: "The estate whose history is meant.", completion: .file(extensions: ["yaml", "yml"])) var estate = "estate.yaml"

    func load() throws -> Estate { try Estate.load(estate) }

    func history() throws -> History { try history(of: load()) }

    func history(of loaded: Estate) throws -> History {
        let place = loaded.history
        guard FileManager.default.fileExists(atPath: place.path) else {
            throw Failure.input("\(place.path): there is no history yet; `suwen assess \(estate)` begins one")
        }
        return try History(at: place)
    }
}
