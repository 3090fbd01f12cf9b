import AccessLogs
import ArgumentParser
import Cryptography
import Findings
import Foundation
import Regulations

/// `suwen logs verify`: for the inspector.
struct LogsVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Verify a signed statement about logs, offline.",
        discussion: """
            Says whether the statement is as it was signed by a key that you trust, and with --files whether the files are those that it is about: \
            unchanged, or only grown since. Exit code 1 when anything is wrong.

            EXAMPLES
              suwen logs verify logs-2026-11.note --trust clinic.example/logs+1f2e3d4c+AQ…
              suwen logs verify logs-2026-11.note --trust keys.txt --files /mnt/evidence
            """)

    @Argument(help: ArgumentHelp("The signed statement.", valueName: "note"), completion: .file()) var path: String
    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("A verifier key, or a file with one a line. May be repeated.", valueName: "key|file"), completion: .file())
    var trust: [String]
    @Option(
        help: ArgumentHelp("Where the files are: a folder, or recorded for where they were.", valueName: "folder|recorded"), completion: .directory)
    var files: String?
    @Option(help: "The language of results: zh or en.") var language = Language.zh

    func run() throws {
        let wording = try Catalogue.load().wording
        guard let note = FileManager.default.contents(atPath: path) else { throw Failure.input("\(path): can't be read") }
        let lookup: CoverageStatement.FileLookup = files.map { $0 == "recorded" ? .recorded : .folder($0) } ?? .none
        let result = CoverageStatement.verify(Array(note), publicKeys: try keys(), filesIn: lookup)
        var lines: [String] = []
        if let statement = result.statement {
            let facts: [String: Fact] = [
                "organisation": .text(statement.organisation), "signers": .list(result.signers.map { .text($0.name) }),
                "sources": .count(statement.sources.count), "files": .count(result.filesVerified),
            ]
            lines.append(wording.text(Message(result.isGood ? "access-logs.statement-good" : "access-logs.statement-signed", facts), language))
        }
        lines += result.problems.map { "✗ \(wording.text($0.message, language))" } + result.notices.map { "· \(wording.text($0.message, language))" }
        try StandardOutput.write(line: lines.joined(separator: "\n"))
        if !result.isGood { throw ExitCode(1) }
    }

    private func keys() throws -> [NoteVerifierKey] {
        let texts = trust.flatMap { text in
            FileManager.default.contents(atPath: text).map { String(decoding: $0, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init) }
                ?? [text]
        }
        return try texts.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty && !$0.hasPrefix("#") }.map { text in
            guard let key = NoteVerifierKey(text) else {
                throw Failure.input("--trust \(text.prefix(80)): no verifier key; it looks like name+1f2e3d4c+AQ…, as suwen logs key prints it")
            }
            return key
        }
    }
}
