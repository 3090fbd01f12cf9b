import AccessLogs
import ArgumentParser
import Cryptography
import Findings
import Foundation
import Regulations
import Reporting

/// `suwen logs statement`: what an inspector is handed.
struct LogsStatementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement", abstract: "Write a signed statement of how long logs are kept, which an inspector verifies offline.",
        discussion: """
            Reads the logs as suwen logs does, and once more for the digests of their files. The statement names every source, every gap, the \
            settings of rotation, and each file with its length and SHA-256; it is a signed note (C2SP) under an Ed25519 key, which suwen logs key \
            makes. It holds no event.

            EXAMPLES
              suwen logs key clinic-logs.key --name clinic.example/logs
              suwen logs statement estate.yaml --key clinic-logs.key --out logs-2026-11.note
              suwen logs verify logs-2026-11.note --trust clinic.example/logs+1f2e3d4c+AQ…
            """)

    @Argument(help: ArgumentHelp("Logs, folders of logs, or an estate.", valueName: "path"), completion: .file())
    var paths: [String] = ["estate.yaml"]

    @Option(help: ArgumentHelp("The signing key's file.", valueName: "path"), completion: .file()) var key: String
    @Option(help: ArgumentHelp("Where to write the statement; it must not exist.", valueName: "path"), completion: .file()) var out: String
    @Option(help: ArgumentHelp("Whose logs they are, where no estate says so.", valueName: "name")) var organisation: String?
    @OptionGroup(title: "What unlocks the key") var unlock: KeyringUnlockOptions
    @OptionGroup(title: "What is read") var reading: LogReadingOptions
    @OptionGroup var log: LogOptions

    func run() async throws {
        let subject = try LogSubject.read(paths, reading: reading, surroundings: LogSurroundingsOptions.parse([]))
        guard let name = organisation ?? subject.organisation else { throw Failure.input("--organisation NAME: say whose logs they are") }
        guard !FileManager.default.fileExists(atPath: out) else { throw Failure.input("\(out) is there already; name another file, or remove it") }
        let signer = try SigningKeyFile.open(key, unlock: try unlock.unlock(SigningKeyFile.unverified(key).root, path: key))
        let progress = ProgressBar()
        let now = Date()
        var analysis = subject.analysis(now: now)
        (analysis.rules, analysis.personalData) = (nil, nil)
        let report = await analysis.runAside(subject.requests) {
            progress.update(subject: $0.source, done: $0.done, total: $0.total, unit: "bytes")
        }
        progress.finish()
        try Task.checkCancellation()
        let wording = try Catalogue.load().wording
        let unread = report.sources.filter(\.hasUnreadFiles)
        guard unread.isEmpty else {
            let reasons = unread.flatMap(\.unexamined).map { wording.text($0, .en) }
            throw Failure.input("nothing is stated while something could not be read: \(reasons.joined(separator: "; "))")
        }
        let statement: CoverageStatement
        do throws(CoverageStatement.Unmeasurable) {
            statement = try CoverageStatement(
                report, organisation: name, madeAt: now, tool: "suwen \(SuwenVersion.current)", requiredDays: analysis.retentionDays,
                zone: analysis.settings.zone, rotation: RotationSettings())
        } catch {
            throw Failure.input(wording.text(error.reason, .en))
        }
        let note = Array(try statement.sign([signer]).utf8)
        try KeyringError.wrapping(out) { try PrivateFile(out).write(note, .new) }
        try StandardOutput.write(line: "\(out)\n\(signer.verifierKey)")
    }
}

/// `suwen logs key`: the key that statements are signed with.
struct LogsKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make the Ed25519 key that statements are signed with, or show its public half.",
        discussion: """
            The file is 0600 and sealed by a passphrase or a key file. Give the printed line to whoever shall verify statements.

            EXAMPLES
              suwen logs key clinic-logs.key --name clinic.example/logs
              suwen logs key clinic-logs.key
            """)

    @Argument(help: ArgumentHelp("The key's file.", valueName: "path"), completion: .file()) var path: String
    @Option(help: ArgumentHelp("Makes a new key of this name, such as clinic.example/logs.", valueName: "name")) var name: String?
    @OptionGroup(title: "What unlocks the key") var unlock: KeyringUnlockOptions

    func run() throws {
        if let name {
            let root: KeyringNewRoot =
                if let file = unlock.keyFile {
                    .keyFile(path: file)
                } else {
                    .passphrase(
                        try KeyringUnlockOptions.secret(unlock.passphraseFrom, "New passphrase", "--passphrase-from", twice: true),
                        try ArgonOptions.parse([]).parameters())
                }
            try StandardOutput.write(line: "\(try SigningKeyFile.create(path, name: name, root: root).verifierKey)")
        } else {
            try StandardOutput.write(line: "\(try SigningKeyFile.unverified(path).verifierKey)")
        }
    }
}
