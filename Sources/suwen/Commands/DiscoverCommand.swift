import ArgumentParser
import Assessment
import Cryptography
import Datastores
import Estate
import Findings
import Foundation
import Network
import PatientData
import Regulations

extension Grading.Reading: ExpressibleByArgument {}

struct DiscoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discover", abstract: "Find and grade patient data in databases and files, and count the persons.",
        discussion: """
            Reads the stores of an estate, or stores given by URL; nothing else is contacted. Reads only, and shows masked samples only. Every \
            column gets a kind, a share, a category and level (GB/T 39725-2020), and how it is protected.

            By default a sample tells what columns hold, and only columns that identify persons are read in full. --full reads everything; its state \
            is kept, without any value, so that --resume goes on where a stopped scan was.

            EXAMPLES
              suwen discover estate.yaml
              suwen discover postgresql://auditor@127.0.0.1:5432/his --password-from env:PGPASSWORD --full
              suwen discover postgresql://auditor@127.0.0.1:5432/his --password-from env:PGPASSWORD --full --resume
              suwen discover file:exports/ sqlite:clinic.sqlite --json
              suwen discover --text notes.jsonl --json
              suwen discover estate.yaml --inventory 数据资产清单.xlsx
              suwen discover mysql://auditor@127.0.0.1:3306/ --rate 20 --connections 1
            """)

    @Argument(help: ArgumentHelp("An estate file, or store URLs: postgresql://…, mysql://…, sqlite:PATH, file:PATH.", valueName: "store"))
    var stores: [String] = ["estate.yaml"]

    @OptionGroup var reading: DiscoveryReadingOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var log: LogOptions

    @Option(
        help: ArgumentHelp(
            "Instead of stores: find what stands in running text, one {\"id\", \"text\"} a line; - is standard input.", valueName: "file.jsonl"))
    var text: String?

    func run() async throws {
        if let text {
            let terms = try reading.loadRules()?.textTerms ?? [:]
            let code = try DiscoverText(path: text, json: output.json, terms: terms, language: output.language).run()
            if code != 0 { throw ExitCode(code) }
            return
        }
        let (declared, scope, organisation) = try subjects()
        let options = try reading.options(for: declared)
        try reading.checkInventory()
        let catalogue = try Catalogue.load()
        let progress = ProgressBar()
        let now = Date()
        let context = InspectionContext(now: now, logger: log.logger, progress: progress.update)
        let result = try await PatientDataDiscovery(options).run(declared, scope: scope, context)
        progress.finish()
        try Task.checkCancellation()
        let inspection = result.inspection
        let view = InspectionView(inspection: inspection, catalogue: catalogue, language: output.language)
        let inventory = result.inventory(organisation: organisation, date: now, version: SuwenVersion.current, reading: options.reading)
        if let path = reading.inventory {
            let wording = catalogue.wording
            try inventory.write(
                to: path,
                words: InventoryWords(
                    heading: { [language = output.language] in wording.columnTitle($0, language) },
                    fact: { [language = output.language] in wording.render($0, language) }))
        }
        if output.json {
            try printJSON(DiscoveryDocument(result: result, view: view, inventory: inventory).json(at: now))
        } else {
            print(view.text())
        }
        let worst = inspection.checks.flatMap(\.findings).map(catalogue.severity).max()
        if let limit = output.failOn, let worst, worst >= limit { throw ExitCode(1) }
        if !inspection.unexamined.isEmpty { throw ExitCode(3) }
    }

    /// What is read, and where that may lead: an estate says both; a URL that somebody typed permits its own host.
    private func subjects() throws -> ([Store], Scope, organisation: String) {
        if stores.count == 1, let path = stores.first, !Self.isURL(path) {
            let estate = try Estate.load(path)
            guard !estate.stores.isEmpty else { throw Failure.input("\(path): declares no stores; add `stores:`, or give store URLs") }
            return (estate.stores, estate.scope, estate.organisation.name)
        }
        var declared: [Store] = []
        var networks: [CIDR] = []
        var names: [String] = []
        for url in stores {
            guard Self.isURL(url) else {
                throw Failure.input("\(url): is no store URL; write postgresql://…, mysql://…, sqlite:PATH or file:PATH, or one estate file alone")
            }
            let location = try StoreLocation(url)
            if let path = location.path, !FileManager.default.fileExists(atPath: path) {
                throw Failure.input("\(url): there is no such file or folder")
            }
            if let host = location.server?.host {
                if let address = CIDR(host) { networks.append(address) } else { names.append(host) }
            }
            guard !declared.contains(where: { $0.url == url }) else { throw Failure.input("\(url): is given twice") }
            declared.append(
                Store(name: location.description, url: url, passwordFrom: try reading.password(), encoding: reading.encoding))
        }
        return (declared, Scope(networks: networks, names: names), "")
    }

    private static func isURL(_ text: String) -> Bool {
        text.contains("://") || ["sqlite:", "file:"].contains { text.hasPrefix($0) }
    }
}

/// How stores are read.
struct DiscoveryReadingOptions: ParsableArguments {
    @Flag(help: "Read every column of every row.") var full = false

    @Option(help: ArgumentHelp("Rows of each table that tell what its columns hold. (default: 20000)", valueName: "rows")) var sample: Int?

    @Option(help: ArgumentHelp("Your own terms, kinds and suppressions, in YAML (docs/rules.md).", valueName: "file")) var rules: String?

    @Flag(help: "Go on with a scan of the same stores that was stopped.") var resume = false

    @Option(help: ArgumentHelp("Where the state of a full scan is kept. (default: in ~/.local/state/suwen)", valueName: "file")) var state: String?

    @Flag(help: "Keep no state: a scan that is stopped begins anew.") var noState = false

    @Option(help: ArgumentHelp("Connections that read one store at once.", valueName: "number")) var connections = 2

    @Option(help: ArgumentHelp("Read no more than so many megabytes a second, of all stores together.", valueName: "MB/s")) var rate: Double?

    @Option(help: ArgumentHelp("env:NAME or file:PATH, for stores given by URL.", valueName: "source")) var passwordFrom: String?

    @Option(help: ArgumentHelp("utf-8, gb18030, utf-16le or utf-16be, for files given by URL.", valueName: "encoding")) var encoding: String?

    @Option(
        help: ArgumentHelp(
            "The standard by which ID numbers are called sensitive or not: gbt45574 (2025) or gbt35273 (2020, the stricter one).",
            valueName: "standard"))
    var reading = Grading.Reading.gbt45574

    @Option(help: ArgumentHelp("Write the data-asset inventory there: .xlsx or .csv.", valueName: "file")) var inventory: String?

    /// Before hours of reading rather than after them.
    func checkInventory() throws {
        guard let inventory else { return }
        guard ["xlsx", "csv"].contains(URL(fileURLWithPath: inventory).pathExtension.lowercased()) else {
            throw Failure.input("--inventory \(inventory): an inventory is written as .csv or .xlsx")
        }
        let folder = URL(fileURLWithPath: inventory).deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw Failure.input("--inventory \(inventory): the folder \(folder) isn't there or can't be written to")
        }
    }

    func validate() throws {
        if full, sample != nil { throw ValidationError("--full reads everything; leave --sample out") }
        if let sample, sample < 1 { throw ValidationError("--sample must be at least 1") }
        guard (1...16).contains(connections) else { throw ValidationError("--connections must be 1 to 16") }
        if let rate, !(rate > 0 && rate.isFinite) { throw ValidationError("--rate must be more than 0") }
        if noState, resume || state != nil { throw ValidationError("--no-state keeps nothing to go on with; leave out --resume and --state") }
    }

    func loadRules() throws -> DiscoveryRules? { try rules.map { try DiscoveryRules.load($0) } }

    func password() throws -> SecretSource? {
        guard let passwordFrom else { return nil }
        let folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        guard let source = SecretSource(passwordFrom, relativeTo: folder) else {
            throw Failure.input("--password-from \(passwordFrom): write env:NAME or file:PATH")
        }
        return source
    }

    func options(for stores: [Store]) throws -> DiscoveryOptions {
        var options = DiscoveryOptions()
        if full { options.depth = .full } else if let sample { options.depth = .sample(rows: sample) }
        options.connections = connections
        options.bytesPerSecond = rate.map { Int(min($0 * 1e6, 1e15)) }
        options.resumes = resume
        options.reading = reading
        options.rules = try loadRules()
        if let state {
            options.journal = URL(fileURLWithPath: state)
        } else if !noState, full || resume {
            options.journal = Self.journal(of: stores)
        }
        return options
    }

    /// One file for each set of stores (XDG Base Directory Specification).
    private static func journal(of stores: [Store]) -> URL {
        let environment = ProcessInfo.processInfo.environment
        let base =
            environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? URL(fileURLWithPath: $0) : nil }
            ?? FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".local/state")
        let name = SHA256.hex(stores.map(\.url).joined(separator: "\n")).prefix(16)
        return base.appendingPathComponent("suwen/discover-\(name).journal")
    }
}
