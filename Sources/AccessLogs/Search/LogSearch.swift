package import Findings
package import Foundation
package import LogFormats
import Network

/// An event that somebody asked to see. Masked: file and line lead to the rest, for those who may read the log itself.
package struct LogRow: Sendable {
    package var log: String
    package var file: String
    package var line: Int
    package var time: Date
    package var network: String?
    package var region: RegionKey
    package var account: String?
    package var action: LogEvent.Action
    package var outcome: LogEvent.Outcome
    package var method: String?
    /// `/api/patients/{id}`.
    package var shape: String?
    package var status: Int
    package var bytes: Int?
    package var rows: Int?
}

/// Looks events up in logs, in the order of their files.
package struct LogSearch: Sendable {
    package var settings: DetectionSettings
    package var query: LogQuery

    package init(settings: DetectionSettings, query: LogQuery) {
        self.settings = settings
        self.query = query
    }

    package struct Outcome: Sendable {
        package var lines = 0
        package var matches = 0
        package var bytes = 0
        package var unexamined: [Message] = []
    }

    /// Blocks for as long as the logs are large.
    /// - Parameter row: called for each match; false stops the search.
    package func run(_ requests: [LogRequest], row: (LogRow) -> Bool) -> Outcome {
        var outcome = Outcome()
        for request in requests {
            let (paths, missing) = LogFileSet.list(request.paths)
            outcome.unexamined += missing.map { Message("access-logs.no-file", ["path": .text($0)]) }
            let plan = FilePlanner(zone: settings.zone, fieldMap: request.fieldMap, format: request.format).plan(paths)
            for (path, error) in plan.failures {
                outcome.unexamined.append(error?.message(file: path) ?? Message("access-logs.unknown-format", ["file": .text(path)]))
            }
            for file in plan.files where !search(file, request, &outcome, row) { return outcome }
        }
        return outcome
    }

    private func search(_ file: PlannedFile, _ request: LogRequest, _ outcome: inout Outcome, _ row: (LogRow) -> Bool) -> Bool {
        var parser = file.format.makeParser(file.context)
        var event = LogEvent()
        var line = 0
        let chunk = LogChunk()
        do throws(LogFileError) {
            let reader = try file.cutter()
            while let cut = try reader.next(into: chunk.buffer) {
                chunk.filled = cut.count
                let bytes = chunk.bytes
                var start = 0
                while start < bytes.count {
                    let end = bytes.next(0x0A, from: start) ?? bytes.count
                    line += 1
                    outcome.lines += 1
                    let text = bytes.part(start..<min(end, start + LineScanner.lineLimit))
                    start = end + 1
                    guard parser.parse(text, into: &event) == .event else { continue }
                    guard offer(event, line, file, request, &outcome, row) else { return false }
                }
            }
            if parser.finish(into: &event) == .event { return offer(event, line, file, request, &outcome, row) }
        } catch {
            outcome.unexamined.append(error.message(file: file.path, lines: line))
        }
        return true
    }

    /// False when nobody wants more.
    private func offer(
        _ event: borrowing LogEvent, _ line: Int, _ file: PlannedFile, _ request: LogRequest, _ outcome: inout Outcome, _ row: (LogRow) -> Bool
    ) -> Bool {
        let address = ForwardedFor.client(of: event, trusted: request.trustedProxies)
        guard query.holds(for: event, address, settings) else { return true }
        outcome.matches += 1
        outcome.bytes &+= Int(clamping: max(0, event.bytes))
        return row(
            LogRow(
                log: request.name, file: URL(fileURLWithPath: file.path).lastPathComponent, line: line,
                time: Date(timeIntervalSince1970: TimeInterval(event.time)), network: address.map(NetworkMask.of),
                region: address.map { settings.regionKey(of: $0) } ?? .undetermined,
                account: event.account.isNone || event.account.isEmpty ? nil : ShownName.account(event.bytes(of: event.account)),
                action: event.action, outcome: event.outcome, method: event.method.isNone ? nil : ShownName.agent(event.bytes(of: event.method)),
                shape: RequestTarget(event.text, event.target.range).map { PathKind(event.text, $0.path).shape }, status: Int(event.status),
                bytes: event.bytes < 0 ? nil : Int(event.bytes), rows: event.rows < 0 ? nil : Int(event.rows)))
    }
}
