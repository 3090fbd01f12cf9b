import Foundation
import LogFormats
import Network
import Testing

/// An event's parts as texts, for comparisons.
struct ReadEvent: Equatable {
    var action: LogEvent.Action
    var outcome: LogEvent.Outcome
    var account: String?
    var client: String?
    var statement: String?
    var program: String?
    var message: String?
    var session: String?
    var host: String?
    var time: Int64
    var repeats: Int32
    var isLocal: Bool
    var raw: String
    var fields: [String: [String]]

    init(_ event: LogEvent) {
        action = event.action
        outcome = event.outcome
        account = event.string(event.account)
        client = event.client?.description
        statement = event.string(event.statement)
        program = event.string(event.program)
        message = event.string(event.message)
        session = event.string(event.session)
        host = event.string(event.host)
        time = event.time
        repeats = event.repeats
        isLocal = event.isLocal
        raw = String(decoding: event.raw, as: UTF8.self)
        fields = Dictionary(grouping: event.fields, by: { event.string($0.name) ?? "" }).mapValues { $0.map { event.string($0.value) ?? "" } }
    }
}

/// Reads lines as a file of a format.
struct SystemReading {
    var events: [ReadEvent] = []
    var unparsed = 0

    static let context = LogContext(
        zone: TimeZone(identifier: "Asia/Shanghai") ?? .gmt, modified: Date(timeIntervalSince1970: 1_767_400_000), path: "/var/log/auth.log",
        newYears: 0)

    init(_ format: String, _ lines: [String], _ context: LogContext = context) throws {
        try self.init(format, lines.map { Array($0.utf8) }, context)
    }

    init(_ format: String, _ lines: [[UInt8]], _ context: LogContext = context) throws {
        var parser = try #require(LogFormat.named(format)).makeParser(context)
        var event = LogEvent()
        for line in lines {
            line.withUnsafeBytes { bytes in
                switch parser.parse(bytes, into: &event) {
                case .event: events.append(ReadEvent(event))
                case .unparsed: unparsed += 1
                case .partial, .nothing: break
                }
            }
        }
        while parser.finish(into: &event) == .event { events.append(ReadEvent(event)) }
    }

    /// The event of a message of `program`, as every way of logging it has it; they must agree.
    static func message(_ program: String, _ text: String) throws -> ReadEvent {
        let json = try #require(
            String(
                data: JSONSerialization.data(withJSONObject: [
                    "MESSAGE": text, "SYSLOG_IDENTIFIER": program, "_PID": "77", "_HOSTNAME": "gate", "__REALTIME_TIMESTAMP": "1767323045000001",
                ]), encoding: .utf8))
        let readings = try [
            SystemReading("syslog", ["Jan  2 11:04:05 gate \(program)[77]: \(text)"]),
            SystemReading("syslog-iso", ["2026-01-02T11:04:05.123456+08:00 gate \(program)[77]: \(text)"]),
            SystemReading("syslog-5424", ["<38>1 2026-01-02T03:04:05.003Z gate \(program) 77 - - \(text)"]),
            SystemReading("journald-json", [json]),
        ]
        var first = try #require(readings.first?.events.first)
        for reading in readings {
            var event = try #require(reading.events.first)
            #expect(event.time == 1_767_323_045)
            #expect(event.program == program && event.host == "gate" && event.session == "77")
            event.raw = first.raw
            if event.fields["MESSAGE"] != nil { event.fields = first.fields }
            #expect(event == first)
        }
        first.fields = first.fields.filter { $0.key.allSatisfy { $0.isUppercase || $0.isLowercase } }
        return first
    }
}
