/// The general query log of MySQL and MariaDB: stamp, thread id, command, argument, parted by tabs. MariaDB and old MySQL write the stamp only when the
/// second changes. A statement's further lines follow as they are: a line of one that looks like the log's own can't be told from it.
///
/// Who connects is said once for each thread (`Connect`): queries get account, client and database from there. A `Connect` is logged before the
/// password is checked; that it failed stands in a second `Connect` right behind. So a `Connect` counts as a login that succeeded unless the next line
/// refuses that thread.
struct MySQLGeneralParser: LineParser {
    private struct Open {
        let buffer = RecordBuffer()
        var time = LogEvent.noTime
        var thread = Span.none
        var command = MySQLCommand.other
        var argumentStart = 0
        var commandStart = 0
    }

    private var stamp: MySQLStamp
    private var time = LogEvent.noTime
    private var open = Open()
    private var closed = Open()
    private var hasOpen = false
    private let sessions = SessionTable()

    init(_ context: LogContext) { stamp = MySQLStamp(zone: context.zone) }

    mutating func parse(_ line: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        if let head = head(line) {
            let hadOpen = hasOpen
            swap(&open, &closed)
            open.buffer.start(line)
            (open.time, open.thread, open.command) = (time, head.thread, head.command)
            (open.commandStart, open.argumentStart) = (head.commandStart, head.argumentStart)
            hasOpen = true
            guard hadOpen else { return .partial }
            close(&event, isRefusedNext: refuses(line, head))
            return .event
        }
        if MySQLHeader.isHeader(line) { return finish(into: &event) }
        guard hasOpen else { return line.isEmpty ? .nothing : .unparsed }
        open.buffer.addLine(line)
        return .partial
    }

    mutating func finish(into event: inout LogEvent) -> LineOutcome {
        guard hasOpen else { return .nothing }
        hasOpen = false
        swap(&open, &closed)
        close(&event, isRefusedNext: false)
        return .event
    }

    // MARK: lines

    private struct Head {
        var thread: Span
        var command: MySQLCommand
        var commandStart: Int
        var argumentStart: Int
    }

    /// `stamp TAB  thread command TAB argument`, or two tabs in the place of the stamp.
    private mutating func head(_ line: UnsafeRawBufferPointer) -> Head? {
        guard line.count >= 6 else { return nil }
        var position: Int
        if line[0] == 0x09, line[1] == 0x09 {
            position = 2
        } else {
            guard line[0] &- 0x30 < 10, let (seconds, end) = stamp.parse(line, at: 0), end < line.count, line[end] == 0x09 else { return nil }
            time = seconds
            position = end + 1
        }
        while position < line.count, line[position] == 0x20 { position += 1 }
        guard let (_, threadEnd) = line.number(at: position), threadEnd < line.count, line[threadEnd] == 0x20 else { return nil }
        let commandEnd = line.next(0x09, from: threadEnd + 1, to: min(line.count, threadEnd + 26)) ?? line.count
        guard let command = MySQLCommand.named(line.part((threadEnd + 1)..<commandEnd)) else { return nil }
        return Head(
            thread: Span(position..<threadEnd), command: command, commandStart: threadEnd + 1, argumentStart: min(commandEnd + 1, line.count))
    }

    /// Whether this line, the next after the open record's, says that its thread may not come in.
    private func refuses(_ line: UnsafeRawBufferPointer, _ head: Head) -> Bool {
        guard closed.command == .connect, head.command == .connect || head.command == .initDatabase,
            line.starts(with: "Access denied", at: head.argumentStart)
        else { return false }
        return line.part(head.thread.range).isEqual(to: closed.buffer.text.part(closed.thread.range))
    }

    // MARK: events

    private mutating func close(_ event: inout LogEvent, isRefusedNext: Bool) {
        let buffer = closed.buffer
        event.begin(buffer.text, raw: buffer.raw)
        event.time = closed.time
        event.session = closed.thread
        let argument = min(closed.argumentStart, buffer.count)..<buffer.count
        let key = SessionTable.key(buffer.text.part(closed.thread.range)) ?? 0
        switch closed.command {
        case .connect, .changeUser: connect(&event, argument, key, isRefusedNext)
        case .query, .execute:
            event.action = .query
            event.statement = Span(argument)
        case .dump:
            // A replica asks for all changes: the command is the statement.
            event.action = .query
            event.statement = Span(min(closed.commandStart, buffer.count)..<buffer.count)
        case .initDatabase:
            if buffer.text.starts(with: "Access denied", at: argument.lowerBound) {
                refuse(&event, argument)
            } else {
                sessions.set(.database, of: sessions.findOrBegin(key), to: buffer.text.part(argument))
                event.database = Span(argument)
            }
        case .quit: event.action = .disconnect
        case .shutdown: event.action = .logControl
        case .other: event.message = Span(argument)
        }
        if let place = sessions.find(key) { sessions.complete(&event, session: place, buffer: buffer) }
        if closed.command == .quit { sessions.end(key) }
        event.text = buffer.text
        event.raw = buffer.raw
    }

    private mutating func connect(_ event: inout LogEvent, _ argument: Range<Int>, _ key: UInt64, _ isRefusedNext: Bool) {
        let text = closed.buffer.text
        if text.starts(with: "Access denied", at: argument.lowerBound) { return refuse(&event, argument) }
        event.action = isRefusedNext ? .connect : .login
        if !isRefusedNext { event.outcome = .success }
        // `account@host on database using TCP/IP`; the last at sign, since account names may hold one.
        let using = text.find(" using ", from: argument.lowerBound, to: argument.upperBound) ?? argument.upperBound
        let on = text.find(" on", from: argument.lowerBound, to: using) ?? using
        guard let at = text.part(argument.lowerBound..<on).lastIndex(of: 0x40).map({ $0 + argument.lowerBound }) else { return }
        event.account = Span(argument.lowerBound..<at)
        event.setClient(text.part((at + 1)..<on))
        if text.starts(with: " using Socket", at: using) || text.starts(with: " using Named Pipe", at: using) { event.isLocal = true }
        if on + 4 < using { event.database = Span((on + 4)..<using) }
        let place = sessions.begin(key)
        sessions.set(.account, of: place, to: text.part(event.account.range))
        sessions.set(.client, of: place, to: text.part((at + 1)..<on))
        if !event.database.isNone { sessions.set(.database, of: place, to: text.part(event.database.range)) }
    }

    private mutating func refuse(_ event: inout LogEvent, _ argument: Range<Int>) {
        (event.action, event.outcome) = (.login, .failure)
        event.message = Span(argument)
        MySQLRefusal.read(&event, argument)
    }
}

/// Commands of the protocol by the names that the general log gives them (sql/sql_parse.cc, "command_name").
enum MySQLCommand {
    case connect, changeUser, query, execute, dump, initDatabase, quit, shutdown, other

    static func named(_ name: UnsafeRawBufferPointer) -> MySQLCommand? {
        for (command, known) in all where name.isEqual(to: known) { return command }
        return nil
    }

    private static let all: [(MySQLCommand, StaticString)] = [
        (.query, "Query"), (.connect, "Connect"), (.quit, "Quit"), (.execute, "Execute"), (.initDatabase, "Init DB"), (.other, "Prepare"),
        (.other, "Close stmt"), (.changeUser, "Change user"), (.other, "Reset stmt"), (.other, "Field List"), (.other, "Statistics"),
        (.other, "Ping"),
        (.other, "Reset Connection"), (.other, "Reset connection"), (.dump, "Binlog Dump"), (.dump, "Binlog Dump GTID"), (.dump, "Table Dump"),
        (.dump, "Register Slave"), (.dump, "Register Replica"), (.other, "Long Data"), (.other, "Fetch"), (.other, "Set option"), (.other, "Kill"),
        (.shutdown, "Shutdown"), (.other, "Refresh"), (.other, "Processlist"), (.other, "Create DB"), (.other, "Drop DB"), (.other, "Debug"),
        (.other, "Sleep"), (.other, "Time"), (.other, "Delayed insert"), (.other, "Connect Out"), (.other, "Daemon"), (.execute, "Bulk_execute"),
        (.execute, "Execute immediate"), (.other, "Slave_worker"), (.other, "Slave_IO"), (.other, "Slave_SQL"), (.other, "clone"), (.other, "Error"),
        (.other, "Subscribe Group Replication Stream"), (.other, "Unimpl get tid"),
    ]
}

/// The three lines that MySQL and MariaDB begin general and slow log files with, at every start.
enum MySQLHeader {
    static func isHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        if line.starts(with: "Tcp port: ", at: 0) || line.starts(with: "TCP Port: ", at: 0) || line.starts(with: "Time  ", at: 0) { return true }
        if line.starts(with: "Time\t\t    Id Command", at: 0) || line.starts(with: "Time                 Id Command", at: 0) { return true }
        return line.count < 1_024 && line.find(", Version: ") != nil && line.find("started with:") != nil
    }
}

/// `Access denied for user 'doctor'@'10.1.2.3' (using password: YES)`, in several logs.
enum MySQLRefusal {
    static func read(_ event: inout LogEvent, _ range: Range<Int>) {
        let text = event.text
        guard range.upperBound <= text.count, let user = text.find("user '", from: range.lowerBound, to: range.upperBound) else { return }
        let start = user + 6
        guard let at = text.find("'@'", from: start, to: range.upperBound) else { return }
        event.account = Span(start..<at)
        guard let hostEnd = text.next(0x27, from: at + 3, to: range.upperBound) else { return }
        event.setClient(text.part((at + 3)..<hostEnd))
        if let database = text.find("to database '", from: hostEnd, to: range.upperBound),
            let end = text.next(0x27, from: database + 13, to: range.upperBound)
        {
            event.database = Span((database + 13)..<end)
        }
    }
}
