import LogFormats
import Network
import TestSupport
import Testing

/// What an event tells, without the memory it points to.
struct Told: Equatable {
    var outcome = LineOutcome.unparsed
    var time: Int64?
    var action = LogEvent.Action.other
    var result = LogEvent.Outcome.unknown
    var status = 0
    var bytes: Int64 = -1
    var duration: Int64 = -1
    var client: String?
    var isLocal = false
    var method: String?
    var target: String?
    var host: String?
    var referer: String?
    var agent: String?
    var forwarded: String?
    var account: String?
    var program: String?
    var message: String?
    var session: String?
    var fields: [String: String] = [:]

    init(_ outcome: LineOutcome, _ event: LogEvent) {
        self.outcome = outcome
        guard outcome == .event else { return }
        time = event.time == LogEvent.noTime ? nil : event.time
        (action, result, status, bytes, duration) = (event.action, event.outcome, Int(event.status), event.bytes, event.duration)
        (client, isLocal) = (event.client?.description, event.isLocal)
        (method, target, host) = (event.string(event.method), event.string(event.target), event.string(event.host))
        (referer, agent, forwarded) = (event.string(event.referer), event.string(event.userAgent), event.string(event.forwardedFor))
        (account, program) = (event.string(event.account), event.string(event.program))
        (message, session) = (event.string(event.message), event.string(event.session))
        for field in event.fields { fields[event.string(field.name) ?? "?"] = event.string(field.value) }
    }

    /// The lines of a file, one after the other, through one parser; what it holds at the end comes last when there is something.
    static func all(_ format: LogFormat, _ text: String, _ context: LogContext = LogContext()) -> [Told] {
        var parser = format.makeParser(context)
        var event = LogEvent()
        var told: [Told] = []
        for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            Array(line).withUnsafeBytes { bytes in
                let outcome = parser.parse(bytes, into: &event)
                told.append(Told(outcome, event))
            }
        }
        let last = Told(parser.finish(into: &event), event)
        return last.outcome == .nothing ? told : told + [last]
    }

    static func one(_ id: String, _ line: String, _ context: LogContext = LogContext()) throws -> Told {
        let format = try #require(LogFormat.named(id))
        return try #require(all(format, line, context).last)
    }
}

/// Every cut of a line, and mutated lines: nothing crashes, and no span leaves its text.
enum Hostile {
    static func feed(_ format: LogFormat, header: [String] = [], _ lines: [String], rounds: Int = 3_000) {
        var parser = format.makeParser(LogContext())
        var event = LogEvent()
        func take(_ bytes: some Sequence<UInt8>) {
            Array(bytes).withUnsafeBytes { line in
                guard parser.parse(line, into: &event) == .event else { return }
                for span in spans(event) { #expect(span.range.upperBound <= event.text.count) }
            }
        }
        for line in header { take(line.utf8) }
        var generator = SeededGenerator(seed: 2_026)
        let structure = Array(#" "[]{}\,:/|#-+=%0"#.utf8) + [0, 9, 13, 255]
        for line in lines {
            let seed = Array(line.utf8)
            for end in 0...seed.count {
                take(seed.prefix(end))
                take(seed.suffix(end))
            }
            for _ in 0..<rounds where !seed.isEmpty {
                var bytes = seed
                for _ in 0..<Int.random(in: 1...6, using: &generator) {
                    let index = Int.random(in: 0..<bytes.count, using: &generator)
                    switch Int.random(in: 0..<4, using: &generator) {
                    case 0: bytes[index] = .random(in: 0...255, using: &generator)
                    case 1: bytes.insert(structure.randomElement(using: &generator) ?? 0, at: index)
                    case 2 where bytes.count > 1: bytes.remove(at: index)
                    default: bytes[index] = structure.randomElement(using: &generator) ?? 0
                    }
                }
                take(bytes)
            }
            take(seed + [UInt8](repeating: 0x22, count: 4_000))
            take([UInt8](repeating: 0x5B, count: 4_000) + seed)
            take(seed + [UInt8](repeating: 0x5C, count: 4_000))
        }
        _ = parser.finish(into: &event)
    }

    private static func spans(_ event: LogEvent) -> [Span] {
        [
            event.method, event.target, event.host, event.referer, event.userAgent, event.forwardedFor, event.account, event.database,
            event.statement,
            event.program, event.message, event.session,
        ] + event.fields.flatMap { [$0.name, $0.value] }
    }
}
