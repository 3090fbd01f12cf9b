/// MongoDB's log since version 4.4: one JSON object a line (manual, "Log Messages"). Statements are there when they were slow, or all of them with a
/// profiling level or `slowms` of 0. Who is behind a connection is said when it logs in; its later lines get the name from there.
struct MongoDBParser: LineParser {
    private var reader = JSONLineReader()
    private let buffer = RecordBuffer()
    private let sessions = SessionTable()
    private var stamp: ISOStamp

    init(_ context: LogContext) { stamp = ISOStamp(zone: context.zone) }

    mutating func parse(_ line: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        let line = line.withoutCarriageReturn
        guard !line.isEmpty else { return .nothing }
        guard reader.read(line) == .object, reader.text.count <= RecordBuffer.limit, let time = reader.member("t"),
            let date = reader.member("$date", of: time), let message = reader.member("msg"), let component = reader.member("c"),
            let (seconds, _) = stamp.parse(reader.bytes(of: reader.entries[date].value), at: 0)
        else { return .unparsed }
        buffer.start(reader.text)
        event.begin(buffer.text, raw: line)
        event.time = seconds
        event.message = reader.entries[message].value
        event.program = reader.entries[component].value
        event.session = value("ctx", -1)
        let attributes = reader.member("attr")
        read(&event, attributes)
        if let key = SessionTable.key(reader.bytes(of: event.session)) {
            if event.action == .login, event.outcome == .success, !event.account.isNone {
                let place = sessions.begin(key)
                sessions.set(.account, of: place, to: reader.bytes(of: event.account))
            } else if event.action == .disconnect {
                sessions.end(key)
            } else if event.action == .query, let place = sessions.find(key) {
                sessions.complete(&event, session: place, buffer: buffer)
            }
        }
        event.text = buffer.text
        return .event
    }

    private func value(_ name: StaticString, _ parent: Int?) -> Span {
        guard let parent, let index = reader.member(name, of: parent) else { return .none }
        let entry = reader.entries[index]
        return entry.kind == .string || entry.kind == .number ? entry.value : .none
    }

    private func number(_ name: StaticString, _ parent: Int?) -> Int64 {
        let span = value(name, parent)
        return span.isNone ? -1 : reader.bytes(of: span).number(at: 0)?.value ?? -1
    }

    private mutating func read(_ event: inout LogEvent, _ attributes: Int?) {
        let message = reader.bytes(of: event.message)
        let client = value("remote", attributes)
        if !client.isNone { event.setClient(RedisLogParser.host(reader.bytes(of: client))) }
        if message.isEqual(to: "Slow query") {
            query(&event, attributes)
        } else if message.isEqual(to: "Connection accepted") {
            event.action = .connect
        } else if message.isEqual(to: "Connection ended") {
            event.action = .disconnect
        } else if message.isEqual(to: "Authentication succeeded") || message.isEqual(to: "Successfully authenticated") {
            (event.action, event.outcome) = (.login, .success)
            login(&event, attributes)
        } else if message.isEqual(to: "Authentication failed") || message.isEqual(to: "Failed to authenticate") {
            (event.action, event.outcome) = (.login, .failure)
            login(&event, attributes)
        } else if message.isEqual(to: "Checking authorization failed") {
            (event.action, event.outcome) = (.query, .failure)
        } else if message.isEqual(to: "MongoDB starting") || message.isEqual(to: "Received signal") || message.isEqual(to: "Now exiting") {
            event.action = .logControl
        } else if let severity = reader.member("s") {
            let level = reader.bytes(of: reader.entries[severity].value)
            if level.isEqual(to: "E") || level.isEqual(to: "F") { (event.action, event.outcome) = (.error, .failure) }
        }
    }

    private mutating func login(_ event: inout LogEvent, _ attributes: Int?) {
        let user = value("principalName", attributes)
        event.account = user.isNone ? value("user", attributes) : user
        let database = value("authenticationDatabase", attributes)
        event.database = database.isNone ? value("db", attributes) : database
        let client = value("client", attributes)
        if event.client == nil, !client.isNone { event.setClient(RedisLogParser.host(reader.bytes(of: client))) }
    }

    private mutating func query(_ event: inout LogEvent, _ attributes: Int?) {
        event.action = .query
        event.outcome = value("errName", attributes).isNone ? .success : .failure
        if let attributes, let command = reader.member("command", of: attributes), reader.entries[command].kind == .object {
            event.statement = reader.entries[command].value
        }
        event.rows = number("nreturned", attributes)
        event.bytes = number("reslen", attributes)
        let milliseconds = number("durationMillis", attributes)
        if milliseconds >= 0, milliseconds < Int64.max / 1_000 { event.duration = milliseconds * 1_000 }
        event.userAgent = value("appName", attributes)
        let namespace = value("ns", attributes)
        guard !namespace.isNone else { return }
        let text = reader.bytes(of: namespace)
        event.database = Span(Int(namespace.start)..<(Int(namespace.start) + (text.next(0x2E, from: 0) ?? text.count)))
    }
}
