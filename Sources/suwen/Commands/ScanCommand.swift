import ArgumentParser
import Assessment
import Cryptography
import Estate
import Exposure
import Findings
import Foundation
import Network
import Regulations
import Reporting
import Templates

extension Viewpoint: ExpressibleByArgument {}

struct ScanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "Prove which ports and interfaces answer, and which of them without authentication.",
        discussion: """
            Looks for open ports, recognises services by what they answer, and proves with read-only requests whether they demand authentication. \
            Nothing is changed, nothing is guessed. Only what the scope permits is contacted: an estate says its own, targets need --scope.

            A target is an address, a host name, a block of addresses, or a file with one a line. A scan that was stopped goes on with --resume.

            EXAMPLES
              suwen scan estate.yaml
              suwen scan 10.20.0.0/24 --scope 10.20.0.0/16
              suwen scan pacs.example.cn --scope '*.example.cn' --from outside
              suwen scan hosts.txt --scope scope.txt --ports 22,8000-8100,U:161
              suwen scan 10.20.0.5 --scope 10.20.0.5 --default-accounts
              suwen scan 10.20.0.5 --scope 10.20.0.5 --templates templates/
              suwen scan 10.20.0.0/16 --scope 10.20.0.0/16 --resume --sarif
            """)

    @Argument(help: ArgumentHelp("An estate file, or what to look at: addresses, names, blocks, files of them.", valueName: "target"))
    var targets: [String] = ["estate.yaml"]

    @Option(
        help: ArgumentHelp(
            "What may be contacted: blocks and names, or a file with one a line; !BLOCK excludes. May be repeated.", valueName: "cidr|file"))
    var scope: [String] = []

    @OptionGroup(title: "What is looked at") var reach: ScanReachOptions
    @OptionGroup(title: "How hard") var pace: ScanPaceOptions
    @OptionGroup(title: "How it is shown") var output: ScanOutputOptions
    @OptionGroup var log: LogOptions

    func validate() throws { try output.validate() }

    func run() async throws {
        async let catalogue = Catalogue.load()
        let subject = try await ScanSubject.read(targets: targets, scope: scope, reach: reach)
        if subject.isEstate, pace.resume || pace.journal != nil {
            throw Failure.input("--resume and --journal: a scan of an estate has no journal; leave them out")
        }
        let library = try reach.library()
        let journal = try subject.isEstate ? nil : pace.journal(of: subject.plan)
        let progress = ProgressBar()
        let now = Date()
        let context = InspectionContext(now: now, logger: log.logger, progress: progress.update)
        let inspector = ExposureInspector(
            pace.options(portsOnly: reach.portsOnly, accounts: reach.defaultAccounts, templates: library.templates), from: reach.from,
            personData: PatientDataDetectors(), weaknesses: try reach.weaknesses.map { try KnownWeaknesses.load($0) })
        let scan = await inspector.scan(
            subject.plan, endpoints: subject.endpoints, interfaces: subject.interfaces, journal: journal, context)
        progress.finish()
        if Task.isCancelled, let journal {
            FileHandle.standardError.write(Data("suwen: the same command with --resume goes on from here (\(journal.path))\n".utf8))
        }
        try Task.checkCancellation()
        journal?.remove()
        let view = ScanView(
            scan: scan, catalogue: try await catalogue, language: output.language, profile: subject.profile, library: library, from: reach.from,
            startedAt: now)
        try view.show(as: output.form)
        let worst = scan.inspection.checks.flatMap(\.findings).map(view.catalogue.severity).max()
        if let limit = output.failOn, let worst, worst >= limit { throw ExitCode(1) }
        if !scan.inspection.unexamined.isEmpty { throw ExitCode(3) }
    }
}
