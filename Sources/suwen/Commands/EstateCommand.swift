import ArgumentParser
import Assessment
import Estate
import Findings
import Foundation
import Regulations

struct EstateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "estate", abstract: "Declare what is assessed.", subcommands: [Init.self, Check.self, Schema.self])

    struct Init: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a commented estate to fill in.",
            discussion: "EXAMPLE\n  suwen estate init estate.yaml --organisation 某某医疗科技有限公司")

        @Argument(help: "Where to write it.", completion: .file()) var file = "estate.yaml"
        @Option(help: "The organisation's name, for the report's cover.") var organisation = "某某医疗科技有限公司"

        func run() throws {
            guard !FileManager.default.fileExists(atPath: file) else {
                throw Failure.input("\(file) exists already; name another file, or move it away")
            }
            let template = Data(Estate.template(organisation: organisation).utf8)
            guard FileManager.default.createFile(atPath: file, contents: template, attributes: [.posixPermissions: 0o600]) else {
                throw Failure.input("\(file) can't be written")
            }
            print("Wrote \(file). Fill it in, then: suwen estate check \(file)")
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Validate an estate, and try to reach what it names.",
            discussion: """
                Connects to hosts, endpoints and stores inside the scope, and looks for logs and documents; reads nothing of them.

                EXAMPLES
                  suwen estate check estate.yaml
                  suwen estate check estate.yaml --offline     validate only
                """)

        @OptionGroup var estate: EstateOptions
        @Flag(help: "Validate only; contact nothing.") var offline = false
        @Flag(help: "Print one JSON document instead of a table.") var json = false
        @Option(help: "The language of reasons: zh or en.") var language = Language.zh

        func run() async throws {
            let declared = try estate.load()
            let catalogue = try Catalogue.load()
            try AssessmentRun.validate(declared, against: catalogue)
            let results = offline ? [] : await Reachability.check(declared)
            let rows = results.map { result in (result, result.problem.map { catalogue.wording.text($0, language) }) }
            if json {
                let subjects = rows.map {
                    ["kind": $0.0.kind, "subject": $0.0.subject, "problem": $0.1 ?? "", "reachable": $0.1 == nil] as [String: Any]
                }
                try printJSON(["schema": "suwen.estate-check/1", "estate": declared.file.path, "subjects": subjects])
            } else {
                print("\(estate.estate): valid")
                if !rows.isEmpty {
                    print(TextTable(headings: ["KIND", "SUBJECT", "RESULT"], rows: rows.map { [$0.0.kind, $0.0.subject, $0.1 ?? "ok"] }).text())
                }
            }
            if rows.contains(where: { $0.1 != nil }) { throw ExitCode(3) }
        }
    }

    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the JSON Schema of estate files, for editors.", discussion: "EXAMPLE\n  suwen estate schema > estate.schema.json")

        func run() throws { print(try SchemaNode.jsonSchema(), terminator: "") }
    }
}
