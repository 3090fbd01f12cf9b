/// PostgreSQL's log as `log_destination = stderr` writes it: `log_line_prefix`, severity, message. Lines that belong to a message follow it with a
/// prefix of their own (DETAIL, STATEMENT), further lines of a text begin with a tab.
struct PostgreSQLStderrParser: LineParser {
    /// A record while its lines come.
    private struct Open {
        let buffer = RecordBuffer()
        var record = PostgreSQLRecord()
        var section = PostgreSQLSeverity.log
        var sectionStart = 0

        mutating func start(_ line: UnsafeRawBufferPointer, _ fields: PostgreSQLPrefix.Fields) {
            buffer.start(line)
            record = PostgreSQLRecord(
                time: fields.time, severity: fields.severity, user: fields.user, database: fields.database, application: fields.application,
                remote: fields.remote, process: fields.process, sessionID: fields.session, sqlState: fields.sqlState)
            (section, sectionStart) = (fields.severity, fields.messageStart)
        }

        mutating func addSection(_ line: UnsafeRawBufferPointer, _ fields: PostgreSQLPrefix.Fields) {
            closeSection()
            let start = buffer.count + 1
            buffer.addLine(line)
            (section, sectionStart) = (fields.severity, start + fields.messageStart)
        }

        mutating func closeSection() {
            let end = buffer.count
            let span = Span(min(sectionStart, end)..<end)
            switch section {
            case .detail: record.detail = span
            case .hint: record.hint = span
            case .context: record.context = span
            case .statement: record.statement = span
            case .query, .location, .backtrace: break
            default: record.message = span
            }
        }
    }

    private var prefix: PostgreSQLPrefix?
    private let isGiven: Bool
    private var stamp: ISOStamp
    private var open = Open()
    private var closed = Open()
    private var hasOpen = false
    private let sessions = SessionTable()
    /// Lines that no prefix read, one after the other: guessing stops when it is of no use.
    private var misses = 0

    /// - Parameter prefix: the log's `log_line_prefix`; nil: to be guessed.
    init(_ context: LogContext, prefix: PostgreSQLPrefix? = nil) {
        self.prefix = prefix
        isGiven = prefix != nil
        stamp = ISOStamp(zone: context.zone, names: true)
    }

    mutating func parse(_ line: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        let line = line.withoutCarriageReturn
        if line.first == 0x09 {
            guard hasOpen else { return .unparsed }
            open.buffer.addLine(line.part(1..<line.count))
            return .partial
        }
        guard var fields = match(line) else { return line.isEmpty ? .nothing : .unparsed }
        if fields.severity.isSecondary {
            PostgreSQLForgery.undo(line, &fields, sessions)
        }
        if fields.severity.isSecondary {
            guard hasOpen else { return .nothing }
            open.addSection(line, fields)
            return .partial
        }
        let hadOpen = hasOpen
        swap(&open, &closed)
        if hadOpen { close(&event) }
        // Only now is it known who is in: the record before may have said so.
        PostgreSQLForgery.undo(line, &fields, sessions)
        open.start(line, fields)
        hasOpen = true
        return hadOpen ? .event : .partial
    }

    mutating func finish(into event: inout LogEvent) -> LineOutcome {
        guard hasOpen else { return .nothing }
        hasOpen = false
        swap(&open, &closed)
        close(&event)
        return .event
    }

    private mutating func close(_ event: inout LogEvent) {
        closed.closeSection()
        closed.record.fill(&event, closed.buffer, sessions)
    }

    private mutating func match(_ line: UnsafeRawBufferPointer) -> PostgreSQLPrefix.Fields? {
        if let prefix, let fields = prefix.match(line, &stamp) {
            misses = 0
            return fields
        }
        guard !isGiven, line.count >= 8, misses < 1_000 else { return nil }
        misses += 1
        guard let guess = PostgreSQLPrefixGuess.guess(line, &stamp), let fields = guess.match(line, &stamp) else { return nil }
        prefix = guess
        misses = 0
        return fields
    }
}
