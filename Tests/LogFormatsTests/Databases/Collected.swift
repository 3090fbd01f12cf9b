import Foundation
import LogFormats
import Network
import Testing

/// An event's words, kept when its line is gone.
struct Collected: Equatable {
    var time: Int64
    var action: LogEvent.Action
    var outcome: LogEvent.Outcome
    var status: UInt16
    var account: String?
    var database: String?
    var client: String?
    var isLocal: Bool
    var application: String?
    var session: String?
    var statement: String?
    var message: String?
    var rows: Int64
    var bytes: Int64
    var duration: Int64
    var fields: [String: String]

    init(_ event: LogEvent) {
        (time, action, outcome, status, isLocal) = (event.time, event.action, event.outcome, event.status, event.isLocal)
        (account, database, application) = (event.string(event.account), event.string(event.database), event.string(event.userAgent))
        (session, statement, message) = (event.string(event.session), event.string(event.statement), event.string(event.message))
        (rows, bytes, duration) = (event.rows, event.bytes, event.duration)
        client = event.client.map { "\($0)" }
        fields = Dictionary(
            event.fields.map { (event.string($0.name) ?? "", event.string($0.value) ?? "") }, uniquingKeysWith: { first, _ in first })
    }
}

/// What a format reads of a log.
struct ReadLog {
    var events: [Collected] = []
    var unparsed = 0
    /// Events whose spans, all of them, lie within their text.
    var isSound = true

    init(_ format: LogFormat, _ lines: [[UInt8]], _ context: LogContext = LogContext()) {
        var parser = format.makeParser(context)
        var event = LogEvent()
        func take(_ outcome: LineOutcome, _ log: inout ReadLog) {
            if outcome == .unparsed { log.unparsed += 1 }
            guard outcome == .event else { return }
            let spans =
                [event.account, event.database, event.userAgent, event.session, event.statement, event.message, event.program]
                + event.fields.flatMap { [$0.name, $0.value] }
            if !spans.allSatisfy({ $0.range.upperBound <= event.text.count }) { log.isSound = false }
            log.events.append(Collected(event))
        }
        for line in lines {
            // A copy of each line that is gone afterwards: a parser that keeps pointers into lines is found out by the address sanitizer.
            line.withUnsafeBytes { take(parser.parse($0, into: &event), &self) }
        }
        take(parser.finish(into: &event), &self)
    }

    init(_ format: String, _ text: String, _ context: LogContext = LogContext()) throws {
        let format = try #require(DatabaseFormats.custom(format) ?? LogFormat.named(format))
        self.init(format, Fixture.lines(Array(text.utf8)), context)
    }

    func of(_ action: LogEvent.Action, _ outcome: LogEvent.Outcome? = nil) -> [Collected] {
        events.filter { $0.action == action && (outcome == nil || $0.outcome == outcome) }
    }

    var statements: [String] { of(.query).compactMap(\.statement) }
}

/// Logs that real servers wrote: see Fixtures/capture.sh.
enum Fixture {
    static let names = [
        "postgresql-debian.log", "postgresql-default.log", "postgresql-rds.log", "postgresql-pgbadger.log", "postgresql-chinese.log",
        "postgresql-pgaudit.log", "postgresql-debian.csv", "postgresql-pgaudit.csv", "postgresql-debian.json", "mariadb-general.log",
        "mariadb-slow.log", "mariadb-error.log", "mariadb-audit.log", "redis.log", "redis-monitor.log",
    ]

    static let formats = [
        "postgresql-debian.log": "postgresql-stderr", "postgresql-default.log": "postgresql-stderr", "postgresql-rds.log": "postgresql-stderr",
        "postgresql-pgbadger.log": "postgresql-stderr", "postgresql-chinese.log": "postgresql-stderr",
        "postgresql-pgaudit.log": "postgresql-stderr", "postgresql-debian.csv": "postgresql-csv", "postgresql-pgaudit.csv": "postgresql-csv",
        "postgresql-debian.json": "postgresql-json", "mariadb-general.log": "mysql-general", "mariadb-slow.log": "mysql-slow",
        "mariadb-error.log": "mysql-error", "mariadb-audit.log": "mariadb-audit", "redis.log": "redis", "redis-monitor.log": "redis-monitor",
    ]

    static func bytes(_ name: String) throws -> [UInt8] {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: nil))
        return Array(try Data(contentsOf: url))
    }

    static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    static func read(_ name: String) throws -> ReadLog {
        let format = try #require(LogFormat.named(formats[name] ?? ""))
        return ReadLog(format, lines(try bytes(name)))
    }
}
