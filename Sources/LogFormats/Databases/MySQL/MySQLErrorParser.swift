/// The error log of MySQL (5.6 on) and MariaDB: stamp, thread id, level in brackets, message. Traces of crashes and settings follow without a stamp.
struct MySQLErrorParser: LineParser {
    private var stamp: MySQLStamp
    private var hasRead = false

    init(_ context: LogContext) { stamp = MySQLStamp(zone: context.zone) }

    mutating func parse(_ line: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        let line = line.withoutCarriageReturn
        guard !line.isEmpty else { return .nothing }
        guard let first = line.first, first &- 0x30 < 10, let (seconds, stampEnd) = stamp.parse(line, at: 0), stampEnd < line.count,
            line[stampEnd] == 0x20
        else { return hasRead ? .nothing : .unparsed }
        var position = stampEnd + 1
        var thread = Span.none
        if let (_, end) = line.number(at: position), end < line.count, line[end] == 0x20 {
            thread = Span(position..<end)
            position = end + 1
        }
        let isError = line.starts(with: "[ERROR]", at: position)
        if position < line.count, line[position] == 0x5B {
            // `[Note] [MY-010926] [Server] message`.
            while position < line.count, line[position] == 0x5B, let close = line.next(0x5D, from: position, to: min(line.count, position + 64)) {
                position = close + 1
                if position < line.count, line[position] == 0x20 { position += 1 }
            }
        } else if !line.starts(with: "server_audit: ", at: position), !line.starts(with: "mysqld_safe ", at: position), !hasRead {
            return .unparsed
        }
        hasRead = true
        event.begin(line)
        event.time = seconds
        event.session = thread
        event.message = Span(min(position, line.count)..<line.count)
        if isError { (event.action, event.outcome) = (.error, .failure) }
        read(&event)
        return .event
    }

    private mutating func read(_ event: inout LogEvent) {
        let (text, range) = (event.text, event.message.range)
        func holds(_ part: StaticString) -> Bool { text.find(part, from: range.lowerBound) != nil }
        if text.starts(with: "Access denied for user '", at: range.lowerBound) {
            (event.action, event.outcome) = (.login, .failure)
            MySQLRefusal.read(&event, range)
        } else if text.starts(with: "Aborted connection ", at: range.lowerBound) {
            event.action = .disconnect
            func value(_ mark: StaticString) -> Span {
                guard let start = text.find(mark, from: range.lowerBound).map({ $0 + mark.utf8CodeUnitCount }), let end = text.next(0x27, from: start)
                else { return .none }
                let value = text.part(start..<end)
                return value.isEqual(to: "unconnected") || value.isEqual(to: "unauthenticated") ? .none : Span(start..<end)
            }
            (event.account, event.database) = (value("user: '"), value("db: '"))
            let host = value("host: '")
            if !host.isNone { event.setClient(text.part(host.range)) }
        } else if holds("ready for connections") || holds("Normal shutdown") || holds("Shutdown complete") || holds("Received SHUTDOWN")
            || holds("Starting MariaDB") || holds("starting as process") || holds("server_audit: STOPPED") || holds("server_audit: logging")
            || holds("server_audit: MariaDB Audit Plugin")
        {
            event.action = .logControl
        }
    }
}
