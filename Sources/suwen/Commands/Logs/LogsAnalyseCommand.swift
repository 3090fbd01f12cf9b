import AccessLogs
import ArgumentParser
import Estate
import Findings
import Foundation
import Regulations
import Reporting

struct LogsAnalyseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyse", abstract: "Read logs: retention, regions, incidents (the default).",
        discussion: """
            A path is a log, a folder of logs, or an estate (.yaml), whose logs are read as it declares them. Rotated sets (access.log, access.log.1, \
            access.log.2.gz) are one log. Plain, .gz, .xz and .zst files; formats are told by their content. - is standard input, journal: is this \
            machine's journal. Nothing is changed.

            With --follow, what is there is read first, in silence; then each incident is told when it is seen, until Ctrl-C.

            EXAMPLES
              suwen logs /var/log/nginx
              suwen logs estate.yaml --fail-on high
              suwen logs 'access.log*' --trust-proxy 10.0.0.0/8 --since 2026-06-01
              suwen logs portal.log --format 'nginx:$remote_addr [$time_local] "$request" $status $body_bytes_sent'
              suwen logs --follow /var/log/nginx journal:
              suwen logs db.csv auth.log --bastion 10.0.9.0/28 --rules sigma/ --json
            """)

    @Argument(help: ArgumentHelp("Logs, folders of logs, an estate, - or journal:.", valueName: "path"), completion: .file())
    var paths: [String] = ["estate.yaml"]

    @Flag(help: "Go on, and tell each incident when it is seen: a line, or with --json a line of JSON.")
    var follow = false

    @OptionGroup(title: "What is read") var reading: LogReadingOptions
    @OptionGroup(title: "What is usual") var surroundings: LogSurroundingsOptions
    @OptionGroup(title: "How it is shown") var output: OutputOptions
    @OptionGroup var log: LogOptions

    func run() async throws {
        LogAnalysis.prepare()
        async let catalogue = Catalogue.load()
        let subject = try LogSubject.read(paths, reading: reading, surroundings: surroundings)
        let now = Date()
        if follow { return try await LogsFollower(catalogue: try await catalogue, output: output).run(subject, now: now) }
        let progress = ProgressBar()
        let context = InspectionContext(now: now, logger: log.logger, progress: progress.update)
        let (inspection, report) = await subject.inspector.inspect(
            subject.requests, subject.analysis(now: now), regionProblem: subject.regionProblem, context)
        progress.finish()
        try Task.checkCancellation()
        let view = LogsView(
            inspection: inspection, report: report, resolver: subject.resolver, catalogue: try await catalogue, language: output.language,
            profile: subject.profile, startedAt: now, seconds: Date().timeIntervalSince(now))
        if output.json { try StandardOutput.write(try view.document().json()) } else { try StandardOutput.write(line: view.text()) }
        let worst = inspection.checks.flatMap(\.findings).map(view.catalogue.severity).max()
        if let limit = output.failOn, let worst, worst >= limit { throw ExitCode(1) }
        if !inspection.unexamined.isEmpty { throw ExitCode(3) }
    }
}
