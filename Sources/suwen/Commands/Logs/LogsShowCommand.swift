import AccessLogs
import ArgumentParser
import Findings
import Foundation
import Geography
import LogFormats
import Network
import Regulations

/// `suwen logs show`: single events, filtered.
struct LogsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show events by time, address, account, region, path or status.",
        discussion: """
            Addresses, accounts and record numbers are masked; file and line lead to the rest, for those who may read the log. Conditions are \
            joined by and; an option that is repeated is joined by or.

            EXAMPLES
              suwen logs show access.log --address 203.0.113.7 --since 7d
              suwen logs show access.log* --class foreign --path /api/ --status 200
              suwen logs show auth.log --account root --since 2026-06-01 --json
            """)

    @Argument(help: ArgumentHelp("Logs, folders of logs, or an estate.", valueName: "path"), completion: .file())
    var paths: [String]

    @Option(parsing: .singleValue, help: ArgumentHelp("An address or a block.", valueName: "cidr")) var address: [String] = []
    @Option(parsing: .singleValue, help: ArgumentHelp("An account's name.", valueName: "name")) var account: [String] = []
    @Option(parsing: .singleValue, help: ArgumentHelp("A region's code, such as US.", valueName: "code")) var region: [String] = []

    @Option(
        name: .customLong("class"), parsing: .singleValue,
        help: ArgumentHelp("domestic, hkMoTw, foreign, undetermined or private.", valueName: "class"))
    var standing: [String] = []

    @Option(help: ArgumentHelp("What the path begins with.", valueName: "path")) var path: String?
    @Option(parsing: .singleValue, help: ArgumentHelp("A status of HTTP, or a class such as 4xx.", valueName: "status")) var status: [String] = []
    @Option(help: ArgumentHelp("Show no more than this many; all are counted.", valueName: "count")) var limit = 1_000
    @OptionGroup(title: "What is read") var reading: LogReadingOptions
    @Flag(help: "Print a JSON document for each event, one a line.") var json = false
    @Option(help: "The language of results: zh or en.") var language = Language.zh

    func run() async throws {
        let wording = try Catalogue.load().wording
        let subject = try LogSubject.read(paths, reading: reading, surroundings: LogSurroundingsOptions.parse([]))
        let search = LogSearch(settings: subject.analysis(now: Date()).settings, query: try query(subject))
        var rows: [[String]] = []
        var failure: (any Error)?
        let outcome = search.run(subject.requests) { row in
            guard rows.count < limit else { return true }
            do {
                if json { try StandardOutput.write(try LogRowRecord(row).line()) }
                rows.append(json ? [] : cells(row, wording))
            } catch {
                failure = error
                return false
            }
            return true
        }
        if let failure { throw failure }
        if !json {
            let headings = ["time", "address", "region", "account", "action", "path", "status", "bytes", "place"].map {
                wording.columnTitle("logs.\($0)", language)
            }
            try StandardOutput.write(line: TextTable(headings: headings, rows: rows).text())
            let facts: [String: Fact] = [
                "matches": .count(outcome.matches), "lines": .count(outcome.lines), "bytes": .bytes(outcome.bytes), "shown": .count(rows.count),
            ]
            try StandardOutput.write(line: "\n" + wording.text(Message("access-logs.shown", facts), language))
        }
        for message in outcome.unexamined { FileHandle.standardError.write(Data("suwen: \(wording.text(message, language))\n".utf8)) }
        if !outcome.unexamined.isEmpty { throw ExitCode(3) }
    }

    private func query(_ subject: LogSubject) throws -> LogQuery {
        var query = LogQuery()
        (query.since, query.until) = (subject.since, subject.until)
        query.networks = try LogSubject.networks(address, "--address")
        query.accounts = Set(account.map(AccountHash.of))
        query.regions = Set(
            try region.map { text in
                guard let code = RegionCode(text) else { throw Failure.input("--region \(text.prefix(20)): no region code; write one such as US") }
                return code
            })
        query.standings = Set(
            try standing.map { text in
                guard let standing = IncidentView.standings[text] else {
                    throw Failure.input("--class \(text.prefix(20)): write domestic, hkMoTw, foreign, undetermined or private")
                }
                return standing
            })
        query.pathPrefix = Array((path ?? "").utf8)
        query.statuses = try status.map { text in
            if let code = UInt16(text), (100...999).contains(code) { return code...code }
            if text.count == 3, text.hasSuffix("xx"), let hundred = UInt16(text.prefix(1)), hundred > 0 {
                return (hundred * 100)...(hundred * 100 + 99)
            }
            throw Failure.input("--status \(text.prefix(20)): write a status such as 404, or a class such as 4xx")
        }
        return query
    }

    private func cells(_ row: LogRow, _ wording: Wording) -> [String] {
        [
            wording.render(.time(row.time), language), row.network ?? "", wording.render(row.region.fact, language), row.account ?? "",
            wording.term("log-action.\(row.action)", language), [row.method, row.shape].compactMap { $0 }.joined(separator: " "),
            row.status == 0 ? wording.term("log-outcome.\(row.outcome)", language) : String(row.status),
            row.bytes.map { wording.render(.bytes($0), language) } ?? "", "\(row.file):\(row.line)",
        ]
    }
}

/// An event as a line of JSON.
private struct LogRowRecord: Encodable {
    var time: String
    var log: String
    var place: String
    var address: String?
    var region: String
    var account: String?
    var action: String
    var outcome: String
    var method: String?
    var path: String?
    var status: Int?
    var bytes: Int?
    var rows: Int?

    init(_ row: LogRow) {
        time = row.time.ISO8601Format()
        log = row.log
        place = "\(row.file):\(row.line)"
        address = row.network
        region = row.region.name
        account = row.account
        action = "\(row.action)"
        outcome = "\(row.outcome)"
        method = row.method
        path = row.shape
        status = row.status == 0 ? nil : row.status
        bytes = row.bytes
        rows = row.rows
    }

    func line() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }
}
