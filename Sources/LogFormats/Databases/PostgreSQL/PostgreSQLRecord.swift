/// A record of PostgreSQL's log, whichever way it was written: the message and what belongs to it, as spans of a ``RecordBuffer``.
struct PostgreSQLRecord {
    var time = LogEvent.noTime
    var severity = PostgreSQLSeverity.log
    var user = Span.none
    var database = Span.none
    var application = Span.none
    /// `host`, `host(port)` or `host:port`.
    var remote = Span.none
    var process = Span.none
    var sessionID = Span.none
    var sqlState = Span.none
    var message = Span.none
    var detail = Span.none
    var hint = Span.none
    var context = Span.none
    var statement = Span.none

    /// Makes the event of it. `sessions` learns from connections, and fills in what the record doesn't say.
    func fill(_ event: inout LogEvent, _ buffer: RecordBuffer, _ sessions: SessionTable) {
        event.begin(buffer.text, raw: buffer.raw)
        event.time = time
        event.account = user
        event.database = database
        event.userAgent = application
        event.message = message
        event.session = process.isNone ? sessionID : process
        if !remote.isNone { event.setClient(Self.host(buffer.text.part(remote.range))) }
        let key = SessionTable.key(event.bytes(of: event.session))
        let reader = PostgreSQLMessage(self, buffer)
        reader.read(&event, sessions, key)
        addField("detail", detail, &event, buffer)
        addField("sqlstate", sqlState, &event, buffer)
        if let key, event.action != .connect || event.outcome != .unknown, let place = sessions.find(key) {
            sessions.complete(&event, session: place, buffer: buffer)
        }
        if let key, event.action == .disconnect { sessions.end(key) }
        event.text = buffer.text
        event.raw = buffer.raw
    }

    private func addField(_ name: StaticString, _ value: Span, _ event: inout LogEvent, _ buffer: RecordBuffer) {
        guard !value.isNone, !value.isEmpty else { return }
        let name = buffer.add(name)
        if !name.isNone { event.fields.append(LogEvent.Field(name: name, value: value)) }
    }

    /// Without the port.
    static func host(_ remote: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        if let open = remote.next(0x28, from: 0) { return remote.part(0..<open) }
        // `host:port` of csvlog: the last colon, unless it is all of an IPv6 address.
        if let colon = remote.lastIndex(of: 0x3A), !remote.part(0..<colon).isEmpty,
            AddressText.parse(remote) == nil || remote.next(0x2E, from: 0) != nil
        {
            return remote.part(0..<colon)
        }
        return remote
    }
}
