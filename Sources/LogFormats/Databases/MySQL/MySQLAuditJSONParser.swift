import Foundation

/// Audit records of MySQL as JSON: MySQL Enterprise Audit and Percona's audit_log_filter (an array of objects over many lines; MySQL manual,
/// "Audit Log File Formats"), and Percona's older audit_log (`{"audit_record":{…}}` a line).
struct MySQLAuditJSONParser: LineParser {
    private var reader = JSONLineReader()
    private let lines = RecordBuffer()
    private let buffer = RecordBuffer()
    private var stamp: ISOStamp
    private var depth = 0
    private var inString = false
    private var isEscaped = false
    private var isOpen = false
    /// A statement comes as an event of class general, of class query, or both: it ran once.
    private var seesGeneral = false

    /// Stamps are in UTC, whatever the server's zone.
    init(_ context: LogContext) { stamp = ISOStamp(zone: .gmt, names: true) }

    mutating func parse(_ line: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        var start = 0
        var line = line.withoutCarriageReturn
        if !isOpen {
            while start < line.count, line[start] == 0x20 || line[start] == 0x09 || line[start] == 0x5B || line[start] == 0x2C || line[start] == 0x5D
            {
                start += 1
            }
            guard start < line.count else { return .nothing }
            guard line[start] == 0x7B else { return .unparsed }
            line = line.part(start..<line.count)
            (depth, inString, isEscaped) = (0, false, false)
            lines.start(line)
            isOpen = true
        } else {
            lines.addLine(line)
        }
        scan(line)
        if depth > 0, !lines.isCut { return .partial }
        isOpen = false
        return !lines.isCut && read(&event) ? .event : .unparsed
    }

    mutating func finish(into event: inout LogEvent) -> LineOutcome {
        defer { isOpen = false }
        return isOpen ? .unparsed : .nothing
    }

    private mutating func scan(_ line: UnsafeRawBufferPointer) {
        for byte in line {
            if isEscaped {
                isEscaped = false
            } else if inString {
                if byte == 0x5C { isEscaped = true } else if byte == 0x22 { inString = false }
            } else {
                switch byte {
                case 0x22: inString = true
                case 0x7B: depth += 1
                case 0x7D: depth -= 1
                default: break
                }
            }
        }
        isEscaped = false
    }

    private mutating func read(_ event: inout LogEvent) -> Bool {
        // The reader takes one line: newlines between members are blanks to it, as carriage returns are.
        var end = lines.count
        while end > 0, lines.text[end - 1] != 0x7D { end -= 1 }
        buffer.start(lines.text.part(0..<end))
        buffer.replaceNewlines()
        guard reader.read(buffer.text) == .object, reader.text.count <= RecordBuffer.limit else { return false }
        let record = reader.member("audit_record") ?? -1
        guard let time = reader.member("timestamp", of: record), let (seconds, _) = stamp.parse(reader.bytes(of: reader.entries[time].value), at: 0)
        else { return false }
        let isRead = record >= 0 ? old(&event, record) : new(&event)
        event.time = seconds
        event.text = reader.text
        event.raw = lines.text
        return isRead
    }

    private func value(_ name: StaticString, _ parent: Int?) -> Span {
        guard let parent, let index = reader.member(name, of: parent) else { return .none }
        let entry = reader.entries[index]
        return (entry.kind == .string || entry.kind == .number) && !entry.value.isEmpty ? entry.value : .none
    }

    private func number(_ name: StaticString, _ parent: Int?) -> Int64? {
        let span = value(name, parent)
        return span.isNone ? nil : reader.bytes(of: span).number(at: 0)?.value
    }

    // MARK: MySQL Enterprise and audit_log_filter

    private mutating func new(_ event: inout LogEvent) -> Bool {
        event.begin(reader.text)
        guard let kind = reader.member("class") else { return false }
        let name = reader.bytes(of: reader.entries[kind].value)
        let what = reader.bytes(of: value("event", -1))
        let login = reader.member("login")
        event.session = value("connection_id", -1)
        account(&event, value("user", reader.member("account")), value("ip", login), value("host", reader.member("account")))
        if name.isEqual(to: "connection") {
            let data = reader.member("connection_data")
            event.database = value("db", data)
            if event.account.isNone { account(&event, value("user", login), value("ip", login), .none) }
            if what.isEqual(to: "disconnect") {
                event.action = .disconnect
            } else {
                (event.action, event.outcome) = (.login, number("status", data) ?? 0 == 0 ? .success : .failure)
            }
        } else if name.isEqual(to: "general") {
            seesGeneral = true
            let data = reader.member("general_data")
            if what.isEqual(to: "status") { query(&event, value("query", data), number("status", data)) }
        } else if name.isEqual(to: "query") {
            let data = reader.member("query_data")
            if !seesGeneral, what.isEqual(to: "query_status_end") { query(&event, value("query", data), number("status", data)) }
        } else if name.isEqual(to: "audit") {
            event.action = .logControl
        }
        let statistics = reader.member("query_statistics")
        event.rows = number("rows_sent", statistics) ?? -1
        event.bytes = number("bytes_sent", statistics) ?? -1
        let time = value("query_time", statistics)
        if !time.isNone { event.duration = reader.bytes(of: time).scaledNumber(at: 0, places: 6)?.value ?? -1 }
        return true
    }

    private mutating func query(_ event: inout LogEvent, _ statement: Span, _ status: Int64?) {
        guard !statement.isNone else { return }
        event.action = .query
        event.statement = statement
        event.outcome = status ?? 0 == 0 ? .success : .failure
    }

    // MARK: audit_log

    private mutating func old(_ event: inout LogEvent, _ record: Int) -> Bool {
        event.begin(reader.text)
        let name = reader.bytes(of: value("name", record))
        event.session = value("connection_id", record)
        event.database = value("db", record)
        account(&event, value("user", record), value("ip", record), value("host", record))
        let status = number("status", record)
        if name.isEqual(to: "Connect") || name.isEqual(to: "Change user") {
            (event.action, event.outcome) = (.login, status ?? 0 == 0 ? .success : .failure)
        } else if name.isEqual(to: "Quit") {
            event.action = .disconnect
        } else if name.isEqual(to: "Audit") || name.isEqual(to: "NoAudit") {
            event.action = .logControl
        } else {
            query(&event, value("sqltext", record), status)
        }
        return true
    }

    /// `root[root] @ localhost [127.0.0.1]`, or the name alone.
    private mutating func account(_ event: inout LogEvent, _ user: Span, _ address: Span, _ host: Span) {
        if !user.isNone {
            let text = reader.bytes(of: user)
            let end = text.next(0x5B, from: 0) ?? text.count
            event.account = end > 0 ? Span(Int(user.start)..<(Int(user.start) + end)) : .none
        }
        if !host.isNone { event.setClient(reader.bytes(of: host)) }
        if !address.isNone { event.setClient(reader.bytes(of: address)) }
    }
}
