import ArgumentParser
import Cryptography
import Datastores
import Estate
import Foundation
import Network
import ReferenceData
import Samples

struct SampleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample", abstract: "Write synthetic patients and access logs, for trials, tests and benchmarks.",
        subcommands: [Patients.self, AccessLog.self])

    struct Patients: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write synthetic patients into a new table or file.",
            discussion: """
                Nobody in it exists. The same seed and day give the same patients.

                EXAMPLES
                  suwen sample patients --rows 20000 --seed 1 --to sqlite:clinic.sqlite
                  suwen sample patients --rows 1000000 --to file:patients.csv
                  suwen sample patients --rows 20000 --protection encrypted --to sqlite:sealed.sqlite
                  suwen sample patients --rows 5000 --to postgresql://demo@127.0.0.1:5432/demo --password-from env:DEMO_PASSWORD
                """)

        @Option(help: "How many patients.") var rows = 10_000
        @Option(help: "Which patients.") var seed: UInt64 = 1
        @Option(help: ArgumentHelp("postgresql://…, mysql://…, sqlite:PATH or file:PATH (.csv, .tsv, .jsonl, also .gz, .zst).", valueName: "store"))
        var to: String
        @Option(help: "How the columns of a person are kept: clear, encrypted (with a key that is thrown away) or masked.")
        var protection = SampleProtection.clear
        @Option(help: ArgumentHelp("The day that ages refer to; today by default.", valueName: "yyyy-mm-dd")) var asOf: String?
        @Option(help: "The table's name.") var table = SamplePatients.tableName
        @Option(help: ArgumentHelp("env:NAME or file:PATH.", valueName: "source")) var passwordFrom: String?
        @Flag(help: "Replace a file that is there.") var overwrite = false

        func run() async throws {
            guard (0...1_000_000_000).contains(rows) else { throw Failure.input("--rows \(rows): must be between 0 and 1,000,000,000") }
            let day = try asOf.map { try SampleDay.parse($0, "--as-of") } ?? Date()
            let days = Int((day.timeIntervalSince1970 + Double(Day.timeZone.secondsFromGMT())) / 86_400)
            let patients = SamplePatients(rows: rows, seed: seed, protection: protection, referenceDate: CivilDate(daysSince1970: days))
            let progress = SampleProgress("patients", total: rows, unit: "rows")
            defer { progress.bar.finish() }
            // `file:` replaces or makes a file; a database keeps what else is in it.
            if to.hasPrefix("file:") {
                let path = URL(fileURLWithPath: String(to.dropFirst("file:".count))).path
                try await replacingFile(at: path, overwrite: overwrite) { temporary in
                    try await write(patients, to: "file:" + temporary, progress)
                }
            } else {
                try await write(patients, to: to, progress)
            }
            progress.bar.finish()
            print("Wrote \(rows) synthetic patients to \(to)")
        }

        private func write(_ patients: SamplePatients, to url: String, _ progress: SampleProgress) async throws {
            let location = try StoreLocation(url)
            let source = try passwordFrom.map { text in
                guard let source = SecretSource(text, relativeTo: URL(fileURLWithPath: FileManager.default.currentDirectoryPath)) else {
                    throw Failure.input("--password-from: expected env:NAME or file:PATH")
                }
                return source
            }
            // Whoever names a store on the command line permits that store.
            let scope = Scope(networks: ["0.0.0.0/0", "::/0"].compactMap { CIDR($0) })
            let table = table
            try await withDatastore(location, scope: scope, password: try source?.load(), encoding: nil, access: .write) { store in
                try patients.write(into: store, table: table, progress: progress.update)
            }
        }
    }

    struct AccessLog: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "access-log", abstract: "Write a synthetic access log (nginx combined) and print its ground truth as JSON.",
            discussion: """
                EXAMPLES
                  suwen sample access-log --lines 100000 --from 2026-05-01 --theft foreign --to logs/access.log
                  suwen sample access-log --lines 100000 --from 2026-05-01 --rotate --to logs/access.log      access.log.1, access.log.2.gz, …
                """)

        enum Theft: String, ExpressibleByArgument, CaseIterable {
            case none, foreign
        }

        @Option(help: "How many lines.") var lines = 10_000
        @Option(help: "Which log.") var seed: UInt64 = 1
        @Option(help: ArgumentHelp("The first day.", valueName: "yyyy-mm-dd")) var from: String
        @Option(help: ArgumentHelp("The first day that is not in it; without it the log goes up to now.", valueName: "yyyy-mm-dd")) var until: String?
        @Option(help: "none, or foreign: addresses abroad walk through the patients' records.") var theft = Theft.none
        @Option(help: ArgumentHelp("The file; compressed when its name ends in .gz.", valueName: "file")) var to: String
        @Flag(help: "Split the period into a rotated set, a file a week.") var rotate = false
        @Flag(help: "Replace files that are there.") var overwrite = false

        func run() throws {
            guard (0...10_000_000_000).contains(lines) else { throw Failure.input("--lines \(lines): must be between 0 and 10,000,000,000") }
            let start = try SampleDay.parse(from, "--from")
            let end = try until.map { try SampleDay.parse($0, "--until") } ?? Date()
            let log = SampleAccessLog(lines: lines, seed: seed, from: start, to: end, theft: theft == .foreign ? .overseas(addresses: 2) : .none)
            let progress = SampleProgress("access log", total: lines, unit: "lines")
            let file = URL(fileURLWithPath: to)
            let truth: GroundTruth
            if rotate {
                let weeks = max(1, Int((end.timeIntervalSince(start) / (7 * 86_400)).rounded(.up)))
                truth = try log.writeRotated(
                    in: file.deletingLastPathComponent(), files: weeks, name: file.lastPathComponent, overwrite: overwrite, progress: progress.update)
            } else {
                truth = try log.write(to: file, overwrite: overwrite, progress: progress.update)
            }
            progress.bar.finish()
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            FileHandle.standardOutput.write(try encoder.encode(truth) + Data("\n".utf8))
        }
    }
}

extension SampleProtection: ExpressibleByArgument {}

private enum SampleDay {
    static func parse(_ text: String, _ option: String) throws -> Date {
        guard let date = Day.date(text) else { throw Failure.input("\(option) \(text.prefix(40)): is no day; write 2026-01-31") }
        return date
    }
}

private struct SampleProgress: Sendable {
    let bar = ProgressBar()
    let subject: String
    let total: Int
    let unit: String

    init(_ subject: String, total: Int, unit: String) {
        self.subject = subject
        self.total = total
        self.unit = unit
    }

    func update(_ done: Int) { bar.update(subject: "sample  \(subject)", done: done, total: total, unit: unit) }
}
