import ArgumentParser
import Cryptography
import Exposure
import Findings
import Foundation
import Network
import Templates

/// What a scan looks at.
struct ScanReachOptions: ParsableArguments {
    @Option(help: ArgumentHelp("top (the ports of data, middleware and administration), all, or a list: 22,8000-8100,U:161.", valueName: "ports"))
    var ports: String?

    @Option(
        help: ArgumentHelp("Where the scan runs: inside or outside. Only a scan from outside shows what is open to the internet.", valueName: "view"))
    var from: Viewpoint?

    @Flag(help: "Report open ports, and send nothing to them.")
    var portsOnly = false

    @Option(help: ArgumentHelp("A folder of templates to run beside Suwen's own (see suwen templates).", valueName: "folder"), completion: .directory)
    var templates: String?

    @Option(help: ArgumentHelp("The id of a template that may use any method; may be repeated.", valueName: "id"))
    var grant: [String] = []

    @Flag(help: "Try the accounts that vendors document, each once, beside a random one.")
    var defaultAccounts = false

    @Option(help: ArgumentHelp("A list of known weaknesses: OSV (JSON, JSON Lines, a folder) or CSV.", valueName: "path"))
    var weaknesses: String?

    func selection() throws -> PortSelection? {
        do {
            return try ports.map { try PortSelection($0) }
        } catch let problem as PortSelection.Problem {
            throw Failure.input("--ports \(problem)")
        }
    }

    /// Suwen's own templates, and those of the folder.
    func library() throws -> ScanLibrary {
        guard !portsOnly else { return ScanLibrary(templates: [], refused: [:]) }
        let own = TemplateLibrary.builtIn().templates
        guard let templates else { return ScanLibrary(templates: own, refused: [:]) }
        do {
            let given = try TemplateLibrary(folder: templates, loader: TemplateLoader(grants: Set(grant)))
            if let unknown = grant.first(where: { id in !given.templates.contains { $0.id == id } && !given.refused.contains { $0.refusal.id == id } }
            ) {
                throw Failure.input("--grant \(unknown): \(templates) has no template of that id")
            }
            if !given.refused.isEmpty {
                let text = "suwen: \(given.refused.count) of the templates in \(templates) are refused; suwen templates check says why\n"
                FileHandle.standardError.write(Data(text.utf8))
            }
            let refused = Dictionary(given.refusalCounts.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: +)
            return ScanLibrary(templates: own + given.templates, refused: refused)
        } catch let error as TemplateLibrary.Unreadable {
            throw Failure.input("\(error.path): can't be read; name a folder of templates")
        }
    }
}

/// The templates of one scan.
struct ScanLibrary {
    var templates: [Template]
    /// How many were refused, by reason.
    var refused: [String: Int]
}

/// How hard a scan works.
struct ScanPaceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Connections a second, in all. Without it, as many as the network answers.", valueName: "n"))
    var rate: Int?

    @Option(help: ArgumentHelp("Connections a second to one address.", valueName: "n"))
    var hostRate = 2_000

    @Option(help: ArgumentHelp("How long a service has to answer, in seconds.", valueName: "seconds"))
    var timeout = 5.0

    @Flag(help: "Go on with a scan of the same targets that was stopped.")
    var resume = false

    @Option(help: ArgumentHelp("Where the state of the scan is kept while it runs.", valueName: "file"), completion: .file())
    var journal: String?

    func validate() throws {
        guard rate ?? 1 > 0, hostRate > 0 else { throw ValidationError("--rate and --host-rate take a number from 1 on") }
        guard timeout > 0, timeout <= 600 else { throw ValidationError("--timeout takes seconds, up to 600") }
    }

    func options(portsOnly: Bool, accounts: Bool, templates: [Template]) -> ScanOptions {
        ScanOptions(
            limits: SweepLimits(rate: rate, hostRate: hostRate), probeTimeout: .seconds(timeout), portsOnly: portsOnly,
            triesDefaultAccounts: accounts,
            templates: templates)
    }

    /// The state of a scan of these targets, in the user's own state folder unless a file was named.
    func journal(of plan: ScanPlan) throws -> ScanJournal? {
        let scan = SHA256.hex(plan.identity)
        let path: String
        if let journal {
            path = journal
        } else {
            guard let folder = Self.stateFolder() else {
                guard resume else { return nil }
                throw Failure.input("--resume: there is no folder for the state of scans; name a file with --journal")
            }
            path = folder + "/scan-\(scan.prefix(16)).journal"
        }
        do {
            return try ScanJournal(path: path, scan: scan, resuming: resume)
        } catch {
            // Without a file that somebody named, a scan goes on without a journal.
            guard journal == nil, !resume else { throw Failure.input(error.description) }
            return nil
        }
    }

    /// `$XDG_STATE_HOME/suwen` or `~/.local/state/suwen`, made if it isn't there, for its owner only.
    private static func stateFolder() -> String? {
        let environment = ProcessInfo.processInfo.environment
        let base = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? environment["HOME"].map { $0 + "/.local/state" }
        guard let base else { return nil }
        let folder = base + "/suwen"
        let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
        guard (try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: attributes)) != nil else {
            return nil
        }
        return folder
    }
}

/// How a scan's results are shown.
struct ScanOutputOptions: ParsableArguments {
    enum Form { case table, json, jsonLines, sarif }

    @Flag(help: "Print one JSON document instead of tables.")
    var json = false

    @Flag(help: "Print JSON Lines: one service, finding or check a line.")
    var jsonl = false

    @Flag(help: "Print a SARIF 2.1.0 log.")
    var sarif = false

    @Option(help: "The language of results: zh or en.")
    var language = Language.zh

    @Option(help: ArgumentHelp("Exit with 1 when a finding is at least this severe: low, medium, high or critical.", valueName: "severity"))
    var failOn: Severity?

    var form: Form { json ? .json : jsonl ? .jsonLines : sarif ? .sarif : .table }

    func validate() throws {
        guard [json, jsonl, sarif].filter({ $0 }).count < 2 else { throw ValidationError("give one of --json, --jsonl and --sarif") }
    }
}
