import Foundation

/// Redis's and Valkey's log (since Redis 3): `pid:role day month year time level message`; the role is X (sentinel), C (child), S (replica) or M (master).
struct RedisLogParser: LineParser {
    private var clock: ZoneClock
    private let buffer = RecordBuffer()

    init(_ context: LogContext) { clock = ZoneClock(context.zone) }

    mutating func parse(_ line: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        let line = line.withoutCarriageReturn
        guard !line.isEmpty else { return .nothing }
        guard let (_, colon) = line.number(at: 0), line.starts(with: ":", at: colon), colon + 2 < line.count, Self.isRole(line[colon + 1]),
            line[colon + 2] == 0x20, let (time, end) = stamp(line, colon + 3), end + 2 < line.count, line[end] == 0x20, line[end + 2] == 0x20
        else {
            if Self.readSignal(line, into: &event) { return .event }
            // The drawing that Redis greets with.
            return Self.isGreeting(line) ? .nothing : .unparsed
        }
        event.begin(line)
        event.time = time
        event.session = Span(0..<colon)
        event.message = Span(min(end + 3, line.count)..<line.count)
        read(&event, isWarning: line[end + 1] == 0x23)
        return .event
    }

    private static func isRole(_ byte: UInt8) -> Bool { byte == 0x4D || byte == 0x53 || byte == 0x43 || byte == 0x58 }

    /// `4826:signal-handler (1795647202) Received SIGTERM scheduling shutdown...` (serverLogFromHandler): who handles a signal can't format time.
    private static func readSignal(_ line: UnsafeRawBufferPointer, into event: inout LogEvent) -> Bool {
        let mark: StaticString = ":signal-handler ("
        guard let (_, colon) = line.number(at: 0), line.starts(with: mark, at: colon),
            let (seconds, end) = line.number(at: colon + mark.utf8CodeUnitCount), seconds <= 253_402_300_799, line.starts(with: ") ", at: end)
        else { return false }
        event.begin(line)
        event.time = seconds
        event.session = Span(0..<colon)
        event.message = Span(min(end + 2, line.count)..<line.count)
        if line.starts(with: "Received SIG", at: end + 2) { event.action = .logControl }
        return true
    }

    private static func isGreeting(_ line: UnsafeRawBufferPointer) -> Bool {
        line.count < 100 && (line[0] == 0x20 || line.starts(with: "(    '", at: 0) || line.starts(with: "|`-", at: 0))
    }

    /// `26 Nov 2026 05:34:24.225`.
    private mutating func stamp(_ line: UnsafeRawBufferPointer, _ at: Int) -> (Int64, Int)? {
        guard line.count - at >= 24, let day = CivilTime.digits(line, at, 2), line[at + 2] == 0x20,
            let month = CivilTime.month(line[at + 3], line[at + 4], line[at + 5]), line[at + 6] == 0x20,
            let year = CivilTime.digits(line, at + 7, 4), line[at + 11] == 0x20, let hour = CivilTime.digits(line, at + 12, 2),
            line[at + 14] == 0x3A, let minute = CivilTime.digits(line, at + 15, 2), line[at + 17] == 0x3A,
            let second = CivilTime.digits(line, at + 18, 2), line[at + 20] == 0x2E, CivilTime.digits(line, at + 21, 3) != nil,
            year >= 1970, day >= 1, day <= CivilTime.daysIn(month, year), hour <= 23, minute <= 59, second <= 60
        else { return nil }
        return (clock.utc(local: CivilTime.days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second), at + 24)
    }

    // MARK: messages

    private mutating func read(_ event: inout LogEvent, isWarning: Bool) {
        let (text, start) = (event.text, event.message.range.lowerBound)
        func begins(_ words: StaticString) -> Bool { text.starts(with: words, at: start) }
        if begins("Accepted ") {
            event.action = .connect
            event.setClient(Self.host(text.part((start + 9)..<text.count)))
        } else if begins("Client closed connection") {
            event.action = .disconnect
            readClient(&event, start)
            // So Redis calls whoever hasn't said a name.
            if event.bytes(of: event.account).isEqual(to: "default") { event.account = .none }
        } else if begins("REPLICAOF ") || begins("SLAVEOF ") {
            // The copy of another server takes the place of the data: a command, with its client behind it.
            (event.action, event.outcome) = (.query, .success)
            event.statement = Span(start..<(text.find(" enabled", from: start) ?? text.count))
            readClient(&event, start)
        } else if begins("MASTER MODE enabled") {
            (event.action, event.outcome) = (.change, .success)
            readClient(&event, start)
        } else if begins("Replica ") || begins("Slave "), let end = text.find(" asks for synchronization", from: start) {
            readReplica(&event, start, end)
        } else if begins("Possible SECURITY ATTACK detected") {
            (event.action, event.outcome) = (.error, .failure)
        } else if begins("User requested shutdown") || begins("Received SIGTERM") || begins("Received SIGINT")
            || begins("Ready to accept connections")
            || begins("Redis is now ready to exit") || begins("Valkey is now ready to exit") || text.find(" is starting oO0Oo", from: start) != nil
        {
            event.action = .logControl
        } else if isWarning, begins("Failed ") || begins("Error ") || begins("Fatal ") || begins("Can't ") || begins("MISCONF") {
            (event.action, event.outcome) = (.error, .failure)
        }
    }

    /// Who asks to be sent everything there is.
    private mutating func readReplica(_ event: inout LogEvent, _ start: Int, _ end: Int) {
        (event.action, event.outcome) = (.query, .success)
        let text = event.text
        let hostStart = (text.next(0x20, from: start) ?? start) + 1
        event.setClient(Self.host(text.part(min(hostStart, end)..<end)))
        buffer.start(text)
        event.statement = buffer.add("PSYNC")
        event.text = buffer.text
    }

    /// `id=18 addr=10.1.2.3:42602 … user=default …`, in some lines within quotes.
    private func readClient(_ event: inout LogEvent, _ start: Int) {
        let text = event.text
        func value(_ mark: StaticString) -> Range<Int>? {
            guard let found = text.find(mark, from: start) else { return nil }
            let from = found + mark.utf8CodeUnitCount
            var end = from
            while end < text.count, text[end] != 0x20, text[end] != 0x27 { end += 1 }
            return from..<end
        }
        if let address = value(" addr=") { event.setClient(Self.host(text.part(address))) }
        if let user = value(" user="), !user.isEmpty { event.account = Span(user) }
        if let database = value(" db="), !database.isEmpty { event.database = Span(database) }
    }

    static func host(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        guard let colon = text.lastIndex(of: 0x3A) else { return text }
        return text.part(0..<colon)
    }
}
