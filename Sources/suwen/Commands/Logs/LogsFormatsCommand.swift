import ArgumentParser
import LogFormats

/// `suwen logs formats`: what can be read.
struct LogsFormatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formats", abstract: "List the formats that are recognised, and that --format takes.",
        discussion: """
            EXAMPLE
              suwen logs formats
            """)

    func run() throws {
        try StandardOutput.write(
            line: TextTable(headings: ["format", "family"], rows: LogFormat.all.map { [$0.id, $0.family.rawValue] }).text())
    }
}
