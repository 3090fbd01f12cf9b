import ArgumentParser
import Foundation
import Templates

struct TemplatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "templates", abstract: "Check templates of HTTP, TCP and TLS checks.", subcommands: [Check.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say which templates of a folder would run, and why the others are refused.",
            discussion: """
                Reads the declarative part of the nuclei template language; see docs/templates.md. Contacts nothing.

                EXAMPLES
                  suwen templates check templates/
                  suwen templates check templates/ --refused          one line per refused file
                  suwen templates check templates/ --grant my-check   lets that template use POST, PUT or credentials
                """)

        @Argument(help: "A folder of templates, or one file.", completion: .directory) var folder: String
        @Option(name: .customLong("grant"), help: "The id of a template that may use any method; may be repeated.") var grants: [String] = []
        @Flag(help: "List the refused files.") var refused = false
        @Flag(help: "Print one JSON document instead of a table.") var json = false

        func run() throws {
            let library: TemplateLibrary
            do {
                library = try TemplateLibrary(folder: folder, loader: TemplateLoader(grants: Set(grants)))
            } catch {
                throw Failure.input("\(error.path) can't be read; name a folder of templates")
            }
            if json { try printJSON(document(library)) } else { printTable(library) }
        }

        private func document(_ library: TemplateLibrary) -> [String: Any] {
            let counts = library.refusalCounts.map { ($0.key.rawValue, $0.value) }
            let requests = library.templates.map(\.requestCount).reduce(0, +)
            return [
                "schema": "suwen.templates/1", "folder": folder, "loaded": library.templates.count, "requests": requests,
                "refused": Dictionary(counts, uniquingKeysWith: +),
                "files": library.refused.map {
                    ["file": $0.source, "id": $0.refusal.id ?? "", "reason": $0.refusal.reason.rawValue, "detail": $0.refusal.detail]
                },
            ]
        }

        private func printTable(_ library: TemplateLibrary) {
            let counts = library.refusalCounts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
            print("\(library.templates.count) would run, \(library.refused.count) refused")
            if !counts.isEmpty {
                print(TextTable(headings: ["REFUSED FOR", "TEMPLATES"], rows: counts.map { [$0.key.rawValue, String($0.value)] }).text())
            }
            guard refused, !library.refused.isEmpty else { return }
            let rows = library.refused.map { [$0.source, $0.refusal.reason.rawValue, $0.refusal.detail] }
            print(TextTable(headings: ["FILE", "REASON", "DETAIL"], rows: rows).text())
        }
    }
}
