/// The slow query log of MySQL, MariaDB and Percona Server: a block of comment lines (who, how long, how many rows), `SET timestamp`, the statement.
/// The comments name further figures with settings such as `log_slow_extra` and `log_slow_verbosity`.
struct MySQLSlowParser: LineParser {
    private struct Open {
        let buffer: RecordBuffer
        var time: Int64
        var account = Span.none
        var host = Span.none
        var address = Span.none
        var database = Span.none
        var thread = Span.none
        var duration: Int64 = -1
        var rows: Int64 = -1
        var bytes: Int64 = -1
        var errorNumber: Int64 = -1
        var hasHead = false
        var statementStart = -1

        init(buffer: RecordBuffer = RecordBuffer(), time: Int64 = LogEvent.noTime) {
            self.buffer = buffer
            self.time = time
        }
    }

    private var stamp: MySQLStamp
    private var time = LogEvent.noTime
    private var open = Open()
    private var closed = Open()
    private var isOpen = false

    init(_ context: LogContext) { stamp = MySQLStamp(zone: context.zone) }

    mutating func parse(_ line: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        let line = line.withoutCarriageReturn
        if line.starts(with: "# ", at: 0), let outcome = comment(line, &event) { return outcome }
        if MySQLHeader.isHeader(line) { return finish(into: &event) }
        guard isOpen, open.hasHead else { return line.isEmpty ? .nothing : .unparsed }
        statement(line)
        return .partial
    }

    mutating func finish(into event: inout LogEvent) -> LineOutcome {
        guard isOpen else { return .nothing }
        isOpen = false
        swap(&open, &closed)
        return close(&event)
    }

    // MARK: lines

    /// Nil when the line is a statement's own comment.
    private mutating func comment(_ line: UnsafeRawBufferPointer, _ event: inout LogEvent) -> LineOutcome? {
        if line.starts(with: "# Time: ", at: 0), let (seconds, _) = stamp.parse(line, at: 8) {
            time = seconds
            return begin(line, &event)
        }
        if line.starts(with: "# User@Host: ", at: 0) {
            var outcome = LineOutcome.partial
            var start = 0
            if isOpen, !open.hasHead {
                start = open.buffer.count + 1
                open.buffer.addLine(line)
            } else {
                outcome = begin(line, &event)
            }
            open.hasHead = true
            readHead(line, start)
            return outcome
        }
        // Behind the first line of the statement, what looks like a comment is its own.
        guard isOpen, open.hasHead, open.statementStart < 0 else { return isOpen ? nil : .unparsed }
        let start = open.buffer.count + 1
        open.buffer.addLine(line)
        readFigures(line, start)
        return .partial
    }

    private mutating func begin(_ line: UnsafeRawBufferPointer, _ event: inout LogEvent) -> LineOutcome {
        let wasOpen = isOpen
        swap(&open, &closed)
        open = Open(buffer: open.buffer, time: time)
        open.buffer.start(line)
        isOpen = true
        return wasOpen ? close(&event) : .partial
    }

    /// `# User@Host: doctor[doctor] @ host [10.1.2.3]  Id:     5`. `start` is where the line stands in the buffer.
    private mutating func readHead(_ line: UnsafeRawBufferPointer, _ start: Int) {
        guard let at = line.find(" @ ", from: 13) else { return }
        // `priv_user[user]`: the name that logged in stands in the brackets; it is empty for anonymous accounts.
        if let bracket = line.next(0x5B, from: 13, to: at), at - 1 > bracket, line[at - 1] == 0x5D {
            let name = (bracket + 1)..<(at - 1)
            open.account = shifted(name.isEmpty ? 13..<bracket : name, start)
        }
        guard let bracket = line.next(0x5B, from: at), let close = line.next(0x5D, from: bracket) else { return }
        var hostEnd = bracket
        while hostEnd > at + 3, line[hostEnd - 1] == 0x20 { hostEnd -= 1 }
        open.host = shifted((at + 3)..<max(at + 3, hostEnd), start)
        open.address = shifted((bracket + 1)..<close, start)
        readFigures(line.part(close..<line.count), start + close)
    }

    private func shifted(_ range: Range<Int>, _ start: Int) -> Span { Span((range.lowerBound + start)..<(range.upperBound + start)) }

    /// `Key: value` pairs.
    private mutating func readFigures(_ line: UnsafeRawBufferPointer, _ start: Int) {
        var position = 0
        while let colon = line.find(": ", from: position) {
            var nameStart = colon
            while nameStart > 0, line[nameStart - 1] != 0x20 { nameStart -= 1 }
            var valueStart = colon + 2
            while valueStart < line.count, line[valueStart] == 0x20 { valueStart += 1 }
            var end = valueStart
            while end < line.count, line[end] != 0x20 { end += 1 }
            keep(line, line.part(nameStart..<colon), valueStart..<end, start)
            position = max(colon + 2, end)
        }
    }

    private mutating func keep(_ line: UnsafeRawBufferPointer, _ name: UnsafeRawBufferPointer, _ value: Range<Int>, _ start: Int) {
        if name.isEqual(to: "Query_time") {
            open.duration = line.scaledNumber(at: value.lowerBound, places: 6)?.value ?? -1
        } else if name.isEqual(to: "Rows_sent") {
            open.rows = line.number(at: value.lowerBound)?.value ?? -1
        } else if name.isEqual(to: "Bytes_sent") {
            open.bytes = line.number(at: value.lowerBound)?.value ?? -1
        } else if name.isEqual(to: "Thread_id") || name.isEqual(to: "Id") {
            open.thread = shifted(value, start)
        } else if name.isEqual(to: "Last_errno") || name.isEqual(to: "Errno") {
            open.errorNumber = line.number(at: value.lowerBound)?.value ?? -1
        } else if name.isEqual(to: "Schema"), !value.isEmpty, line[value.upperBound - 1] != 0x3A {
            open.database = shifted(value, start)
        }
    }

    private mutating func statement(_ line: UnsafeRawBufferPointer) {
        let start = open.buffer.count + 1
        open.buffer.addLine(line)
        guard open.statementStart < 0 else { return }
        if line.starts(with: "use ", at: 0), line.last == 0x3B {
            var name = 4..<(line.count - 1)
            if name.count >= 2, line[4] == 0x60, line[line.count - 2] == 0x60 { name = 5..<(line.count - 2) }
            open.database = shifted(name, start)
        } else if line.starts(with: "SET timestamp=", at: 0) {
            if let (seconds, _) = line.number(at: 14), seconds < 1 << 40 { open.time = seconds }
        } else if line.starts(with: "SET ", at: 0), line.starts(with: "SET last_insert_id=", at: 0) || line.starts(with: "SET insert_id=", at: 0) {
            return
        } else {
            open.statementStart = start
        }
    }

    // MARK: events

    private mutating func close(_ event: inout LogEvent) -> LineOutcome {
        let buffer = closed.buffer
        guard closed.hasHead, closed.statementStart >= 0 || closed.duration >= 0 else { return .unparsed }
        event.begin(buffer.text, raw: buffer.raw)
        event.time = closed.time
        event.account = known(closed.account, buffer)
        event.database = known(closed.database, buffer)
        event.session = known(closed.thread, buffer)
        if !known(closed.host, buffer).isNone { event.setClient(buffer.text.part(closed.host.range)) }
        if !known(closed.address, buffer).isNone { event.setClient(buffer.text.part(closed.address.range)) }
        (event.duration, event.rows, event.bytes) = (closed.duration, closed.rows, closed.bytes)
        var statement = min(max(closed.statementStart, 0), buffer.count)..<buffer.count
        if statement.count > 0, buffer.text[statement.upperBound - 1] == 0x3B { statement = statement.lowerBound..<(statement.upperBound - 1) }
        guard closed.statementStart >= 0, !buffer.text.starts(with: "# administrator command: ", at: statement.lowerBound) else { return .event }
        event.action = .query
        // Only with further settings does the log say whether the statement failed.
        event.outcome = closed.errorNumber < 0 ? .unknown : closed.errorNumber > 0 ? .failure : .success
        event.statement = Span(statement)
        return .event
    }

    /// A record that was cut may have lost what a span points to.
    private func known(_ span: Span, _ buffer: RecordBuffer) -> Span { span.isEmpty || span.range.upperBound > buffer.count ? .none : span }
}
