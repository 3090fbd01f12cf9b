import ArgumentParser
import Cryptography
import Datastores
import Estate
import Foundation
import Sealing
import Synchronization

/// Opens rows of a sealed table for somebody who may see them.
struct OpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Show rows of a sealed table in the clear, and record who opened them and why.",
        discussion: """
            Every opening is recorded before the first row is read; without the record nothing is opened. What is looked for is asked for on the \
            terminal or read from --value-from, never from the command line, which others on the machine can see.

            EXAMPLES
              suwen open postgresql://owner@127.0.0.1/his --table public.patients --where mobile --why '工单 4711' --keyring clinic.keyring
              suwen open postgresql://owner@127.0.0.1/his --table public.patients --where mobile --ends-with --value-from env:LAST4 --why '工单 4711' \\
                --keyring clinic.keyring --passphrase-from env:KEYRING --columns name,mobile
              suwen open sqlite:his.sqlite --table patients --key P00000001 --why '病历复核' --keyring clinic.keyring
              suwen open mysql://owner@127.0.0.1/his --table his.patients --all --to export.jsonl.zst --why '监管报送' --keyring clinic.keyring
            """)

    @OptionGroup var place: SealedTableOptions
    @OptionGroup var keys: SealKeyOptions
    @Option(help: ArgumentHelp("Why the rows are opened: stands in the record.", valueName: "reason")) var why: String
    @Option(help: ArgumentHelp("Rows whose column has a value, which is asked for.", valueName: "column")) var `where`: String?
    @Option(help: ArgumentHelp("The value: env:NAME or file:PATH.", valueName: "source")) var valueFrom: SecretSource?
    @Option(help: ArgumentHelp("Many values: a file with one on each line.", valueName: "file"), completion: .file()) var valuesFrom: String?
    @Flag(help: "The value is the end of the column's (NAME:suffix=N).") var endsWith = false
    @Flag(help: "The value is the beginning of the column's (NAME:prefix=N).") var beginsWith = false
    @Option(help: ArgumentHelp("The row with this primary key; repeat it for each of the key's columns.", valueName: "value")) var key: [String] = []
    @Flag(help: "All rows, in the order of the primary key.") var all = false
    @Option(help: ArgumentHelp("Rows at most, on the terminal.", valueName: "rows")) var limit = 100
    @Option(help: ArgumentHelp("Only these columns, separated by commas.", valueName: "columns")) var columns: String?
    @Option(
        help: ArgumentHelp("Write the rows into a new file, mode 0600: .csv, .tsv or .jsonl, also .gz and .zst.", valueName: "file"),
        completion: .file())
    var to: String?
    @Option(help: ArgumentHelp("Where openings are recorded. (default: in ~/.local/state/suwen)", valueName: "file"), completion: .file())
    var record: String?
    @Flag(help: "Print one JSON document.") var json = false

    func validate() throws {
        guard [`where` != nil, !key.isEmpty, all].count(where: { $0 }) == 1 else {
            throw ValidationError("name the rows by one of --where, --key or --all")
        }
        guard `where` != nil || (valueFrom == nil && valuesFrom == nil && !endsWith && !beginsWith) else {
            throw ValidationError("--value-from, --values-from, --ends-with and --begins-with go with --where")
        }
        guard valueFrom == nil || valuesFrom == nil else { throw ValidationError("--value-from and --values-from exclude each other") }
        guard !(endsWith && beginsWith) else { throw ValidationError("--ends-with and --begins-with exclude each other") }
        guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit must be 1 to 1000000") }
        guard !why.trimmingCharacters(in: .whitespaces).isEmpty, why.utf8.count <= 500 else {
            throw ValidationError("--why needs a reason of at most 500 bytes")
        }
        guard to == nil || !json else { throw ValidationError("--to and --json exclude each other") }
    }

    func run() async throws {
        let (engine, request) = (try place.engine(), try place.request())
        let wanted = columns.map { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
        let sealingKeys = try await SealKeyOptions.keys(try keys.open(), of: request, on: engine)
        let opening = Opening(
            request: request, keys: sealingKeys, journal: OpeningJournal(path: try recordPath()),
            store: try StoreLocation(place.url).description, columns: wanted, why: why)
        let rows = OpenedRows(columns: wanted)
        let bar = ProgressBar()
        defer { bar.finish() }
        let file = to.map { OpenedFile(path: $0, rows: rows, subject: "opening \(request.displayName)", bar: bar) }
        do {
            try await engine.read(request, each: try selections(), keys: sealingKeys, begin: opening.begin, end: opening.end) { row in
                if let file { try file.append(row) } else { try rows.keep(row) }
            }
        } catch {
            opening.fail()
            throw error
        }
        try file?.finish()
        bar.finish()
        try show(rows, opening.summary, request, opening.milliseconds.sorted())
    }

    private func selections() throws -> [SealSelection] {
        if all { return [.all(limit: to == nil ? limit : nil)] }
        guard let column = `where` else { return [.key(key)] }
        let part: SealSelection.Part = endsWith ? .suffix : beginsWith ? .prefix : .whole
        if let valuesFrom {
            guard let text = try? String(contentsOfFile: valuesFrom, encoding: .utf8) else {
                throw Failure.input("\(valuesFrom): can't be read as UTF-8")
            }
            let values = text.split(whereSeparator: \.isNewline).map(String.init)
            guard !values.isEmpty else { throw Failure.input("\(valuesFrom): is empty; write one value a line") }
            return values.map { .value(column: column, text: $0, part: part) }
        }
        let secret = try KeyringUnlockOptions.secret(valueFrom, "Value of \(column)", "--value-from", twice: false)
        return [.value(column: column, text: secret.withBytes { String(decoding: $0, as: UTF8.self) }, part: part)]
    }

    private func recordPath() throws -> String {
        if let record { return record }
        let folder = FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".local/state/suwen")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw Failure.input("\(folder.path): can't be made, and without a record nothing is opened; name one with --record FILE") }
        return folder.appendingPathComponent("openings.jsonl").path
    }

    /// - Parameter milliseconds: of each lookup, ascending.
    private func show(_ output: OpenedRows, _ summary: OpenSummary, _ request: SealRequest, _ milliseconds: [Double]) throws {
        if json {
            let (columns, rows) = output.all
            let objects = rows.map { row in
                Dictionary(zip(columns, row).map { ($0, $1 as Any? ?? NSNull()) }, uniquingKeysWith: { first, _ in first })
            }
            try printJSON([
                "schema": "suwen.open/1", "table": request.displayName, "rows": objects, "falseMatches": summary.falseMatches,
                "lookups": milliseconds.count, "medianMilliseconds": milliseconds[milliseconds.count / 2],
            ])
            return
        }
        if let to {
            print("\(summary.rows) rows of \(request.displayName) in \(to)")
            return
        }
        let (columns, rows) = output.all
        if !rows.isEmpty { print(TextTable(headings: columns, rows: rows.map { $0.map { $0 ?? "∅" } }).text()) }
        print("\(summary.rows) rows of \(request.displayName)")
    }
}

/// Records what is read, selection by selection.
private final class Opening: Sendable {
    private struct State {
        var entry: OpeningJournal.Entry?
        var start = ContinuousClock.now
        var milliseconds: [Double] = []
        var summary = OpenSummary()
    }

    private let request: SealRequest
    private let keys: SealingKeys
    private let journal: OpeningJournal
    private let store: String
    private let columns: [String]?
    private let why: String
    private let state = Mutex(State())

    init(request: SealRequest, keys: SealingKeys, journal: OpeningJournal, store: String, columns: [String]?, why: String) {
        self.request = request
        self.keys = keys
        self.journal = journal
        self.store = store
        self.columns = columns
        self.why = why
    }

    /// Of each selection, without the time that recording it took.
    var milliseconds: [Double] { state.withLock { $0.milliseconds } }
    var summary: OpenSummary { state.withLock { $0.summary } }

    func begin(_ selection: SealSelection) throws {
        let entry = OpeningJournal.Entry(
            event: .begins, time: Date(), user: NSUserName(), store: store, table: request.displayName, columns: columns ?? ["*"],
            selection: selection.recorded, soughtDigest: try selection.digest(request, keys: keys), reason: why)
        try journal.append(entry)
        state.withLock { ($0.entry, $0.start) = (entry, .now) }
    }

    func end(_ selection: SealSelection, _ found: OpenSummary) throws {
        let entry = state.withLock { state in
            state.milliseconds.append((ContinuousClock.now - state.start) / .milliseconds(1))
            state.summary.rows += found.rows
            state.summary.falseMatches += found.falseMatches
            defer { state.entry = nil }
            return state.entry
        }
        guard var entry else { return }
        (entry.event, entry.time, entry.rows) = (.ended, Date().formatted(.iso8601), found.rows)
        try journal.append(entry)
    }

    /// What was under way didn't come to its end.
    func fail() {
        guard var entry = state.withLock({ $0.entry }) else { return }
        (entry.event, entry.time) = (.failed, Date().formatted(.iso8601))
        // The error that ended it is what is told.
        try? journal.append(entry)
    }
}

/// The rows that are shown, with only the columns that were asked for.
private final class OpenedRows: Sendable {
    private let wanted: [String]?
    private let state = Mutex<(columns: [String], rows: [[String?]])>(([], []))

    init(columns: [String]?) { wanted = columns }

    var all: (columns: [String], rows: [[String?]]) { state.withLock { $0 } }

    func keep(_ row: OpenedRow) throws {
        let row = try picked(row)
        state.withLock { state in
            state.columns = row.columns
            state.rows.append(row.values)
        }
    }

    func picked(_ row: OpenedRow) throws -> OpenedRow {
        guard let wanted else { return row }
        let places = try wanted.map { name in
            guard let place = row.columns.firstIndex(of: name) else {
                throw Failure.input("--columns: there is no column \(name); there are \(row.columns.joined(separator: ", "))")
            }
            return place
        }
        return OpenedRow(columns: wanted, values: places.map { row.values[$0] })
    }
}

/// The file that opened rows go to. Its columns are known with the first row.
private final class OpenedFile: @unchecked Sendable {
    // Rows come from one thread at a time; the lock makes that safe to say.
    private let lock = NSLock()
    private let path: String
    private let rows: OpenedRows
    private let subject: String
    private let bar: ProgressBar
    private var file: RowFile?
    private var count = 0

    init(path: String, rows: OpenedRows, subject: String, bar: ProgressBar) {
        self.path = path
        self.rows = rows
        self.subject = subject
        self.bar = bar
    }

    func append(_ row: OpenedRow) throws {
        try lock.withLock {
            let row = try rows.picked(row)
            let file = try self.file ?? RowFile(path: path, columns: row.columns)
            self.file = file
            try file.append(row.values)
            count += 1
            if count.isMultiple(of: 1_024) { bar.update(subject: subject, done: count, total: nil, unit: "rows") }
        }
    }

    /// - Throws: ``Failure`` when there was no row: then there is no file.
    func finish() throws {
        try lock.withLock {
            guard let file else { throw Failure.input("no row matches: \(path) was not written") }
            try file.finish()
        }
    }
}
